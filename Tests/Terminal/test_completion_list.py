"""Tab, by way of Tests/LineEditorProbe: what it inserts, the list, and answers that come later."""

from terminal import Key


def test_a_single_candidate_is_inserted_with_its_suffix(probe, locale, columns):
    terminal = probe("--completion", locale=locale, columns=columns)
    terminal.type("a.z", Key.TAB)
    terminal.wait_for(lambda t: t.text == "probe> a.zebra(" and t.cursor == (0, 15))


def test_the_end_of_a_suffix_may_be_typed_again(probe):
    terminal = probe("--completion")
    terminal.type("z", Key.TAB)
    terminal.wait_for(lambda t: t.text == "probe> zebra(")
    terminal.type("(1)", Key.ENTER)
    terminal.wait_for(r"^GOT<zebra\(1\)>")
    # Only right there, and only once.
    terminal.type("z", Key.TAB)
    terminal.wait_for(lambda t: t.line == "probe> zebra(")
    terminal.type("((1))", Key.ENTER)
    terminal.wait_for(r"^GOT<zebra\(\(1\)\)>")
    terminal.type("z", Key.TAB)
    terminal.wait_for(lambda t: t.line == "probe> zebra(")
    terminal.type("a", Key.BACKSPACE, "(1))", Key.ENTER)
    terminal.wait_for(r"^GOT<zebra\(\(1\)\)>\n(.*\n)*GOT<zebra\(\(1\)\)>")


def test_what_candidates_have_in_common_is_inserted_and_then_they_are_listed(probe):
    terminal = probe("--completion")
    terminal.type("s", Key.TAB)
    terminal.wait_for(lambda t: t.text == "probe> se")
    terminal.type(Key.TAB)
    terminal.wait_for("^sequel")
    assert terminal.text == "\n".join(
        ["probe> se", "select    about select", "sequence  about sequence", "sequel    about sequel"]
    )
    assert terminal.cursor == (0, 9)


def test_the_list_goes_with_the_next_key(probe):
    terminal = probe("--completion")
    terminal.type("se", Key.TAB)
    terminal.wait_for("^sequel")
    terminal.type("q")
    terminal.wait_for(lambda t: t.text == "probe> seq")
    terminal.type(Key.TAB)
    terminal.wait_for(lambda t: t.text == "probe> seque")
    terminal.type(Key.TAB)
    terminal.wait_for("^sequel")
    terminal.type(Key.LEFT)
    terminal.wait_for(lambda t: t.text == "probe> seque" and t.cursor == (0, 11))
    terminal.type(Key.END, "l", Key.ENTER)
    terminal.wait_for("^probe> sequel\nGOT<sequel>\nprobe>$")


def test_the_list_is_never_in_what_is_accepted(probe, columns):
    terminal = probe("--completion", columns=columns)
    terminal.type("se", Key.TAB)
    terminal.wait_for("^sequel")
    terminal.type(Key.ENTER)
    terminal.wait_for("^probe> se\nGOT<se>\nprobe>$")
    terminal.type("se", Key.TAB)
    terminal.wait_for("^sequel")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"^probe> se\^C\nINTERRUPTED\nprobe>$")


def test_many_candidates_are_shown_by_the_page(probe):
    terminal = probe("--completion", columns=40, rows=10)
    terminal.type("item", Key.TAB)
    terminal.wait_for("more: Tab$")
    first = terminal.lines
    assert first[0] == "probe> item"
    # Four columns of eight, downwards.
    assert first[1].split() == ["item1", "item9", "item17", "item25"]
    assert first[8].split() == ["item8", "item16", "item24", "item32"]
    assert first[9] == "… 28 more: Tab"
    terminal.type(Key.TAB)
    terminal.wait_for("^60 in all$")
    assert terminal.lines[1].split() == ["item33", "item41", "item49", "item57"]
    terminal.type(Key.TAB)
    terminal.wait_for(lambda t: t.lines == first)


def test_the_list_is_fitted_to_the_terminal(probe):
    wide = probe("--completion", columns=200)
    wide.type("item", Key.TAB)
    wide.wait_for("^item3 ")
    assert [len(line.split()) for line in wide.lines[1:4]] == [20, 20, 20]
    narrow = probe("--completion", columns=20, rows=12)
    narrow.type("item", Key.TAB)
    narrow.wait_for("more: Tab$")
    assert narrow.lines[1].split() == ["item1", "item11"]
    assert max(map(len, narrow.lines)) < 20


