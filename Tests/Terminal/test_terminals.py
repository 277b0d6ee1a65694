"""Terminals of all sizes and abilities, by way of Tests/LineEditorProbe."""

import pytest
from probe import joined, shows
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
