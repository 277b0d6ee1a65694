"""Interrupting, leaving, stopping and coming back, by way of Tests/LineEditorProbe."""

import signal
import termios

import pytest
from probe import at
from terminal import Key, Terminal


def test_ctrl_c_drops_the_line(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("f(", Key.ENTER, "1")
    terminal.wait_for("^  1$")
    terminal.type(Key.UP)
    terminal.wait_for(at(0, 9))
    terminal.type(Key.control("c"))
    terminal.wait_for("^INTERRUPTED\nprobe>$")
    assert terminal.lines[:4] == ["probe> f(", "  1^C", "INTERRUPTED", "probe>"]
    terminal.type("next", Key.ENTER)
    terminal.wait_for("^GOT<next>")


def test_ctrl_c_on_an_empty_line(probe):
    terminal = probe()
    terminal.type(Key.control("c"))
    terminal.wait_for(r"^probe> \^C\nINTERRUPTED\nprobe>$")


def test_an_interrupt_from_outside(probe):
    terminal = probe()
    terminal.type("half")
    terminal.wait_for("probe> half$")
    terminal.signal(signal.SIGINT)
    terminal.wait_for(r"half\^C\nINTERRUPTED\nprobe>$")


def test_ctrl_d_leaves_on_an_empty_line_only(probe, locale):
    terminal = probe(locale=locale)
    terminal.type("ab", Key.control("d"), Key.ENTER)
    terminal.wait_for("^GOT<ab>\nprobe>$")
    terminal.type(Key.control("d"))
    assert terminal.wait_exit() == 0
    assert terminal.lines[2:4] == ["probe>", "END"]


def test_the_terminal_is_left_as_it_was(probe):
    terminal = probe()
    during = terminal.settings
    assert not during[3] & termios.ICANON
    terminal.type(Key.control("d"))
    assert terminal.wait_exit() == 0
    assert terminal.settings == terminal.original_settings
    assert terminal.output.rfind(b"\x1b[?2004l") > terminal.output.rfind(b"\x1b[?2004h")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(probe, number):
    terminal = probe()
    terminal.type("half")
    terminal.wait_for("half$")
    terminal.signal(number)
    assert terminal.wait_exit() == -number
    assert terminal.settings == terminal.original_settings
    assert terminal.output.rfind(b"\x1b[?2004l") > terminal.output.rfind(b"\x1b[?2004h")


def test_ctrl_z_stops_and_comes_back_with_the_text(built):
    # Under a shell: the kernel does not stop a process group that has nobody to continue it.
    with Terminal(["bash", "--norc", "--noprofile", "-i"], env={"PS1": "shell> ", "LC_ALL": "C.UTF-8"}) as terminal:
        terminal.wait_for("shell>$")
        terminal.type(built("line-editor-probe"), Key.ENTER)
        terminal.wait_for("^probe>$")
        terminal.type("f(", Key.ENTER, "half")
        terminal.wait_for("half$")
        # The terminal drops what it has not handed out yet when a key sends a signal.
        terminal.type(Key.UP)
        terminal.wait_for(at(1, 9))
        terminal.type(Key.control("z"))
        terminal.wait_for(r"^  half\n+\[1\]\+  Stopped.*\n(.*\n)?shell>$")
        terminal.type("echo $((6 * 7))", Key.ENTER)
        terminal.wait_for("^42\nshell>$")
        terminal.type("fg", Key.ENTER)
        terminal.wait_for(r"^probe> f\(\n  half$(?s:.*)^probe> f\(\n  half$")
        terminal.type("X", Key.DOWN, Key.END, ")", Key.ENTER)
        terminal.wait_for(r"^GOT<f\(X\\n  half\)>")
        terminal.type(Key.control("d"))
        terminal.wait_for("^END\nshell>$")


def test_stopped_from_outside_and_continued(probe):
    terminal = probe()
    terminal.type("half")
    terminal.wait_for("half$")
    terminal.signal(signal.SIGSTOP)
    terminal.wait_stopped()
    cooked = terminal.settings
    cooked[3] |= termios.ICANON | termios.ECHO
    terminal.settings = cooked
    terminal.signal(signal.SIGCONT)
    terminal.wait_for(lambda t: not t.settings[3] & termios.ICANON and t.output.count(b"probe> half") >= 1)
    terminal.type("X", Key.ENTER)
    terminal.wait_for("^GOT<halfX>")


def test_type_ahead_is_kept(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("busy", Key.ENTER)
    terminal.wait_for("^GOT<busy>")
    terminal.type("next", Key.ENTER, "and more")
    terminal.say("done")
    terminal.wait_for("^GOT<next>\nprobe> and more$")


def test_the_echo_of_typing_ahead_does_not_move_the_prompt(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("busy", Key.ENTER)
    terminal.wait_for("^GOT<busy>")
    terminal.type("ahead")
    terminal.wait_for("^ahead$")
    terminal.say("done")
    terminal.wait_for("^ahead\nprobe> ahead$")
    terminal.type(Key.HOME, "X", Key.ENTER)
    terminal.wait_for("^ahead\nprobe> Xahead\nGOT<Xahead>")
