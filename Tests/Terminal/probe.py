"""Tests/LineEditorProbe in a terminal: the line editor and nothing else."""

import os
import tempfile

from terminal import Terminal

LOCALES = {"utf8": {"LC_ALL": "C.UTF-8"}, "c": {"LC_ALL": "C", "LANG": "C"}, "none": {"LC_ALL": None, "LANG": None}}


class Probe(Terminal):
    """The probe, at its first prompt."""

    def __init__(self, executable, tmp_path, *options, locale="utf8", env=None, **arguments):
        control = tempfile.mktemp(prefix="control", dir=tmp_path)
        os.mkfifo(control)
        super().__init__(
            [executable, "--control", control, *options], env={**LOCALES[locale], **(env or {})}, **arguments
        )
        self.wait_for("probe>$")
        # Opens when the probe's thread has opened the other end.
        self._control = open(control, "w", buffering=1)

    def say(self, line):
        """Has another thread of the probe print a line."""
        self._control.write(line + "\n")

    def close(self):
        self._control.close()
        super().close()


def joined(terminal):
    """The screen without its line ends, to find text that wrapped."""
    return "".join(terminal.lines)


def shows(text):
    """The condition that a text is on the screen, wrapped or not."""

    def condition(terminal):
        return text in joined(terminal)

    condition.__doc__ = f"the text {text!r}, wrapped or not"
    return condition


def at(row, column):
    """The condition that the cursor is in a cell."""

    def condition(terminal):
        return terminal.cursor == (row, column)

    condition.__doc__ = f"the cursor at {(row, column)}"
    return condition
