"""Output above the prompt, by way of Tests/LineEditorProbe."""

import pytest
from probe import joined, shows
from terminal import Key


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
