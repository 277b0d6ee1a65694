"""Moondial at its prompt, in a terminal."""

import re

from programs import TIMEOUT
from terminal import Key, Terminal

#: The prompt with nothing behind it, and where it may say where calls go.
PROMPT = r"^(\S+ )?moondial>$"


class Prompt(Terminal):
    """Moondial at its prompt."""

    #: Some entries make a server wait, or wait for one.
    timeout = TIMEOUT

    def __init__(self, *argv, **arguments):
        super().__init__(argv, **arguments)
        # The greeting comes when the server has answered, or could have.
        self.wait_for(lambda t: re.search(r"^Moondial \d", t.scrollback, re.MULTILINE) and re.fullmatch(PROMPT, t.line))

    def enter(self, text):
        """Enters a text and waits for its evaluation; returns what was printed, as it is on the screen."""
        self.type(text)
        self.wait_for(lambda t: "".join(t.lines).endswith(text[-8:]))
        return self.accept()

    def accept(self):
        """Presses Enter, as `enter` does at the end of its text."""
        # The entry is on the screen; what is printed begins on the line below it.
        first = self.rows_gone + self.cursor[0] + 1
        self.type(Key.ENTER)
        self.wait_for(lambda t: t.rows_gone + t.cursor[0] >= first and re.fullmatch(PROMPT, t.line))
        return "\n".join(self.scrollback.split("\n")[first:-1])

    @property
    def rows_gone(self):
        """How many lines scrolled out at the top."""
        return len(self.screen.history.top)