def test_the_list_below_a_buffer_of_several_lines(probe):
    terminal = probe("--completion")
    terminal.type("f(", Key.ENTER, "se", Key.ENTER, "3)", Key.UP, Key.TAB)
    terminal.wait_for("^sequel")
    assert terminal.lines[:6] == [
        "probe> f(", "  se", "  3)", "select    about select", "sequence  about sequence", "sequel    about sequel"
    ]
    assert terminal.cursor == (1, 4)
    terminal.type("q", Key.TAB, "nce,", Key.ENTER)
    terminal.wait_for(r"^probe> f\(\n  sequence,\n  3\)\nGOT<f\(\\n  sequence,\\n  3\)>\nprobe>$")


def test_the_list_below_a_buffer_taller_than_the_screen(probe):
    terminal = probe("--completion", rows=8)
    terminal.paste("f(\n" + "\n".join(map(str, range(20))))
    terminal.type(Key.ENTER, "se", Key.TAB)
    terminal.wait_for("^sequel")
    assert terminal.lines[-4:] == ["  se", "select    about select", "sequence  about sequence", "sequel    about sequel"]
    terminal.type("l", Key.TAB, ")", Key.ENTER)
    terminal.wait_for("^probe>$")
    assert rb"\n19\n  select)>" in terminal.output


def test_wide_candidates(probe, locale):
    terminal = probe("--completion", locale=locale)
    terminal.type("日", Key.TAB)
    terminal.wait_for(lambda t: t.lines[1].replace(" ", "") == "日本日曜")
    terminal.type("本", Key.ENTER)
    terminal.wait_for("GOT<")
    assert "GOT<日本>".encode() in terminal.output


def test_no_candidate_changes_nothing(probe):
    terminal = probe("--completion")
    terminal.type("nothing", Key.TAB, "!")
    terminal.wait_for("^probe> nothing!$")
    assert b"\x07" in terminal.output


def test_tab_indents_where_there_is_nothing_to_complete(probe):
    terminal = probe("--completion")
    terminal.type("f(", Key.ENTER, Key.TAB, "1)", Key.ENTER)
    terminal.wait_for(r"^GOT<f\(\\n    1\)>")


def test_tab_in_a_paste_is_a_character(probe):
    terminal = probe("--completion")
    terminal.paste("se\tz")
    terminal.type(Key.ENTER)
    terminal.wait_for("^GOT<")
    assert b"GOT<se\tz>" in terminal.output


def test_without_completion_tab_is_a_character(probe):
    terminal = probe()
    terminal.type("a", Key.TAB, "b", Key.ENTER)
    terminal.wait_for("^GOT<")
    assert b"GOT<a\tb>" in terminal.output


# Answers that come later


def test_an_answer_that_comes_later(probe):
    terminal = probe("--completion")
    terminal.type("later.ze", Key.TAB)
    terminal.wait_for("later.ze$")
    terminal.say("asked")
    terminal.wait_for("^asked\nprobe> later.ze$")
    terminal.say("deliver")
    terminal.wait_for(r"^probe> later.zebra\($")
    terminal.type(")", Key.ENTER)
    terminal.wait_for(r"^GOT<later.zebra\(\)>")


def test_a_list_that_comes_later(probe):
    terminal = probe("--completion")
    terminal.type("later.se", Key.TAB)
    terminal.wait_for("later.se$")
    terminal.say("asked")
    terminal.wait_for("^asked$")
    terminal.say("deliver")
    terminal.wait_for("^sequel +about sequel$")
    assert terminal.cursor == (1, 15)


def test_an_answer_that_comes_too_late_is_dropped(probe):
    terminal = probe("--completion")
    terminal.type("later.ze", Key.TAB)
    terminal.wait_for("later.ze$")
    terminal.say("asked")
    terminal.wait_for("^asked$")
    terminal.type("x")
    terminal.wait_for("later.zex$")
    terminal.say("deliver")
    terminal.say("delivered")
    terminal.wait_for("^delivered\nprobe> later.zex$")
    terminal.type(Key.BACKSPACE)
    terminal.wait_for("^delivered\nprobe> later.ze$")


def test_an_answer_that_comes_after_the_entry_is_dropped(probe):
    terminal = probe("--completion")
    terminal.type("later.ze", Key.TAB, Key.ENTER)
    terminal.wait_for("^GOT<later.ze>\nprobe>$")
    terminal.type("later.ze")
    terminal.wait_for("^probe> later.ze$")
    terminal.say("deliver")
    terminal.say("delivered")
    terminal.wait_for("^delivered\nprobe> later.ze$")
    terminal.type("!", Key.ENTER)
    terminal.wait_for("^GOT<later.ze!>")


def test_output_above_a_list(probe):
    terminal = probe("--completion")
    terminal.type("se", Key.TAB)
    terminal.wait_for("^sequel")
    terminal.say("above")
    terminal.wait_for(lambda t: t.text.startswith("above\nprobe> se\nselect "))
    assert terminal.lines[4].startswith("sequel ")
