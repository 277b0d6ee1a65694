"""What is pasted, by way of Tests/LineEditorProbe."""

from probe import shows
from terminal import Key


def test_a_paste_is_one_entry_and_presses_no_keys(probe, columns):
    terminal = probe(columns=columns)
    terminal.paste("f(\n 1,\n\t2)")
    terminal.wait_for(r"^        2\)$")
    assert "GOT" not in terminal.text
    terminal.type(Key.ENTER)
    terminal.wait_for(shows(r"GOT<f(\n 1,\n"))
    assert terminal.output.count(b"GOT<") == 1
    assert b"GOT<f(\\n 1,\\n\t2)>" in terminal.output


def test_a_paste_with_line_feeds_and_control_characters(probe):
    terminal = probe()
    terminal.type("\x1b[200~a\r\nb\nc\x01\x1b[D\x0bd\x1b[201~", Key.ENTER)
    terminal.wait_for(r"^GOT<a\\nb\\ncd>")


def test_a_paste_into_the_middle_of_a_line(probe):
    terminal = probe()
    terminal.type("ad", Key.LEFT)
    terminal.paste("b\nc")
    terminal.type(Key.ENTER)
    terminal.wait_for(r"^GOT<ab\\ncd>")


def test_a_long_paste(probe):
    terminal = probe(rows=10)
    text = "\n".join(f"line {number} " + "x" * 90 for number in range(400))
    terminal.paste(text)
    terminal.type("END", Key.ENTER)
    terminal.wait_for(r"END>$")
    assert b"GOT<" + text.replace("\n", "\\n").encode() + b"END>" in terminal.output


def test_ctrl_c_ends_a_paste_without_an_end(probe):
    terminal = probe()
    terminal.type("\x1b[200~stuck")
    terminal.type(Key.control("c"))
    terminal.wait_for("INTERRUPTED\nprobe>$")
    terminal.type("free", Key.ENTER)
    terminal.wait_for("^GOT<free>")
