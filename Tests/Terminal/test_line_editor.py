"""The line editor as people use it, by way of Tests/LineEditorProbe."""

import os
import signal
import stat
import tempfile
import termios

import pytest
from terminal import Key, Terminal

LOCALES = {"utf8": {"LC_ALL": "C.UTF-8"}, "c": {"LC_ALL": "C", "LANG": "C"}, "none": {"LC_ALL": None, "LANG": None}}


class Probe(Terminal):
    """The probe, at its first prompt."""

    def __init__(self, executable, tmp_path, *options, locale="utf8", env=None, **arguments):
        control = tempfile.mktemp(prefix="control", dir=tmp_path)
        os.mkfifo(control)
        super().__init__(
            [executable, "--control", control, *options], env={**LOCALES[locale], **(env or {})}, **arguments
        )
        self.wait_for("probe>$")
        # Opens when the probe's thread has opened the other end.
        self._control = open(control, "w", buffering=1)

    def say(self, line):
        """Has another thread of the probe print a line."""
        self._control.write(line + "\n")

    def close(self):
        self._control.close()
        super().close()


@pytest.fixture
def probe(built, tmp_path):
    started = []

    def start(*options, **arguments):
        started.append(Probe(built("line-editor-probe"), tmp_path, *options, **arguments))
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()


@pytest.fixture(params=LOCALES)
def locale(request):
    return request.param


@pytest.fixture(params=[20, 80, 200])
def columns(request):
    return request.param


def joined(terminal):
    """The screen without its line ends, to find text that wrapped."""
    return "".join(terminal.lines)


def shows(text):
    def condition(terminal):
        return text in joined(terminal)

    condition.__doc__ = f"the text {text!r}, wrapped or not"
    return condition


def at(row, column):
    def condition(terminal):
        return terminal.cursor == (row, column)

    condition.__doc__ = f"the cursor at {(row, column)}"
    return condition


# Entries of several lines


def test_a_plain_line_is_accepted(probe, locale, columns):
    terminal = probe(locale=locale, columns=columns)
    terminal.type("hello", Key.ENTER)
    terminal.wait_for(r"probe> hello\nGOT<hello>\nprobe>$")


