"""The history of entries, by way of Tests/LineEditorProbe."""

import stat

from probe import shows
from terminal import Key


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


def test_ctrl_r_finds_entries_of_several_lines(probe, columns):
    terminal = probe(columns=columns)
    terminal.type("f(", Key.ENTER, "alpha)", Key.ENTER, "beta", Key.ENTER)
    terminal.wait_for("^GOT<beta>\nprobe>$")
    terminal.type(Key.control("r"), "lph")
    terminal.wait_for(r"^probe> f\(\n  alpha\)\nbck:lph$")
    terminal.type(Key.control("r"))
    terminal.wait_for(r"^bck\?lph$")
    terminal.type(Key.ENTER)
    terminal.wait_for(lambda t: t.text.count("f(") >= 2 and t.output.count(rb"GOT<f(\n  alpha)>") == 2)
    assert "lph\n" not in terminal.text.replace("alpha", "")


def test_ctrl_r_finds_entries_that_are_long(probe):
    terminal = probe()
    text = "f(\n" + ",\n".join(f"{number:050}" for number in range(60)) + ",\nneedle)"
    terminal.paste(text)
    terminal.type(Key.ENTER, "x", Key.ENTER)
    terminal.wait_for("^GOT<x>\nprobe>$")
    terminal.type(Key.control("r"), "needle", Key.ENTER)
    terminal.wait_for(lambda t: t.output.count(b",\\nneedle)>") == 2)
    assert terminal.output.count(b"GOT<" + text.replace("\n", "\\n").encode() + b">") == 2


def test_page_up_finds_what_begins_like_this(probe, columns):
    terminal = probe(columns=columns)
    for entry in "alpha 1", "beta", "alpha 2", "alpha 2 ", "alp":
        terminal.type(entry, Key.ENTER)
    terminal.wait_for("^GOT<alp>\nprobe>$")
    terminal.type("alpha", Key.PAGE_UP)
    terminal.wait_for("^probe> alpha 2$(?!\nGOT)")
    terminal.type(Key.PAGE_UP, Key.PAGE_UP)
    terminal.wait_for("^probe> alpha 1$(?!\nGOT)")
    assert terminal.cursor[1] == 12
    terminal.type(Key.PAGE_UP, Key.PAGE_DOWN, Key.PAGE_DOWN, Key.PAGE_DOWN, Key.PAGE_DOWN)
    terminal.wait_for("^probe> alpha$(?!\nGOT)")
    terminal.type("!", Key.ENTER)
    terminal.wait_for("^GOT<alpha!>")


def test_page_up_where_nothing_begins_like_this(probe):
    terminal = probe()
    terminal.type("one", Key.ENTER, "two", Key.PAGE_UP, Key.PAGE_DOWN, "!", Key.ENTER)
    terminal.wait_for("^GOT<two!>")
