"""Seventeen scenarios that a prompt has to get right, each in two locales and three widths.

All but those of hints and output above the prompt drive Moondial itself; these drive Tests/LineEditorProbe, whose hints
and output do not depend on what else the shell can do.
"""

import os

import pytest
from probe import LOCALES, joined
from terminal import Key


@pytest.fixture(params=["utf8", "c"])
def locale(request):
    return request.param


@pytest.fixture
def shell(prompt, locale, columns):
    """Moondial at its prompt, on an empty screen."""

    def start(**options):
        terminal = prompt(env=LOCALES[locale], columns=columns, **options)
        terminal.type(Key.control("l"))
        terminal.wait_for(lambda t: t.text == "moondial>" and t.cursor == (0, 10))
        return terminal

    return start


@pytest.fixture
def bare(probe, locale, columns):
    """The probe in the same locales and widths."""
    return lambda *options, **arguments: probe(*options, locale=locale, columns=columns, **arguments)


def screen(*lines):
    """The condition that the screen shows these lines, wrapped where they do not fit, and nothing else."""

    def condition(terminal):
        width = terminal.screen.columns
        rows = [line[start : start + width] for line in lines for start in range(0, max(1, len(line)), width)]
        return [row.rstrip() for row in rows] == terminal.text.split("\n")

    condition.__doc__ = f"the screen {lines!r}"
    return condition


def test_scenario_01_a_paste_that_nobody_asked_for_types_no_marks(shell):
    terminal = shell()
    terminal.type("\x1b[200~1 + 1\x1b[201~", Key.ENTER)
    terminal.wait_for(screen("moondial> 1 + 1", "2", "moondial>"))


def test_scenario_02_a_paste_of_three_lines_is_one_entry(shell):
    terminal = shell()
    terminal.paste("math.max(\n 1,\n 2)")
    terminal.wait_for(screen("moondial> math.max(", " 1,", " 2)"))
    terminal.type(Key.ENTER)
    terminal.wait_for(screen("moondial> math.max(", " 1,", " 2)", "2", "moondial>"))


def test_scenario_03_an_entry_of_several_lines_is_recalled_as_one(shell):
    terminal = shell()
    terminal.type("math.max(", Key.ENTER, "7)", Key.ENTER)
    terminal.wait_for(screen("moondial> math.max(", "  7)", "7", "moondial>"))
    terminal.type(Key.UP)
    terminal.wait_for(screen("moondial> math.max(", "  7)", "7", "moondial> math.max(", "  7)"))
    assert terminal.cursor == (4, 4)


def test_scenario_04_output_above_a_line(bare):
    terminal = bare()
    terminal.type("half")
    terminal.wait_for(screen("probe> half"))
    terminal.say("[bg] done")
    terminal.wait_for(screen("[bg] done", "probe> half"))
    assert terminal.cursor == (1, 11)
    terminal.type("X", Key.ENTER)
    terminal.wait_for(screen("[bg] done", "probe> halfX", "GOT<halfX>", "probe>"))


def test_scenario_05_output_above_a_wrapped_block(bare, columns):
    terminal = bare()
    long = "  " + "a" * columns
    terminal.type("f(", Key.ENTER, "a" * columns)
    terminal.wait_for(screen("probe> f(", long))
    terminal.say("[bg] done")
    terminal.wait_for(screen("[bg] done", "probe> f(", long))
    assert terminal.cursor == (3, 2)
    terminal.type(")", Key.ENTER)
    terminal.wait_for(screen("[bg] done", "probe> f(", long + ")", f"GOT<f(\\n{long})>", "probe>"))


def test_scenario_06_wide_characters(shell):
    terminal = shell()
    terminal.type("#'é日🙂'", Key.LEFT, Key.LEFT)
    terminal.wait_for(lambda t: t.cursor == (0, 15))
    terminal.type("本", Key.ENTER)
    # é is two bytes, 日 and 本 are three, 🙂 is four.
    terminal.wait_for(lambda t: t.lines[1:3] == ["12", "moondial>"])
    assert terminal.lines[0].replace(" ", "") == "moondial>#'é日本🙂'"


def test_scenario_07_characters_beyond_ascii_are_typed_shown_and_deleted(shell):
    terminal = shell()
    terminal.type("'żé→'", Key.LEFT, Key.BACKSPACE)
    terminal.wait_for(screen("moondial> 'żé'"))
    terminal.type(Key.ENTER)
    terminal.wait_for(screen("moondial> 'żé'", '"żé"', "moondial>"))


def test_scenario_08_hints_follow_what_is_typed(bare):
    terminal = bare("--hint")
    terminal.type("abc")
    terminal.wait_for(screen("probe> abc", "hint for abc"))
    terminal.type("d")
    terminal.wait_for(screen("probe> abcd", "hint for abcd"))
    assert terminal.cursor == (0, 11)
    terminal.type(Key.ENTER)
    terminal.wait_for(screen("probe> abcd", "GOT<abcd>", "probe>"))


