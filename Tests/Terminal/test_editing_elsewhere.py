"""The user's editor of files, by way of Tests/LineEditorProbe."""

import stat
import sys

import pytest
from terminal import Key


@pytest.fixture
def editor(tmp_path):
    """A command that stands for the user's editor: it runs the shell's commands that a test gives it on "$1"."""

    def make(commands):
        path = tmp_path / "my editor"
        path.write_text(f"#!/bin/sh\n{commands}\n")
        path.chmod(0o700)
        return f"'{path}'"

    return make


EDIT = (Key.control("x"), Key.control("e"))


def test_the_buffer_is_edited_elsewhere(probe, editor, tmp_path):
    seen = tmp_path / "seen"
    command = editor(f"cp -p \"$1\" '{seen}'; echo in the editor; read line < /dev/tty; printf '%s\\nend)\\n' \"$line\" > \"$1\"")
    terminal = probe(env={"EDITOR": command})
    terminal.type("f(", Key.ENTER, "1", *EDIT)
    terminal.wait_for(r"\Ain the editor\n*$")
    assert seen.read_text() == "f(\n  1\n"
    assert stat.S_IMODE(seen.stat().st_mode) == 0o600
    # The program has the terminal as it was before the prompt.
    assert terminal.settings == terminal.original_settings
    terminal.type("g(\n")
    terminal.wait_for(r"^probe> g\(\nend\)$")
    terminal.type("!", Key.ENTER)
    terminal.wait_for(r"^GOT<g\(\\nend\)!>")
    assert not list(tmp_path.glob("moondial-*"))


def test_visual_comes_before_editor(probe, editor):
    terminal = probe(env={"EDITOR": "false", "VISUAL": editor('echo visual > "$1"')})
    terminal.type("x", *EDIT)
    terminal.wait_for("^probe> visual$")


def test_an_editor_that_fails_leaves_the_buffer(probe):
    terminal = probe(env={"EDITOR": "false", "VISUAL": None})
    terminal.type("half", *EDIT)
    terminal.wait_for("^the editor failed: false\nprobe> half$")
    terminal.type("!", Key.ENTER)
    terminal.wait_for("^GOT<half!>")


def test_ctrl_c_in_the_editor_is_the_editors(probe, editor):
    # Not a shell with a trap: a signal between its look for one and its read would be lost.
    script = (
        "import signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]); print('ready', flush=True); "
        "signal.sigwait([signal.SIGINT]); open(sys.argv[1], 'w').write('trapped')"
    )
    command = editor(f'exec {sys.executable} -c "{script}" "$1"')
    terminal = probe(env={"EDITOR": command})
    terminal.type("half", *EDIT)
    terminal.wait_for("^ready$")
    terminal.type(Key.control("c"))
    terminal.wait_for("^probe> trapped$")
    assert "INTERRUPTED" not in terminal.text


def test_output_waits_for_the_editor(probe, editor):
    terminal = probe(env={"EDITOR": editor("echo ready; read line < /dev/tty")})
    terminal.type("half", *EDIT)
    terminal.wait_for("^ready$")
    terminal.say("above")
    terminal.type("\n")
    terminal.wait_for("^above\nprobe> half$")


def test_what_the_editor_writes_presses_no_keys(probe, editor):
    terminal = probe(env={"EDITOR": editor("printf 'a\\033[A\\003\\tb\\302\\200' > \"$1\"")})
    terminal.type(*EDIT)
    terminal.wait_for(r"^probe> a\[A")
    terminal.type(Key.ENTER)
    terminal.wait_for("GOT<")
    assert b"GOT<a[A\tb>" in terminal.output


def test_a_text_is_edited_between_two_reads(probe, editor):
    terminal = probe(env={"EDITOR": editor('echo three >> "$1"; echo shown')})
    terminal.type("edit", Key.ENTER)
    terminal.wait_for("^GOT<edit>\nshown\nEDITED<one\ntwo\nthree>\nprobe>$")
