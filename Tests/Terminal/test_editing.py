"""Editing an entry: lines, keys and characters, by way of Tests/LineEditorProbe."""

import pytest
from probe import at, joined, shows
from terminal import Key


# Entries of several lines


def test_a_plain_line_is_accepted(probe, locale, columns):
    terminal = probe(locale=locale, columns=columns)
    terminal.type("hello", Key.ENTER)
    terminal.wait_for(r"probe> hello\nGOT<hello>\nprobe>$")


def test_enter_continues_until_the_entry_is_complete(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("f(", Key.ENTER, "g(", Key.ENTER, "1", Key.ENTER, "))", Key.ENTER)
    terminal.wait_for(shows(r"GOT<f(\n  g(\n    1\n))>"))
    assert terminal.lines[:4] == ["probe> f(", "  g(", "    1", "))"]


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


def test_undo(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("one two", Key.control("w"), "three", Key.control("_"))
    terminal.wait_for("^probe> one$")
    terminal.type(Key.control("_"))
    terminal.wait_for("^probe> one two$")
    terminal.type(Key.HOME, Key.DELETE, "\x18\x15")
    terminal.wait_for(lambda t: t.line == "probe> one two" and t.cursor == (0, 7))
    terminal.paste("a\nb")
    terminal.type(Key.control("_"), Key.control("_"))
    terminal.wait_for("^probe> one$")
    terminal.type(*[Key.control("_")] * 9, "x", Key.ENTER)
    terminal.wait_for("^GOT<x>")


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
