"""Payload codecs of a program: what is said of them, and that Ctrl-C ends what they do."""

import json
import pathlib
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

SERVER = pathlib.Path(__file__).resolve().parents[1] / "Support" / "codec_server.py"
START = 'client:start_workflow{{ "Sleep", args = {{ 1 }}, id = "{}", task_queue = "nobody" }}'


class CodecServer:
    """codec_server.py; `record` has what it was asked."""

    def __init__(self, folder: pathlib.Path):
        self.record = folder / "codec"
        command = [sys.executable, str(SERVER), str(self.record)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._read()

    def wait_until_asked(self) -> None:
        """Returns when a request has come that is not going to be answered."""
        assert self._read() == "asked"

    def connections(self) -> set[int]:
        """The ports that requests came from."""
        return {json.loads(line)["port"] for line in self.record.read_text().splitlines()}

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()

    def _read(self) -> str:
        return self._process.stdout.readline().strip()


@pytest.fixture
def codec_server(tmp_path) -> Iterator[CodecServer]:
    server = CodecServer(tmp_path)
    yield server
    server.close()


def test_an_interrupt_ends_a_wait_for_the_codecs_server(start, address, codec_server, identifier):
    program = start("--codec-endpoint", f"{codec_server.url}/hang", "-e", START.format(identifier), TEMPORAL_ADDRESS=address)
    codec_server.wait_until_asked()
    program.signal(signal.SIGINT)
    status, stdout, stderr = program.finish()
    assert (status, stdout) == (130, "") and stderr.startswith("moondial: interrupted")
    # Nothing was sent: the payloads had not been encoded.
    plain = start("-e", f'print(pcall(function() return client:get_workflow_handle("{identifier}"):describe() end))',
                  TEMPORAL_ADDRESS=address)  # fmt: skip
    assert "NOT_FOUND" in plain.finish().stdout


def test_an_interrupt_at_the_prompt_ends_it_too(prompt, codec_server, identifier):
    terminal = prompt("--codec-endpoint", f"{codec_server.url}/hang")
    terminal.type(START.format(identifier) + "\r")
    codec_server.wait_until_asked()
    terminal.type("\x03")
    terminal.wait_for("interrupted")
    assert terminal.enter("1 + 1") == "2"


@pytest.mark.parametrize("body", ["ready() async.sleep(3600)", "ready() while true do end"], ids=["waiting", "busy"])
def test_an_interrupt_ends_a_codec_in_lua(start, address, identifier, body):
    program = start("-e", f"""
        local function ready() print("ready") io.stdout:flush() end
        local codec = temporal.codec {{ encode = function() {body} end, decode = function(payloads) return payloads end }}
        local client = temporal.connect {{ client.address, codec = codec }}
        {START.format(identifier)}""", TEMPORAL_ADDRESS=address)  # fmt: skip
    program.wait_for_line("ready")
    program.signal(signal.SIGINT)
    status, stdout, stderr = program.finish()
    assert (status, stdout) == (130, "ready\n") and stderr.startswith("moondial: interrupted")


def test_one_connection_serves_all_requests(start, address, codec_server, identifier):
    program = start("--codec-endpoint", f"{codec_server.url}/zlib", "-e", f"""
        local h = {START.format(identifier)}
        for _ = 1, 5 do h:fetch_history() end""", TEMPORAL_ADDRESS=address)  # fmt: skip
    assert program.finish() == (0, "", "")
    assert len(codec_server.record.read_text().splitlines()) == 6
    assert len(codec_server.connections()) == 1


def test_what_cannot_be_decoded_is_told_once_on_standard_error(start, address, codec_server, identifier):
    where = f"{codec_server.url}/status/503"
    start("-e", START.format(identifier), TEMPORAL_ADDRESS=address).finish()
    program = start("--codec-endpoint", where, "-o", "json", "-e", f"""
        local h = client:get_workflow_handle("{identifier}")
        for _ = 1, 3 do h:fetch_history() end
        print(#h:fetch_history().events)""", TEMPORAL_ADDRESS=address)  # fmt: skip
    assert program.finish() == (
        0,
        "2\n",
        "moondial: 1 of 1 payloads in the answer to GetWorkflowExecutionHistory could not be decoded: "
        f"the codec at {where} answered /decode with status 503: this server is of no use\n",
    )


def test_the_codecs_server_does_not_drive_the_terminal(start, address, codec_server, identifier):
    program = start("--codec-endpoint", f"{codec_server.url}/hostile", "-e", START.format(identifier), TEMPORAL_ADDRESS=address)
    status, _, stderr = program.finish()
    assert status == 1 and "\\027[31mred" in stderr and "\x1b" not in stderr


def test_config_names_the_codec_without_its_secrets(prompt):
    options = ["--codec-endpoint", "http://me:s3cr3t@localhost:1/codec", "--codec-auth", "s3cr3t"]
    terminal = prompt(*options)
    shown = terminal.enter(".config")
    assert shown.endswith("\ncodec     the codec at http://localhost:1/codec")
    assert terminal.enter("client.codec") == '"the codec at http://localhost:1/codec"'
    assert "s3cr3t" not in terminal.text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--codec-endpoint", "localhost:1"], "the endpoint of the codec is no URL such as http://localhost:8888/codec"),
        (["--codec-endpoint", "http://localhost", "--codec-header", "x"], "--codec-header takes KEY=VALUE"),
        (["--codec-endpoint", "http://localhost", "--codec-header", "x=a\nb"], "a header of the codec has a line end"),
    ],
)
def test_options_that_are_refused(run, options, said):
    status, stdout, stderr = run(*options, "-e", "print(1)")
    assert (status, stdout) == (2, "") and stderr.startswith(f"moondial: {said}")
