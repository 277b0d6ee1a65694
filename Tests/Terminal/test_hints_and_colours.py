"""What is shown beside what is typed, by way of Tests/LineEditorProbe: hints and colours."""

import pytest
from probe import shows
from terminal import Key


def test_a_hint_is_below_the_buffer_and_dim(probe, locale):
    terminal = probe("--hint", "--styles", locale=locale)
    terminal.type("f.abc")
    terminal.wait_for("^probe> f.abc\nhint for abc$")
    assert terminal.cursor == (0, 12)
    terminal.type("d")
    terminal.wait_for("^probe> f.abcd\nhint for abcd$")
    assert b"\x1b[2mhint for abc\x1b[0m" in terminal.output


def test_a_hint_follows_the_cursor(probe):
    terminal = probe("--hint")
    terminal.type("ab cd")
    terminal.wait_for("^hint for cd$")
    terminal.type(Key.LEFT)
    terminal.wait_for("^hint for c$")
    terminal.type(Key.HOME)
    terminal.wait_for(lambda t: t.text == "probe> ab cd")


def test_a_hint_is_never_in_what_is_accepted(probe, columns):
    terminal = probe("--hint", columns=columns)
    terminal.type("f(", Key.ENTER, "ab")
    terminal.wait_for("^hint for ab$")
    terminal.type(")", Key.ENTER)
    terminal.wait_for(lambda t: t.text.endswith("\nprobe>"))
    assert terminal.lines[:2] == ["probe> f(", "  ab)"]
    assert "hint" not in terminal.text
    assert "".join(terminal.lines[2:]).startswith(r"GOT<f(\n  ab)>")


def test_a_hint_that_is_too_long_is_cut(probe):
    terminal = probe("--hint", columns=20)
    terminal.type("abcdefghijkl")
    terminal.wait_for("^hint for abcdefghi…$")


def test_a_hint_at_the_bottom_of_the_screen(probe):
    terminal = probe("--hint", rows=6)
    for number in range(8):
        terminal.type(f"{number}", Key.ENTER)
    terminal.wait_for("^GOT<7>\nprobe>$")
    terminal.type("ab")
    terminal.wait_for("^GOT<7>\nprobe> ab\nhint for ab$")
    terminal.type(Key.ENTER)
    terminal.wait_for("^probe> ab\nGOT<ab>\nprobe>$")


def test_no_hint_while_searching(probe):
    terminal = probe("--hint")
    terminal.type("alpha", Key.ENTER)
    terminal.wait_for("^GOT<alpha>\nprobe>$")
    terminal.type(Key.control("r"), "lph")
    terminal.wait_for("^probe> alpha\nbck:lph$")
    assert terminal.text.endswith("bck:lph")


def colours(terminal, row, start=0, end=None):
    """The colours of a row's cells, up to its last character if `end` says nothing else."""
    return [terminal.style(row, column).fg for column in range(start, end or len(terminal.lines[row]))]


def test_colours_while_typing(probe, locale):
    terminal = probe("--highlight", "--styles", locale=locale)
    terminal.type("a1é2")
    terminal.wait_for("^probe> a1é2$")
    assert colours(terminal, 0, 7) == ["default", "magenta", "default", "magenta"]
    terminal.type(Key.LEFT, Key.LEFT, "3", Key.HOME, "日4")
    terminal.wait_for(lambda t: t.text.replace(" ", "") == "probe>日4a13é2")
    assert colours(terminal, 0, 9, 15) == ["magenta", "default", "magenta", "magenta", "default", "magenta"]


@pytest.mark.parametrize("width", [20, 80])
def test_colours_of_wrapped_and_several_lines(probe, width):
    terminal = probe("--highlight", "--styles", columns=width)
    terminal.type("f(", Key.ENTER, "1" * (width + 3), "x", Key.ENTER, "2")
    terminal.wait_for("^  2$")
    assert colours(terminal, 1) == ["default"] * 2 + ["magenta"] * (width - 2)
    assert colours(terminal, 2) == ["magenta"] * 5 + ["default"]
    terminal.type(Key.UP, Key.HOME, "y")
    terminal.wait_for(shows("y  1"))
    assert colours(terminal, 1) == ["default"] * 3 + ["magenta"] * (width - 3)
    terminal.type(Key.DOWN, Key.END, ")", Key.ENTER)
    terminal.wait_for("^probe>$")
    # What was entered keeps its colours.
    assert colours(terminal, 1) == ["default"] * 3 + ["magenta"] * (width - 3)


def test_no_colours_without_styles(probe):
    terminal = probe("--highlight", "--hint")
    terminal.type("a1")
    terminal.wait_for("^hint for a1$")
    assert b"\x1b[35m" not in terminal.output and b"\x1b[2m" not in terminal.output


def test_nothing_beside_the_text_on_a_terminal_that_can_do_nothing(probe):
    terminal = probe("--highlight", "--hint", "--completion", "--styles", env={"TERM": "dumb"})
    terminal.type("a1 se", Key.TAB, "l", Key.TAB, Key.ENTER)
    terminal.wait_for("^GOT<a1 select>\nprobe>$")
    assert b"\x1b" not in terminal.output and b"hint" not in terminal.output and b"about" not in terminal.output
