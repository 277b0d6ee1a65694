"""Key maps and the user's settings, by way of Tests/LineEditorProbe: emacs, vi, .editrc."""

import pytest
from probe import shows
from terminal import Key


@pytest.fixture
def vi(probe, tmp_path):
    """The probe with vi's keys."""

    def start(*options, **arguments):
        (tmp_path / "editrc").write_text("bind -v\n")
        return probe("--settings", str(tmp_path / "editrc"), *options, **arguments)

    return start


# Emacs


@pytest.mark.parametrize(
    ("keys", "entry"),
    [
        (["one two", Key.alt("b"), "X"], "one Xtwo"),
        (["one two", Key.HOME, Key.alt("f"), "X"], "oneX two"),
        (["one two", Key.HOME, Key.alt("d")], " two"),
        (["one two", Key.alt(Key.BACKSPACE)], "one "),
        (["one two", Key.control("w")], "one "),
        (["one two", Key.HOME, Key.alt("u")], "ONE two"),
        (["ONE two", Key.HOME, Key.alt("l")], "one two"),
        (["one two", Key.HOME, Key.alt("c")], "One two"),
        (["ab", Key.control("t")], "ba"),
        (["abc", Key.control("b"), Key.control("h")], "ac"),
        (["abc", Key.HOME, Key.control("f"), Key.control("k"), Key.control("y"), Key.control("y")], "abcbc"),
        (["abc", Key.control("u"), "x"], "x"),
        (["one two", "\x1b[1;3D", "X"], "one Xtwo"),
        (["one two", Key.HOME, "\x1b[1;5C", "X"], "oneX two"),
        (["one two", Key.HOME, "\x1b[3;5~"], " two"),
        (["ab", "\x1b[13;2u", "c"], "ab\\nc"),
        (["ab", "\x1b[27;5;13~", "c"], "ab\\nc"),
    ],
)
def test_keys(probe, keys, entry):
    terminal = probe()
    terminal.type(*keys, Key.ENTER)
    terminal.wait_for(shows(f"GOT<{entry}>"))


# vi


def test_vi_begins_by_inserting(vi, columns):
    terminal = vi(columns=columns)
    terminal.type("hello", Key.ENTER)
    terminal.wait_for("^probe> hello\nGOT<hello>\nprobe>$")


def test_escape_alone_is_a_key(vi):
    terminal = vi()
    terminal.type("abc", Key.ESCAPE)
    # Shown when the command mode puts the cursor on a character.
    terminal.wait_for(lambda t: t.cursor == (0, 9))
    terminal.type("x")
    terminal.wait_for("^probe> ab$")
    terminal.type("ihello", Key.ENTER)
    terminal.wait_for("^GOT<ahellob>")


def test_escape_and_a_command_at_once(vi):
    terminal = vi()
    terminal.type("one two", Key.ESCAPE, "bcwTWO", Key.ESCAPE, "0x", Key.ENTER)
    terminal.wait_for("^GOT<ne TWO>")


def test_arrow_keys_do_not_leave_inserting(vi):
    terminal = vi()
    terminal.type("ac", Key.LEFT, "b", Key.END, "d", Key.HOME, "_", Key.ENTER)
    terminal.wait_for("^GOT<_abcd>")


def test_vi_moves_by_lines(vi):
    terminal = vi()
    terminal.type("f((", Key.ENTER, "1,", Key.ENTER, "2))", Key.ESCAPE, "kkxjjx", Key.ENTER)
    # From behind the end of a shorter line the cursor comes back to its last character.
    terminal.wait_for(r"^GOT<f\(\\n    1,\\n   2\)\)>")
    terminal.type(Key.ESCAPE, "kkk")
    terminal.wait_for(lambda t: t.cursor[0] == 4)
    terminal.type("iX")
    terminal.wait_for(r"^probe> fX\(\n    1,\n   2\)\)$")


def test_a_paste_while_vi_inserts(vi):
    terminal = vi()
    terminal.paste("f(\n 1)")
    terminal.type("!", Key.ENTER)
    terminal.wait_for(r"^GOT<f\(\\n 1\)!>")


def test_a_search_in_vi(vi):
    terminal = vi()
    terminal.type("alpha", Key.ENTER, "beta", Key.ENTER)
    terminal.wait_for("^GOT<beta>\nprobe>$")
    terminal.type(Key.control("r"), "lph")
    terminal.wait_for("^probe> alpha\nbck:lph$")
    terminal.type(Key.ENTER)
    terminal.wait_for(lambda t: t.output.count(b"GOT<alpha>") == 2)