def test_scenario_09_ctrl_c_drops_the_line(shell):
    terminal = shell()
    terminal.type("partial")
    terminal.wait_for(screen("moondial> partial"))
    terminal.type(Key.control("c"))
    terminal.wait_for(screen("moondial> partial^C", "moondial>"))
    terminal.type("1", Key.ENTER)
    terminal.wait_for(screen("moondial> partial^C", "moondial> 1", "1", "moondial>"))


def test_scenario_10_keys_without_a_meaning_type_nothing(shell):
    terminal = shell()
    terminal.type("12 34", Key.F5, Key.CONTROL_LEFT, Key.HOME, Key.DELETE, "\x1b[1;6P", "\x1b[99;99;99~")
    terminal.wait_for(screen("moondial> 2 34"))
    terminal.type(Key.CONTROL_RIGHT, " +", Key.ENTER)
    terminal.wait_for(screen("moondial> 2 + 34", "36", "moondial>"))


def test_scenario_11_up_moves_within_the_buffer(shell):
    terminal = shell()
    terminal.type("f(", Key.ENTER, "1,", Key.ENTER, "2")
    terminal.wait_for(screen("moondial> f(", "  1,", "  2"))
    terminal.type(Key.UP)
    terminal.wait_for(lambda t: t.cursor == (1, 3))
    terminal.type("X")
    terminal.wait_for(screen("moondial> f(", "  1X,", "  2"))
    assert terminal.cursor == (1, 4)


def test_scenario_12_enter_accepts_from_the_middle(shell):
    terminal = shell()
    terminal.type("math.max(", Key.ENTER, "1,", Key.ENTER, "2)", Key.UP, "9")
    terminal.wait_for(screen("moondial> math.max(", "  1,9", "  2)"))
    terminal.type(Key.BACKSPACE, Key.LEFT, "9", Key.ENTER)
    terminal.wait_for(screen("moondial> math.max(", "  19,", "  2)", "19", "moondial>"))


def test_scenario_13_down_does_not_erase_the_line_being_typed(shell):
    terminal = shell()
    terminal.type("'kept'", Key.DOWN, Key.ENTER)
    terminal.wait_for(screen("moondial> 'kept'", '"kept"', "moondial>"))


def test_scenario_14_up_and_down_come_back_to_the_line_being_typed(shell):
    terminal = shell()
    terminal.type("1", Key.ENTER, "'live'", Key.UP)
    terminal.wait_for(screen("moondial> 1", "1", "moondial> 1"))
    terminal.type(Key.DOWN)
    terminal.wait_for(screen("moondial> 1", "1", "moondial> 'live'"))


def test_scenario_15_what_is_typed_ahead_is_kept(shell, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    terminal = shell()
    terminal.type("print('busy') io.open('fifo'):read()", Key.ENTER)
    terminal.wait_for("^busy$")
    terminal.type("1 + 2", Key.ENTER, "4")
    with open(tmp_path / "fifo", "w"):
        pass
    # The terminal may have echoed what was typed ahead.
    terminal.wait_for(lambda t: t.text.endswith("\nmoondial> 1 + 2\n3\nmoondial> 4"))


def test_scenario_16_resize_draws_anew(shell, columns):
    terminal = shell()
    text = "'" + "a" * 60 + "'"
    terminal.type("1", Key.ENTER, text)
    terminal.wait_for(screen("moondial> 1", "1", "moondial> " + text))
    terminal.resize(columns=50)
    terminal.wait_for(lambda t: t.text.endswith("\nmoondial> " + text[:40] + "\n" + text[40:]))
    terminal.type("..1", Key.ENTER)
    terminal.wait_for(lambda t: joined(t).endswith('"' + "a" * 60 + '1"moondial>'))


def test_scenario_17_a_buffer_taller_than_the_screen(shell):
    terminal = shell(rows=8)
    lines = ["#{", *(f"  {number}," for number in range(16))]
    terminal.type("#{")
    for number in range(16):
        terminal.type(Key.ENTER, f"{number},")
    # The last rows, with the cursor in the last of them.
    terminal.wait_for(screen(*lines[-8:]))
    # The cursor takes the window along.
    terminal.type(*[Key.UP] * 16)
    terminal.wait_for(screen("moondial> #{", *lines[1:8]))
    terminal.type(Key.END, "99,")
    terminal.wait_for(screen("moondial> #{99,", *lines[1:8]))
    terminal.type("\x1b[1;5F", "}", Key.ENTER)
    terminal.wait_for("^17\nmoondial>$")
    assert terminal.scrollback.endswith("\n".join(["moondial> #{99,", *lines[1:-1], lines[-1] + "}", "17", "moondial>"]))
