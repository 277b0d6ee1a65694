"""Whatever is typed, the screen shows what is in the buffer; by way of Tests/LineEditorProbe."""

import random

import pytest
from terminal import Key
from wcwidth import wcwidth

KEYS = [
    *"abc \t123",
    # No marks: for the model of the screen also a character without a width goes to the next row where one is full.
    *["日", "é", "🙂", "se", "item", "x" * 30],
    *[Key.ALT_ENTER] * 4,
    *[Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.HOME, Key.END, Key.CONTROL_LEFT, Key.CONTROL_RIGHT] * 2,
    *[Key.BACKSPACE, Key.DELETE, Key.alt("d"), Key.alt("b"), Key.alt("u"), Key.TAB, Key.TAB],
    *[Key.control(letter) for letter in "aekuywtlbfh_"],
    *[Key.PAGE_UP, Key.PAGE_DOWN, Key.F5, "\x1b[200~p\rq\x1b[201~", "\x1b[1;5H", "\x1b[1;5F"],
]


def rows(text, columns):
    """How a text is laid out: a row ends where the next character does not fit, or where it is full."""
    result, width = [""], 0
    for character in text:
        if character == "\n":
            result, width = [*result, ""], 0
            continue
        # A tab ends at the end of its row.
        for shown in " " * min(8 - width % 8, columns - width) if character == "\t" else character:
            if width + wcwidth(shown) > columns:
                result, width = [*result, ""], 0
            result[-1] += shown
            width += wcwidth(shown)
            if width == columns:
                result, width = [*result, ""], 0
    # The cursor goes from a full row to a new one, which the next output takes.
    return result if result[-1] or text.endswith("\n") else result[:-1]


@pytest.mark.parametrize("seed", range(40))
def test_the_screen_shows_the_buffer(probe, seed):
    chance = random.Random(seed)
    columns = chance.choice([20, 33, 80])
    options = ["--completion", "--hint", "--highlight", "--styles"]
    terminal = probe(*[o for o in options if chance.random() < 0.7], rows=chance.choice([5, 12, 30]), columns=columns)
    for said in range(12):
        terminal.type(*chance.choices(KEYS, k=chance.randrange(1, 30)))
        terminal.say(f"above {said}")
        terminal.wait_for(lambda t, said=said: b"above %d\n" % said in t.output.replace(b"\r", b""))
    terminal.type(*chance.choices(KEYS, k=40), "!", "\x1b[1;5F", Key.ENTER)
    terminal.wait_for(lambda t: b"GOT<" in t.output and t.line == "probe>")
    got = terminal.output.decode().rsplit("GOT<", 1)[1].rsplit(">\r\n", 1)[0]
    entry = rows("probe> " + got.replace("\\n", "\n"), columns)
    expected = [row.rstrip() for row in entry]
    lines = [line.rstrip() for line in terminal.scrollback.split("\n")]
    start = max(index for index, line in enumerate(lines) if line.startswith("GOT<")) - len(expected)
    assert lines[start : start + len(expected)] == expected


@pytest.mark.parametrize("seed", range(40))
def test_resizing_does_no_harm(probe, seed, tmp_path):
    chance = random.Random(seed)
    (tmp_path / "editrc").write_text(chance.choice(["bind -v\n", "bind -e\n"]))
    terminal = probe("--completion", "--hint", "--styles", "--highlight", "--settings", str(tmp_path / "editrc"))
    for _ in range(40):
        terminal.type(*chance.choices([*KEYS, Key.control("r"), Key.ESCAPE], k=chance.randrange(1, 8)))
        if chance.random() < 0.5:
            terminal.resize(rows=chance.randrange(1, 40), columns=chance.randrange(2, 100))
    # What was drawn for one size may have reached the model of the screen in another: only what is read counts.
    terminal.type(Key.control("c"))
    terminal.wait_for(lambda t: b"INTERRUPTED" in t.output)
    terminal.type("fine", Key.ENTER)
    terminal.wait_for(lambda t: b"GOT<fine>" in t.output)
