"""A terminal to test programs in: a pseudo-terminal with a screen model, driven by what is on the screen.

    with Terminal(["moondial"], columns=80) as terminal:
        terminal.wait_for("moondial>$")
        terminal.type("1 + 1", Key.ENTER)
        terminal.wait_for(r"^2$")

Nothing here sleeps. Every wait reads what the program writes until a condition on the screen holds, and fails with a
picture of the screen if it has not come true in time. To show that something does *not* happen, do something afterwards
whose effect is visible, and wait for that.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence

import pyte

Condition = str | re.Pattern[str] | Callable[["Terminal"], object]


class Key:
    """What an xterm sends for keys."""

    ENTER = "\r"
    TAB = "\t"
    ESCAPE = "\x1b"
    BACKSPACE = "\x7f"
    UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
    HOME, END = "\x1b[H", "\x1b[F"
    INSERT, DELETE, PAGE_UP, PAGE_DOWN = "\x1b[2~", "\x1b[3~", "\x1b[5~", "\x1b[6~"
    CONTROL_RIGHT, CONTROL_LEFT = "\x1b[1;5C", "\x1b[1;5D"
    F1, F5, F12 = "\x1bOP", "\x1b[15~", "\x1b[24~"
    SHIFT_TAB = "\x1b[Z"
    ALT_ENTER = "\x1b\r"

    @staticmethod
    def control(letter: str) -> str:
        """What Ctrl with a letter sends."""
        return chr(ord(letter.upper()) & 0x1F)

    @staticmethod
    def alt(character: str) -> str:
        """What Alt with a character sends."""
        return "\x1b" + character


class Terminal:
    """A program in a pseudo-terminal of its own, as its session's foreground process."""

    #: Seconds until a wait gives up. Long, because a machine may be busy; only a failing test waits for it.
    timeout = float(os.environ.get("MOONDIAL_TEST_TIMEOUT", 20))

    def __init__(
        self,
        argv: Sequence[str],
        *,
        rows: int = 24,
        columns: int = 80,
        env: Mapping[str, str | None] | None = None,
        cwd: str | os.PathLike[str] | None = None,
    ) -> None:
        """Starts `argv`. `env` changes the environment of the tests; None removes a variable."""
        self.screen = pyte.HistoryScreen(columns, rows, history=10_000)
        self._stream = pyte.ByteStream(self.screen)
        #: Everything that the program wrote, as it wrote it.
        self.output = b""
        environment: dict[str, str | None] = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        self._master, slave = os.openpty()
        self._set_size(rows, columns)
        #: The terminal's settings before the program saw it.
        self.original_settings = termios.tcgetattr(slave)
        self._process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={name: value for name, value in environment.items() if value is not None},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        # Ours stays open, so that the terminal's settings can be read when the program is gone.
        self._slave = slave
        # Readable when the program has ended, so that every wait notices at once.
        self._ended = os.pidfd_open(self._process.pid)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the program, if it runs still, and the terminal."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for descriptor in (self._ended, self._slave, self._master):
            os.close(descriptor)

    # What happens to the program

    def type(self, *keys: str | bytes) -> None:
        """Presses keys: texts, and constants of `Key`."""
        data = b"".join(key.encode() if isinstance(key, str) else key for key in keys)
        while data:
            # Read too: a program that is busy writing does not read, and would keep us here.
            readable, writable, _ = select.select([self._master], [self._master], [], self.timeout)
            assert readable or writable, self._complaint("the program takes no input")
            if writable:
                data = data[os.write(self._master, data[:1024]) :]
            else:
                self._read()

    def paste(self, text: str) -> None:
        """Pastes as a terminal does that was asked to mark it."""
        self.type("\x1b[200~", text.replace("\n", "\r"), "\x1b[201~")

    def resize(self, *, rows: int | None = None, columns: int | None = None) -> None:
        """Changes the size of the window, which signals the program; lines already there are not wrapped anew."""
        rows = rows or self.screen.lines
        columns = columns or self.screen.columns
        self.screen.resize(rows, columns)
        self._set_size(rows, columns)

    def signal(self, number: int) -> None:
        """Sends a signal to the program, past the terminal."""
        self._process.send_signal(number)

    # What can be seen

    @property
    def lines(self) -> list[str]:
        """The screen from top to bottom, without trailing blanks."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen without the empty lines at its end."""
        return "\n".join(self.lines).rstrip("\n")

    @property
    def scrollback(self) -> str:
        """What scrolled out at the top, and the screen."""
        gone = ("".join(row[column].data for column in range(self.screen.columns)) for row in self.screen.history.top)
        return "\n".join([*(line.rstrip() for line in gone), self.text])

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 0."""
        return self.screen.cursor.y, self.screen.cursor.x

    @property
    def line(self) -> str:
        """The line with the cursor."""
        return self.lines[self.screen.cursor.y]

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    @property
    def settings(self) -> list[object]:
        """The terminal's settings (`termios.tcgetattr`)."""
        return termios.tcgetattr(self._slave)

    @settings.setter
    def settings(self, settings: list[object]) -> None:
        termios.tcsetattr(self._slave, termios.TCSANOW, settings)

    def style(self, row: int, column: int) -> pyte.screens.Char:
        """A cell of the screen with its colours."""
        return self.screen.buffer[row][column]

    # Waiting

    def wait_for(self, condition: Condition, timeout: float | None = None) -> None:
        """Reads until a condition holds: a regular expression found on the screen (`^` and `$` match at lines), or a
        function of the terminal. Lines have no trailing blanks, so a prompt "> " is found by `>$`."""
        deadline = time.monotonic() + (timeout or self.timeout)
        while not self._holds(condition):
            if self._step(deadline, f"waiting for {_describe(condition)}"):
                assert self._holds(condition), self._complaint(f"the program ended before {_describe(condition)}")

    def wait_stopped(self) -> None:
        """Waits until a stop signal has done its work."""
        pid, status = os.waitpid(self.pid, os.WUNTRACED)
        assert pid == self.pid and os.WIFSTOPPED(status), f"not stopped: status {status:#x}"

    def wait_exit(self, timeout: float | None = None) -> int:
        """Reads until the program ends; returns its exit status, negative for a signal."""
        deadline = time.monotonic() + (timeout or self.timeout)
        while not self._step(deadline, "waiting for the program to end"):
            pass
        return self._process.wait()

    # Inside

    def _holds(self, condition: Condition) -> bool:
        if callable(condition):
            return bool(condition(self))
        return re.search(condition, self.text, re.MULTILINE) is not None

    def _step(self, deadline: float, purpose: str) -> bool:
        """Reads what there is, or waits for it; returns whether the program has ended and all is read."""
        readable, _, _ = select.select([self._master, self._ended], [], [], max(0, deadline - time.monotonic()))
        assert readable, self._complaint(f"timed out {purpose}")
        if self._master not in readable:
            return True
        self._read()
        return False

    def _read(self) -> None:
        data = os.read(self._master, 65536)
        self.output += data
        self._stream.feed(data)

    def _set_size(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _complaint(self, reason: str) -> str:
        frame = "+" + "-" * self.screen.columns + "+"
        picture = "\n".join(f"|{line:<{self.screen.columns}}|" for line in self.lines)
        return f"{reason}; cursor at {self.cursor}\n{frame}\n{picture}\n{frame}\nlast bytes: {self.output[-400:]!r}"


def _describe(condition: Condition) -> str:
    if callable(condition):
        return getattr(condition, "__doc__", None) or getattr(condition, "__name__", repr(condition))
    return repr(condition if isinstance(condition, str) else condition.pattern)