def test_enter_continues_until_the_entry_is_complete(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("f(", Key.ENTER, "g(", Key.ENTER, "1", Key.ENTER, "))", Key.ENTER)
    terminal.wait_for(shows(r"GOT<f(\n  g(\n    1\n    ))>"))
    assert terminal.lines[:4] == ["probe> f(", "  g(", "    1", "    ))"]


def test_an_invalid_entry_is_accepted(probe):
    terminal = probe()
    terminal.type("1)", Key.ENTER)
    terminal.wait_for(r"^GOT<1\)>")


def test_alt_enter_makes_a_new_line_always(probe):
    terminal = probe()
    terminal.type("a", Key.ALT_ENTER, "b", Key.ENTER)
    terminal.wait_for(r"^GOT<a\\nb>")


def test_up_moves_inside_the_buffer_and_enter_accepts_from_its_middle(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("call(", Key.ENTER, "1,", Key.ENTER, "2)")
    terminal.wait_for(r"^  2\)$")
    terminal.type(Key.UP, "X")
    terminal.wait_for("^  1,X$")
    terminal.type(Key.UP, "Y")
    terminal.wait_for(r"^probe> call\(Y$")
    terminal.type(Key.DOWN, Key.DOWN, Key.UP, Key.END, "Z", Key.ENTER)
    terminal.wait_for(shows(r"GOT<call(Y\n  1,XZ\n  2)>"))
    # Nothing of the block is overwritten by what comes after it.
    assert terminal.lines[:3] == ["probe> call(Y", "  1,XZ", "  2)"]


def test_line_start_and_end_mean_the_line_and_with_control_the_buffer(probe):
    terminal = probe()
    terminal.type("f(", Key.ENTER, "1)", Key.HOME, "A", Key.END, "B", Key.control("a"), "C", Key.control("e"), "D")
    terminal.wait_for(r"^CA  1\)BD$")
    terminal.type("\x1b[1;5H", "E", "\x1b[1;5F", "F", Key.ENTER)
    terminal.wait_for(r"^GOT<Ef\(\\nCA  1\)BDF>")


def test_kills_stay_inside_the_line_and_can_be_yanked(probe):
    terminal = probe()
    terminal.type("f(", Key.ENTER, "one two)", Key.UP, Key.HOME, Key.control("k"))
    terminal.wait_for(r"^probe>\n  one two\)$")
    terminal.type(Key.control("y"), Key.DOWN, Key.END, Key.control("u"))
    terminal.wait_for(r"^probe> f\($")
    terminal.type(Key.control("y"), Key.ENTER)
    terminal.wait_for(r"^GOT<f\(\\n  one two\)>")


def test_kill_at_a_line_end_joins_the_lines(probe):
    terminal = probe()
    terminal.type("f(", Key.ENTER, "1)", Key.UP, Key.END, Key.control("k"), Key.ENTER)
    terminal.wait_for(r"^GOT<f\(  1\)>")


def test_a_buffer_taller_than_the_screen(probe):
    terminal = probe(rows=8)
    terminal.type("f(")
    for number in range(20):
        terminal.type(Key.ENTER, f"{number},")
    terminal.wait_for("^  19,$")
    terminal.type("0)", Key.ENTER)
    terminal.wait_for(r"^probe>$")
    assert r"GOT<f(\n  0,\n  1," in terminal.scrollback.replace("\n", "")


# Keys


def test_keys_without_a_meaning_type_nothing(probe, columns):
    terminal = probe(columns=columns)
    keys = [Key.F1, Key.F5, Key.F12, Key.INSERT, Key.PAGE_UP, Key.PAGE_DOWN, Key.SHIFT_TAB]
    keys += ["\x1b[I", "\x1b[O", "\x1b[[A", "\x1b[97;5u", "\x1b[<0;1;1M", "\x1b[1;2A\x1b[1;2B", "\x1b[201~"]
    terminal.type("ab", *keys, "cd", Key.ENTER)
    terminal.wait_for("^GOT<abcd>")


def test_word_motion_and_deletion(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("one two", Key.CONTROL_LEFT, "X", Key.CONTROL_LEFT, Key.CONTROL_LEFT, Key.CONTROL_RIGHT, "Y")
    terminal.type(Key.END, " three", Key.control("w"), Key.ENTER)
    terminal.wait_for(shows("GOT<oneY Xtwo >"))


def test_the_same_keys_as_other_terminals_send_them(probe):
    terminal = probe()
    terminal.type("bc", "\x1b[1~", "a", "\x1b[4~", "d", "\x1bOH", "\x1bOC", "\x1bOC", "X", "\x1bOd", "Y", Key.ENTER)
    terminal.wait_for("^GOT<YabXcd>")


def test_delete_takes_the_character_under_the_cursor_only(probe):
    terminal = probe()
    terminal.type("abc", Key.DELETE, Key.HOME, Key.DELETE, Key.RIGHT, Key.control("d"), Key.control("d"), Key.ENTER)
    terminal.wait_for("^GOT<b>")


def test_an_unfinished_sequence_does_not_eat_the_next_key(probe):
    terminal = probe()
    terminal.type("ab", "\x1b[1;", Key.LEFT, "X", Key.ENTER)
    terminal.wait_for("^GOT<aXb>")


def test_clearing_the_screen_keeps_the_line(probe):
    terminal = probe()
    terminal.type("one", Key.ENTER, "half", Key.control("l"))
    terminal.wait_for(lambda t: t.text == "probe> half")
    terminal.type(Key.ENTER)
    terminal.wait_for("^GOT<half>")


def test_quoted_keys_and_extended_commands_do_no_harm(probe):
    terminal = probe()
    terminal.type("a", Key.control("v"), Key.TAB, Key.control("v"), Key.UP, Key.alt("x"), "b", Key.ENTER)
    terminal.wait_for("^GOT<a +b>")
    assert b"GOT<a\tb>" in terminal.output


# Text


@pytest.mark.parametrize("text", ["héllo 日本 🙂", "日本語" * 5, "żółć→λ"])
def test_text_beyond_ascii_in_any_locale(probe, locale, columns, text):
    terminal = probe(locale=locale, columns=columns)
    terminal.type(text, Key.LEFT, "Z", Key.ENTER)
    expected = text[:-1] + "Z" + text[-1]
    # A wide character that does not fit leaves a blank cell at the end of a row; pyte shows a wide one as two cells.
    terminal.wait_for(lambda t: f"GOT<{expected}>" in joined(t).replace("\u0000", ""))


def test_bytes_that_are_no_utf8_are_dropped(probe):
    terminal = probe()
    terminal.type(b"a\xff\xc3b\xed\xa0\x80c\xc2\x85d", Key.ENTER)
    terminal.wait_for("^GOT<abcd>")


# Paste


def test_a_paste_is_one_entry_and_presses_no_keys(probe, columns):
    terminal = probe(columns=columns)
    terminal.paste("f(\n 1,\n\t2)")
    terminal.wait_for(r"^        2\)$")
    assert "GOT" not in terminal.text
    terminal.type(Key.ENTER)
    terminal.wait_for(shows(r"GOT<f(\n 1,\n"))
    assert terminal.output.count(b"GOT<") == 1
    assert b"GOT<f(\\n 1,\\n\t2)>" in terminal.output


def test_a_paste_with_line_feeds_and_control_characters(probe):
    terminal = probe()
    terminal.type("\x1b[200~a\r\nb\nc\x01\x1b[D\x0bd\x1b[201~", Key.ENTER)
    terminal.wait_for(r"^GOT<a\\nb\\ncd>")


def test_a_paste_into_the_middle_of_a_line(probe):
    terminal = probe()
    terminal.type("ad", Key.LEFT)
    terminal.paste("b\nc")
    terminal.type(Key.ENTER)
    terminal.wait_for(r"^GOT<ab\\ncd>")


def test_a_long_paste(probe):
    terminal = probe(rows=10)
    text = "\n".join(f"line {number} " + "x" * 90 for number in range(400))
    terminal.paste(text)
    terminal.type("END", Key.ENTER)
    terminal.wait_for(r"END>$")
    assert b"GOT<" + text.replace("\n", "\\n").encode() + b"END>" in terminal.output


def test_ctrl_c_ends_a_paste_without_an_end(probe):
    terminal = probe()
    terminal.type("\x1b[200~stuck")
    terminal.type(Key.control("c"))
    terminal.wait_for("INTERRUPTED\nprobe>$")
    terminal.type("free", Key.ENTER)
    terminal.wait_for("^GOT<free>")


# Leaving and interrupting


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


# History


def test_up_recalls_entries_of_several_lines_as_one(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("f(", Key.ENTER, "1)", Key.ENTER)
    terminal.wait_for(r"^GOT<.*>\nprobe>$")
    terminal.type(Key.UP, "!")
    terminal.wait_for(r"^probe> f\(\n  1\)!$")
    terminal.type(Key.ENTER)
    terminal.wait_for(shows(r"GOT<f(\n  1)!>"))


def test_down_never_erases_the_line_being_typed(probe):
    terminal = probe()
    terminal.type("one", Key.ENTER, "precious", Key.DOWN, Key.DOWN, Key.control("n"), "!")
    terminal.wait_for("^probe> precious!$")
    terminal.type(Key.UP)
    terminal.wait_for("^probe> one$")
    terminal.type(Key.UP, Key.UP, Key.DOWN)
    terminal.wait_for("^probe> precious!$")
    terminal.type(Key.ENTER)
    terminal.wait_for("^GOT<precious!>")


def test_history_outlives_the_session(probe, tmp_path, locale):
    history = tmp_path / "state" / "moondial" / "history"
    first = probe("--history", str(history), locale=locale)
    first.type("f(", Key.ENTER, "'ü\\')", Key.ENTER, " kept to myself", Key.ENTER, "token = 'abc'", Key.ENTER)
    first.type("last", Key.ENTER, "last", Key.ENTER)
    first.wait_for(lambda t: t.output.count(b"GOT<last>") == 2 and t.line == "probe>")
    first.type(Key.control("d"))
    assert first.wait_exit() == 0

    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700
    assert history.read_text(encoding="utf-8") == "f(\\n  'ü\\\\')\nlast\n"

    second = probe("--history", str(history), locale=locale)
    second.type(Key.UP)
    second.wait_for("^probe> last$")
    second.type(Key.UP)
    second.wait_for(r"^probe> f\(\n  'ü\\'\)$")


def test_a_secret_can_be_recalled_in_its_session(probe, tmp_path):
    terminal = probe("--history", str(tmp_path / "history"))
    terminal.type("password = 'p'", Key.ENTER)
    terminal.wait_for("^GOT<")
    terminal.type(Key.UP, Key.ENTER)
    terminal.wait_for(lambda t: t.output.count(b"GOT<password = 'p'>") == 2)
    assert (tmp_path / "history").read_text() == ""


def test_two_sessions_lose_nothing(probe, tmp_path):
    options = ["--history", str(tmp_path / "history"), "--history-limit", "100"]
    first, second = probe(*options), probe(*options)
    for number in range(5):
        for name, terminal in ("first", first), ("second", second):
            terminal.type(f"{name} {number}", Key.ENTER)
            terminal.wait_for(f"^GOT<{name} {number}>")
    assert (tmp_path / "history").read_text().split("\n") == [
        f"{name} {number}" for number in range(5) for name in ("first", "second")
    ] + [""]


def test_history_that_cannot_be_saved_is_said_once(probe, tmp_path):
    (tmp_path / "file").write_text("")
    terminal = probe("--history", str(tmp_path / "file" / "history"))
    terminal.type("one", Key.ENTER, "two", Key.ENTER, Key.UP, Key.UP, "!", Key.ENTER)
    terminal.wait_for("^GOT<one!>")
    assert terminal.output.count(b"WARNING: history is not saved") == 1
    assert b"Not a directory" in terminal.output


def test_ctrl_r_searches(probe, columns):
    terminal = probe(columns=columns)
    for entry in "alpha", "beta", "gamma":
        terminal.type(entry, Key.ENTER)
    terminal.wait_for("^GOT<gamma>\nprobe>$")
    terminal.type(Key.control("r"), "lph")
    terminal.wait_for("^probe> alpha\nbck:lph$")
    terminal.type(Key.END, "!", Key.ENTER)
    terminal.wait_for("^GOT<alpha!>")


def test_ctrl_c_leaves_a_search(probe):
    terminal = probe()
    terminal.type("alpha", Key.ENTER)
    terminal.wait_for("^GOT<alpha>\nprobe>$")
    terminal.type(Key.control("r"), "al")
    terminal.wait_for("bck:al$")
    terminal.type(Key.control("c"))
    terminal.wait_for("^INTERRUPTED\nprobe>$")
    terminal.type("x", Key.ENTER)
    terminal.wait_for("^GOT<x>")


# Output above the prompt


def test_output_above_a_line(probe, columns, locale):
    terminal = probe(columns=columns, locale=locale)
    terminal.type("half", Key.LEFT)
    terminal.wait_for("probe> half$")
    terminal.say("[bg] done")
    terminal.wait_for(r"\A\[bg\] done\nprobe> half$")
    terminal.type("X", Key.ENTER)
    terminal.wait_for(r"^probe> halXf\nGOT<halXf>")


def test_output_above_a_wrapped_block(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("f(", Key.ENTER, "a" * (columns + 5), Key.ENTER, "日本", Key.UP)
    terminal.wait_for("^  日\\s?本")
    terminal.say("one")
    terminal.say("two")
    terminal.wait_for(r"\Aone\ntwo\nprobe> f\(\n  aaa")
    assert terminal.lines[3] == "  " + "a" * (columns - 2)
    assert terminal.lines[4] == "a" * 7
    terminal.type(Key.DOWN, Key.END, ")", Key.ENTER)
    terminal.wait_for(lambda t: r"\n" in joined(t) and "GOT<f(" in joined(t))
    assert terminal.lines[:3] == ["one", "two", "probe> f("]


@pytest.mark.parametrize("length", range(11, 16))
def test_output_above_a_line_that_just_fills_the_row(probe, length):
    terminal = probe(columns=20)
    terminal.type("x" * length)
    terminal.wait_for(shows("probe> " + "x" * length))
    terminal.say("above")
    terminal.wait_for(lambda t: joined(t) == "above" + "probe> " + "x" * length)


def test_output_above_a_search(probe):
    terminal = probe()
    terminal.type("alpha", Key.ENTER)
    terminal.wait_for("^GOT<alpha>\nprobe>$")
    terminal.type(Key.control("r"), "lp")
    terminal.wait_for("^probe> alpha\nbck:lp$")
    terminal.say("above")
    terminal.wait_for("^GOT<alpha>\nabove\nprobe> alpha\nbck:lp$")
    terminal.type(Key.ENTER)
    terminal.wait_for("^above\nprobe> alpha\nGOT<alpha>")


def test_a_flood_of_output_does_not_tear_the_prompt(probe):
    terminal = probe(columns=40)
    terminal.type("f(", Key.ENTER)
    for number in range(300):
        terminal.say(f"message {number}")
        terminal.type("x")
    terminal.wait_for("^message 299$")
    terminal.type(")", Key.ENTER)
    terminal.wait_for(shows("GOT<f(\\n  " + "x" * 300 + ")>"))
    shown = [line for line in terminal.scrollback.split("\n") if line.startswith("message")]
    assert shown == [f"message {number}" for number in range(300)]
    assert terminal.scrollback.count("probe> f(") == 1


def test_output_while_nothing_is_read(probe):
    terminal = probe()
    terminal.type("busy", Key.ENTER)
    terminal.wait_for("^GOT<busy>")
    terminal.say("during")
    terminal.wait_for("^during$")
    terminal.say("done")
    terminal.wait_for("^during\nprobe>$")


def test_a_prompt_begins_at_the_left_edge(probe):
    terminal = probe()
    terminal.type("partial", Key.ENTER)
    terminal.wait_for("^no newline\nprobe>$")


# Terminals


def test_resize_draws_anew(probe):
    terminal = probe(columns=60, rows=10)
    terminal.type("one", Key.ENTER, "a" * 80)
    terminal.wait_for("^a{27}$")
    terminal.resize(columns=100)
    terminal.wait_for("^probe> a{80}$")
    terminal.type("b", Key.ENTER)
    terminal.wait_for("^GOT<" + "a" * 80 + "b>")
    assert terminal.lines[0] == "probe> one"


def test_resize_to_a_narrower_screen(probe):
    terminal = probe(columns=80, rows=12)
    terminal.type("one", Key.ENTER, "b" * 50)
    terminal.wait_for("^probe> b{50}$")
    terminal.resize(columns=30)
    terminal.wait_for("^probe> b{23}\nb{27}$")
    terminal.type("c", Key.ENTER)
    terminal.wait_for(shows("GOT<" + "b" * 50 + "c>"))
    assert terminal.lines[:2] == ["probe> one", "GOT<one>"]


@pytest.mark.parametrize("term", ["dumb", "no-such-terminal", None])
def test_a_terminal_that_can_do_nothing(probe, term):
    terminal = probe("--styles", env={"TERM": term})
    terminal.type("abd", Key.LEFT, "c", Key.ENTER)
    # What is typed before the prompt is there is echoed by the terminal, and a dumb one cannot take that back.
    terminal.wait_for("^GOT<abcd>\nprobe>$")
    terminal.type("half")
    terminal.wait_for("probe> half$")
    terminal.say("above")
    terminal.wait_for("^above\nprobe> half$")
    terminal.type(Key.control("c"))
    terminal.wait_for("^INTERRUPTED\nprobe>$")
    terminal.type(Key.UP)
    terminal.wait_for("probe> abcd$")
    terminal.type(Key.ENTER)
    terminal.wait_for("GOT<abcd>\nprobe>$")
    assert b"\x1b" not in terminal.output


def test_styles(probe, columns):
    terminal = probe("--styles", columns=columns)
    terminal.type("x" * columns, Key.LEFT)
    terminal.wait_for(shows("probe> " + "x" * columns))
    assert [terminal.style(0, column).fg for column in range(8)] == ["green"] * 5 + ["default"] * 3
    terminal.say("above")
    terminal.wait_for(lambda t: joined(t) == "above" + "probe> " + "x" * columns)
    assert [terminal.style(1, column).fg for column in range(8)] == ["green"] * 5 + ["default"] * 3


def test_without_styles_none_are_sent(probe):
    terminal = probe()
    assert b"\x1b[1;32m" not in terminal.output