def test_ctrl_c_in_vi_begins_inserting_again(vi):
    terminal = vi()
    terminal.type("abc", Key.ESCAPE)
    terminal.wait_for(lambda t: t.cursor == (0, 9))
    terminal.type(Key.control("c"))
    terminal.wait_for("^INTERRUPTED\nprobe>$")
    terminal.type("next", Key.ENTER)
    terminal.wait_for("^GOT<next>")


def test_a_pattern_in_vi(vi):
    terminal = vi("--hint")
    terminal.type("alpha", Key.ENTER, "beta", Key.ENTER)
    terminal.wait_for("^GOT<beta>\nprobe>$")
    terminal.type(Key.ESCAPE, "/alp")
    terminal.wait_for("^/alp$")
    assert "hint" not in terminal.text
    terminal.type(Key.ENTER)
    terminal.wait_for(lambda t: t.line == "probe> alpha")
    terminal.type(Key.ENTER)
    terminal.wait_for(lambda t: t.output.count(b"GOT<alpha>") == 2)


def test_ctrl_c_leaves_a_pattern_in_vi(vi):
    terminal = vi()
    terminal.type("alpha", Key.ENTER)
    terminal.wait_for("^GOT<alpha>\nprobe>$")
    terminal.type(Key.ESCAPE, "/al")
    terminal.wait_for("^/al$")
    terminal.type(Key.control("c"))
    terminal.wait_for("^INTERRUPTED\nprobe>$")
    terminal.type("x", Key.ENTER)
    terminal.wait_for("^GOT<x>")


@pytest.mark.parametrize("keys", ["-e", "-v"])
def test_no_commands_of_libedits_own(probe, tmp_path, keys):
    terminal = settings(probe, tmp_path, f"bind {keys}\n")
    terminal.type("a", Key.alt("x"), ":", Key.alt(":"), Key.ESCAPE)
    terminal.type(Key.control("c"))
    terminal.wait_for("^INTERRUPTED\nprobe>$")
    terminal.type("b", Key.control("a"), "a", Key.ENTER)
    terminal.wait_for("^GOT<ab>")


# Settings


def settings(probe, tmp_path, text, **arguments):
    (tmp_path / "editrc").write_text(text)
    return probe("--settings", str(tmp_path / "editrc"), **arguments)


def test_settings_bind_keys(probe, tmp_path):
    terminal = settings(probe, tmp_path, "# mine\n\n  # too\nbind ^G ed-move-to-beg\nbind -s ^O xyz\n")
    terminal.type("abc", Key.control("g"), Key.control("o"), Key.ENTER)
    terminal.wait_for("^GOT<xyzabc>")
    assert b"WARNING" not in terminal.output


def test_settings_for_one_program(probe, tmp_path):
    text = "other:bind -v\nother:bind ^G ed-move-to-beg\nline-editor-probe:bind ^O ed-move-to-beg\n"
    terminal = settings(probe, tmp_path, text)
    terminal.type("bc", Key.control("o"), "a", Key.alt("f"), "d", Key.ENTER)
    terminal.wait_for("^GOT<abcd>")


def test_bindings_after_a_change_of_key_map_hold(probe, tmp_path):
    terminal = settings(probe, tmp_path, "bind -v\nbind ^G ed-move-to-beg\nbind -a Q ed-move-to-end\n")
    terminal.type("bc", Key.control("g"), "a", Key.ESCAPE, "QxA", "d", Key.ENTER)
    terminal.wait_for("^GOT<abd>")


def test_what_settings_cannot_take_away(probe, tmp_path):
    terminal = settings(probe, tmp_path, "edit off\nbind ^M ed-insert\nbind ^J ed-newline\nbind -r\n")
    terminal.type("f(", Key.ENTER, "1)", Key.UP, Key.END, "2,", Key.ENTER)
    terminal.wait_for(r"^GOT<f\(2,\\n  1\)>")


def test_settings_that_mean_nothing_are_said(probe, tmp_path):
    terminal = settings(probe, tmp_path, "bind ^G no-such-command\nnonsense\nbind ^O ed-move-to-beg\n")
    path = tmp_path / "editrc"
    assert terminal.text.replace("\n", "").startswith(
        f"WARNING: {path}:1: not understoodWARNING: {path}:2: not understood"
    )
    terminal.type("bc", Key.control("g"), Key.control("o"), "a", Key.ENTER)
    terminal.wait_for("^GOT<abc>")


def test_no_settings_are_no_problem(probe, tmp_path):
    terminal = probe("--settings", str(tmp_path / "absent"))
    assert terminal.text == "probe>"
