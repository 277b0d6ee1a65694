"""The harness itself."""

import signal

import pytest
from terminal import Key, Terminal


def shell(script, **arguments):
    return Terminal(["sh", "-c", script], **arguments)


def test_what_is_typed_and_what_is_shown():
    with shell('printf "name? "; read name; echo "hello $name"') as terminal:
        terminal.wait_for(r"^name\?$")
        assert terminal.cursor == (0, 6)
        assert terminal.line == "name?"
        terminal.type("wörld", Key.ENTER)
        terminal.wait_for("^hello wörld$")
        assert terminal.wait_exit() == 0
        assert terminal.text == "name? wörld\nhello wörld"
        assert terminal.output == "name? wörld\r\nhello wörld\r\n".encode()


def test_size_and_resize():
    with shell("stty size; read _; stty size; read _", rows=5, columns=33) as terminal:
        terminal.wait_for("^5 33$")
        terminal.resize(rows=7, columns=44)
        terminal.type(Key.ENTER)
        terminal.wait_for("^7 44$")


def test_environment():
    with shell('echo "<$TERM:$ONE:${HOME-none}>"', env={"ONE": "1", "HOME": None}) as terminal:
        terminal.wait_for("^<xterm-256color:1:none>$")


def test_exit_status_and_signals():
    with shell("exit 7") as terminal:
        assert terminal.wait_exit() == 7
    with shell("echo ready; read _") as terminal:
        terminal.wait_for("ready")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == -signal.SIGTERM
    with shell("echo ready; read _") as terminal:
        terminal.wait_for("ready")
        terminal.type(Key.control("c"))
        assert terminal.wait_exit() == -signal.SIGINT


def test_all_output_is_read_before_the_end():
    with shell("seq 5000", rows=10) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.scrollback == "\n".join(str(number) for number in range(1, 5001))


def test_styles_of_cells():
    with shell(r"printf '\033[31mred\033[0m plain'") as terminal:
        terminal.wait_for("red plain")
        assert [terminal.style(0, column).fg for column in (0, 2, 4)] == ["red", "red", "default"]


def test_a_condition_that_never_holds_shows_the_screen():
    with shell("echo something; read _") as terminal:
        terminal.wait_for("something")
        with pytest.raises(AssertionError, match=r"timed out waiting for 'else'(?s:.*)\|something"):
            terminal.wait_for("else", timeout=0.01)


def test_a_program_that_ends_is_not_waited_for():
    with shell("echo something") as terminal:
        with pytest.raises(AssertionError, match="the program ended before 'else'"):
            terminal.wait_for("else")


def test_leaving_ends_the_program():
    with shell("trap '' HUP TERM; echo ready; read _") as terminal:
        terminal.wait_for("ready")
    assert terminal._process.returncode == -signal.SIGKILL
