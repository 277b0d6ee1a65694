"""API keys: they arrive, they can be changed, and nothing shows them."""

from __future__ import annotations

import subprocess

SECRET = "tmprl-4242-do-not-tell"


def authorizations(recorder, mark):
    return [call["metadata"].get("authorization") for call in recorder.calls(mark)]


def test_a_key_arrives_with_every_call(run, ends, certificates, recorder):
    script = f"""
      local c = temporal.connect{{ "{ends["moondial-tls"]}", api_key = "{SECRET}",
        tls = {{ server_root_ca_cert = "{certificates.path("ca.pem")}" }}, namespace = "default" }}
      c:count_workflows("WorkflowType = 'key one'")
      c.api_key = "another"
      c:count_workflows("WorkflowType = 'key two'")
      c:count_workflows{{ "WorkflowType = 'key three'", rpc_metadata = {{ authorization = "own" }} }}
      c.api_key = nil
      c:count_workflows("WorkflowType = 'key four'")"""
    assert run("-e", script) == (0, "", "")
    arrived = [authorizations(recorder, f"'key {number}'") for number in ("one", "two", "three", "four")]
    assert arrived == [[f"Bearer {SECRET}"], ["Bearer another"], ["own"], [None]]


def test_a_key_is_not_sent_in_the_clear(run, ends, recorder):
    plain = ends["moondial-plain"]
    script = f"temporal.connect{{ '{plain}', api_key = '{SECRET}' }}:count_workflows(\"WorkflowType = 'clear one'\")"
    assert "the server does not speak TLS" in run("-e", script).stderr
    script = f"local c = temporal.connect('{plain}') c.api_key = '{SECRET}'"
    outcome = run("-e", script)
    assert outcome.status == 1 and SECRET not in outcome.stderr
    assert outcome.stderr.startswith(
        "moondial: ValueError: an API key is not sent over a connection that is not encrypted: connect with tls = true")
    script = f"""local c = temporal.connect{{ '{plain}', tls = false, api_key = '{SECRET}' }}
      c:count_workflows("WorkflowType = 'clear two'")"""
    assert run("-e", script) == (0, "", "")
    assert authorizations(recorder, "'clear one'") == []
    assert authorizations(recorder, "'clear two'") == [f"Bearer {SECRET}"]


def test_nothing_shows_a_key(run, ends, certificates):
    options = ["--address", ends["expired"], "--api-key", SECRET, "--grpc-meta", f"x-secret={SECRET}",
               "--codec-endpoint", "http://localhost:1", "--codec-auth", SECRET, "--codec-header", f"x-key={SECRET}",
               "--tls-ca-path", str(certificates.path("ca.pem"))]
    script = """
      for i = -20, 20 do if arg[i] then print(arg[i]) end end
      print(client, pcall(function() return client.api_key end))
      for name in pairs(debug.getmetatable(client)) do print(name) end
      print(pcall(client.count_workflows, client))
      client:count_workflows()"""
    outcome = run(*options, "-e", script)
    assert outcome.status == 3 and "has expired" in outcome.stderr and "--api-key\nxxxx" in outcome.stdout
    assert SECRET not in outcome.stdout + outcome.stderr


def test_the_list_of_processes_shows_no_key(moondial, tmp_path):
    script = "print('ready') io.stdout:flush() io.read()"
    with subprocess.Popen(
        [moondial, f"--api-key={SECRET}", "--tls-key-data", SECRET, "--tls-cert-data", "x", "--codec-auth", SECRET,
         f"--codec-header=x-key={SECRET}", "-e", script],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"HOME": str(tmp_path)},
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        with open(f"/proc/{process.pid}/cmdline", "rb") as file:
            line = file.read()
        process.stdin.close()
    assert b"--api-key=xxxx" in line and SECRET.encode() not in line


def test_a_key_that_is_none(run):
    for key in ("two\\nlines", "a key", ""):
        outcome = run("-e", f"temporal.connect{{ api_key = '{key}' }}")
        assert outcome.status == 1 and outcome.stderr.startswith("moondial: ValueError: the API key ")


def test_a_profile_is_where_a_connection_begins(run, ends, certificates, recorder, tmp_path):
    (tmp_path / "temporal.toml").write_text(f"""
      [profile.prod]
      address = "{ends["moondial-tls"]}"
      namespace = "prod"
      api_key = "{SECRET}"
      tls.server_ca_cert_path = "{certificates.path("ca.pem")}"
      grpc_meta.x-one = "1"
    """)
    script = """
      local c = temporal.connect{ profile = "prod", namespace = "default", rpc_metadata = { ["x-two"] = "2" } }
      c:count_workflows("WorkflowType = 'profile one'")
      print(c, pcall(temporal.connect, { profile = "none" }))"""
    outcome = run("-e", script, TEMPORAL_CONFIG_FILE=str(tmp_path / "temporal.toml"))
    assert outcome.status == 0 and SECRET not in outcome.stdout
    assert f'Client("{ends["moondial-tls"]}", namespace = "default")' in outcome.stdout
    assert f'there is no profile "none" in {tmp_path}/temporal.toml' in outcome.stdout
    (call,) = recorder.calls("'profile one'")
    metadata = call["metadata"]
    assert [metadata[key] for key in ("authorization", "x-one", "x-two", "temporal-namespace")] == [
        f"Bearer {SECRET}", "1", "2", "default"]
