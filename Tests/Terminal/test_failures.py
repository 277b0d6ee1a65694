"""What scripts and their users see when the server, a workflow or a value is not as it should be."""


import pytest
from programs import Server, start_code

# Values that cannot be sent


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("cycle", "args[1].items[3]: the table contains itself"),
        ("{ a = { 1, 2, x = 3 } }", "args[1].a: a table has both a list's keys and an object's"),
        ("{ 1, nil, 3 }", "args[1]: a list has nothing at [2]; json.null stands for nothing"),
        ("{ 1, { 0 / 0 } }", "args[1][2][1]: JSON has no number for "),
        ("-1 / 0", "args[1]: JSON has no number for -inf"),
        ("{ name = 'caf\\xe9' }", "args[1].name: the string is not valid UTF-8; send bytes with temporal.bytes("),
        ("{ f = print }", "args[1].f: JSON cannot hold a function"),
        ("{ { coroutine.create(print) } }", "args[1][1][1]: JSON cannot hold a coroutine"),
        ("{ [true] = 1 }", "args[1]: a table's key must be text or an integer, not a boolean"),
        ("deep", "tables are nested more than 100 levels deep"),
        ("client", "args[1]: JSON cannot hold a userdata"),
    ],
)
def test_a_value_that_cannot_be_sent_is_named_by_its_place(ask, value, complaint):
    prepare = """
        cycle = { items = { 1, 2 } } cycle.items[3] = cycle
        deep = {} for _ = 1, 200 do deep = { deep } end"""
    # No workflow is started, and so no server asked: there is none at this address.
    call = f"client:start_workflow{{ 'Echo', args = {{ {value} }}, id = 'never', task_queue = 'never' }}"
    status, stdout, stderr = ask("--address", "127.0.0.1:1", "-e", prepare, "-e", call)
    assert (status, stdout) == (1, "")
    assert stderr.startswith("moondial: TypeError: ") and complaint in stderr.partition("\n")[0]


def test_a_misspelt_parameter_is_named_before_anything_is_sent(run):
    call = "client:start_workflow{ 'Echo', id = 'x', task_que = 'q' }"
    status, _, stderr = run("--address", "127.0.0.1:1", "-e", call)
    assert status == 1
    assert stderr.startswith("moondial: TypeError: Client:start_workflow has no parameter 'task_que'; did you mean 'task_queue'?")


# Values that do not fit


@pytest.mark.parametrize(
    ("encoding", "data", "complaint"),
    [
        ("json/plain", '{"broken":', "PayloadError: "),
        ("json/plain", "", "PayloadError: "),
        ("json/protobuf", "{]", "PayloadError: "),
        ("binary/mystery", "x", "binary/mystery"),
    ],
)
def test_a_result_that_cannot_be_decoded(ask, identifier, encoding, data, complaint):
    start = start_code("ReturnPayload", identifier, f"'{encoding}'", f"'{data}'")
    status, stdout, stderr = ask("-e", start, "-e", "print(h:result())")
    assert (status, stdout) == (1, "")
    first, _, rest = stderr.partition("\n")
    assert complaint in first and "stack traceback:\n\t-e #2:1: in main chunk" in rest
    # It can be had as it is.
    raw = ask("-e", f"p = client:get_workflow_handle('{identifier}'):result{{ result_type = 'raw' }}",
              "-e", "io.write(p.metadata.encoding, ' ', p.data)")
    assert raw == (0, f"{encoding} {data}", "")


def test_a_payload_that_is_no_json_stays_one_where_it_is_shown(ask, identifier):
    start = f"""
        client.workflow_service:start_workflow_execution{{
          namespace = "default", workflow_id = "{identifier}", request_id = "{identifier}",
          workflow_type = {{ name = "Echo" }}, task_queue = {{ name = "moondial-test-nobody" }},
          input = {{ payloads = {{
            temporal.payload{{ metadata = {{ encoding = "json/plain" }}, data = "{{no json" }}, "fine",
          }} }},
        }}"""
    read = f"""
        for event in client:get_workflow_handle("{identifier}"):fetch_history_events() do
          local input = event.workflow_execution_started_event_attributes.input
          print(#input, input[1], input[1].data, input[2])
          break
        end"""
    assert ask("-e", start, "-e", read) == (0, "2\ttemporal.payload(json/plain, 8 bytes)\t{no json\tfine\n", "")


def test_a_result_of_another_type_than_asked_for(ask, identifier):
    call = "h:result{ result_type = 'integer' }"
    status, _, stderr = ask("-e", start_code("Echo", identifier, "'x'"), "-e", call)
    assert status == 1
    assert stderr.startswith("moondial: TypeError: the result is of type table, where result_type asks for an integer\n")


# Workflows and namespaces


def test_an_unknown_workflow(ask):
    status, stdout, stderr = ask("-e", "client:get_workflow_handle('no such \\27[31mworkflow'):result()")
    assert (status, stdout) == (1, "")
    assert stderr == (
        "moondial: RPCError: NOT_FOUND: workflow not found for ID: no such \\027[31mworkflow\n"
        "stack traceback:\n\t-e #1:1: in main chunk\n"
    )


def test_an_unknown_namespace(ask):
    status, stdout, stderr = ask("-n", "no-such-namespace", "-e", "print(client:count_workflows().count)")
    assert (status, stdout) == (1, "")
    assert stderr.startswith("moondial: RPCError: NOT_FOUND: Namespace no-such-namespace is not found.\n")


def test_a_failed_workflow_shows_its_causes(ask, identifier):
    start = start_code("Fail", identifier, "'it \\27[31mbroke'", "'Custom'", "{ 1 }", "true")
    status, stdout, stderr = ask("-e", start, "-e", "h:result()")
    assert (status, stdout) == (1, "")
    assert stderr == (
        "moondial: WorkflowFailureError: Workflow execution failed\n"
        "  caused by Custom: it \\027[31mbroke\n"
        "    caused by Root: the root of it\n"
        "stack traceback:\n\t-e #2:1: in main chunk\n"
    )


def test_an_error_of_the_server_can_be_handled(ask, identifier):
    chunk = """
        local ok, e = pcall(h.query, h, "no_such_query")
        print(ok, e.kind, temporal.is_error(e, "WorkflowQueryFailedError"))
        local again = select(2, pcall(client.start_workflow, client, { "Sleep", id = h.id, task_queue = "moondial-test" }))
        print(again.kind, again.workflow_id == h.id)
        h:terminate()"""
    expected = "false\tWorkflowQueryFailedError\ttrue\nWorkflowAlreadyStartedError\ttrue\n"
    assert ask("-e", start_code("Sleep", identifier), "-e", chunk) == (0, expected, "")


# Servers that go away


def test_a_server_that_dies_ends_a_wait_with_an_error(start, identifier):
    server = Server()
    try:
        # The call in the foreground is made after the wait has begun: once it is answered, the wait is under way.
        chunk = """
            async.scope(function(scope)
              scope:spawn("waiting", h.result, h)
              client:count_workflows()
              print("waiting")
              io.stdout:flush()
            end)"""
        program = start("-e", start_code("Sleep", identifier), "-e", chunk, TEMPORAL_ADDRESS=server.address)
        program.wait_for_line("waiting")
        server.die()
        # Attempts are made for ten seconds, as sdk-core's retry.rs says.
        status, _, stderr = program.finish()
    finally:
        server.close()
    assert status == 1
    lost = f"moondial: RPCError: UNAVAILABLE: the connection to {server.address} is lost: Connection refused\n"
    assert stderr.startswith(lost)
    assert "in task 'waiting', spawned at -e #2:3" in stderr
