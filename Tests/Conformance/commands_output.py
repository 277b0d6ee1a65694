"""What is shown as JSON: descriptions, lists, counts and histories of workflows."""

from command import Command

NAMES = ["running", "done", "null", "bytes", "proto", "failed", "activity", "parent", "delayed", "cron", "odd", "quotes ' \" ü"]

OF_ALL = "WorkflowId STARTS_WITH 'SHARED-'"
CLOSED = {"closed": ["requests.GetWorkflowExecutionHistory*", "outcome.closeEvent*", "outcome.result*"]}


def slug(name: str) -> str:
    return name.partition(" ")[0]


def lua(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


DESCRIPTIONS = [
    Command(f"describe_{slug(name)}", ["workflow", "describe", "-w", f"SHARED-{name}"],
            f'client:get_workflow_handle("SHARED-{lua(name)}"):describe()',
            differs=CLOSED if slug(name) in ("done", "null", "bytes", "proto", "failed") else {})
    for name in NAMES
]  # fmt: skip

HISTORIES = [
    Command(f"show_{slug(name)}", ["workflow", "show", "-w", f"SHARED-{name}"],
            f'client:get_workflow_handle("SHARED-{lua(name)}"):fetch_history()')
    for name in NAMES
]  # fmt: skip

LISTS = [
    Command("list_workflows", ["workflow", "list", "-q", OF_ALL], f'client:list_workflows("{OF_ALL}")',
            differs={"page-size": ["requests.*.page_size"]}),
    Command("list_workflows_with_a_limit", ["workflow", "list", "-q", OF_ALL, "--limit", "3", "--page-size", "2"],
            f'client:list_workflows("{OF_ALL}", {{ limit = 3, page_size = 2 }})', differs={"page-size": ["requests.*.page_size"]}),
    Command("list_no_workflows", ["workflow", "list", "-q", "WorkflowId = 'TAG'"],
            "client:list_workflows(\"WorkflowId = 'TAG'\")", differs={"page-size": ["requests.*.page_size"]}),
    Command("list_by_an_id_with_quotes", ["workflow", "list", "-q", "WorkflowId = 'SHARED-it''s'"],
            "client:list_workflows{ query = { id = \"SHARED-it's\" } }", differs={"page-size": ["requests.*.page_size"]}),
    Command("list_by_nonsense", ["workflow", "list", "-q", "NoSuch = 1"], "client:list_workflows('NoSuch = 1')",
            differs={"page-size": ["requests.*.page_size"]}),
    Command("list_archived_workflows", ["workflow", "list", "--archived"], "client:list_archived_workflows()",
            differs={"page-size": ["requests.*.page_size"]}),
    Command("count_workflows", ["workflow", "count", "-q", OF_ALL], f'client:count_workflows("{OF_ALL}")'),
    Command("count_no_workflows", ["workflow", "count", "-q", "WorkflowId = 'TAG'"],
            "client:count_workflows(\"WorkflowId = 'TAG'\")"),
    Command("count_in_groups", ["workflow", "count", "-q", f"{OF_ALL} GROUP BY ExecutionStatus"],
            f'client:count_workflows("{OF_ALL} GROUP BY ExecutionStatus")'),
]  # fmt: skip

COMMANDS = [*DESCRIPTIONS, *HISTORIES, *LISTS]
