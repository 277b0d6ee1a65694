"""Terminals of all sizes and abilities, by way of Tests/LineEditorProbe."""

import pytest
from probe import at, joined, shows
from terminal import Key


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


@pytest.mark.parametrize("narrow", [20, 30, 79])
def test_resize_of_several_lines_with_a_hint(probe, narrow):
    terminal = probe("--hint", columns=80, rows=16)
    terminal.type("one", Key.ENTER, "f(", Key.ENTER, "b" * 30, Key.ENTER, "cd")
    terminal.wait_for("^  cd\nhint for cd$")
    terminal.resize(columns=narrow)
    text = "  " + "b" * 30
    rows = [text[start : start + narrow] for start in range(0, len(text), narrow)]
    terminal.wait_for(lambda t: t.lines[2:7] == [*["probe> f(", *rows, "  cd", "hint for cd"], *[""] * 5][:5])
    terminal.resize(columns=80)
    terminal.wait_for("^probe> f\\(\n  b{30}\n  cd\nhint for cd$")
    terminal.type(")", Key.ENTER)
    terminal.wait_for(shows("GOT<f(\\n  " + "b" * 30 + "\\n  cd)>"))
    assert terminal.lines[:2] == ["probe> one", "GOT<one>"]


def test_resize_to_fewer_rows_than_the_buffer_has(probe):
    terminal = probe(rows=20)
    terminal.type("f(")
    for number in range(10):
        terminal.type(Key.ENTER, f"{number},")
    terminal.wait_for("^  9,$")
    terminal.resize(rows=5)
    terminal.wait_for(lambda t: t.lines == ["  5,", "  6,", "  7,", "  8,", "  9,"])
    terminal.type("0)", Key.ENTER)
    terminal.wait_for("^probe>$")
    assert rb"\n  9,0)>" in terminal.output


def test_a_screen_of_one_row(probe):
    terminal = probe("--hint", "--completion", rows=1)
    terminal.type("f(", Key.ENTER, "se", Key.TAB, "q")
    terminal.wait_for(lambda t: t.lines == ["  seq"])
    terminal.type(Key.UP)
    terminal.wait_for(lambda t: t.lines == ["probe> f("])
    terminal.type(Key.DOWN, Key.END, ")", Key.ENTER)
    terminal.wait_for(lambda t: rb"GOT<f(\n  seq)>" in t.output and t.lines == ["probe>"])


def test_output_above_a_buffer_taller_than_the_screen(probe):
    terminal = probe(rows=6)
    terminal.type("f(")
    for number in range(10):
        terminal.type(Key.ENTER, f"{number},")
    terminal.wait_for("^  9,$")
    terminal.type(*[Key.UP] * 8)
    terminal.wait_for(at(0, 4))
    window = terminal.lines
    terminal.say("above")
    terminal.wait_for(lambda t: "above" in t.scrollback and t.lines == window and t.cursor == (0, 4))
    terminal.type("X", Key.ENTER, "\x1b[1;5F", ")", Key.ENTER)
    terminal.wait_for("^probe>$")
    # Everything that was entered can be read again.
    entry = ["probe> f(", "  0,", "  1,X", "", *(f"  {number}," for number in range(2, 9)), "  9,)"]
    assert "\n".join(entry[:3]) in terminal.scrollback
    assert terminal.scrollback.split("\n").index("above") < terminal.scrollback.split("\n").index("  1,X")
