"""Measures what a keystroke costs at the prompt, with an empty buffer and with one of a hundred lines.

    scripts/build && .venv/bin/python Benchmarks/keystrokes.py

Of each key: the CPU time of the whole process (from the kernel's scheduler, in nanoseconds), and the wall time from the
write of the key to the last byte that the terminal gets for it. The wall time has in it what else the machine does.
"""

from __future__ import annotations

import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests/Terminal"))

from terminal import Key, Terminal  # noqa: E402

LINES = 100
BUFFER = "f({\n" + "\n".join(f"  field_{number} = {{ 'text {number}', {number}, true }}," for number in range(LINES - 1))
#: After so many seconds without a byte a key has been drawn.
QUIET = 0.03


class Prompt(Terminal):
    """Moondial at its prompt, with a clock."""

    def cpu(self) -> int:
        """The nanoseconds that the process's threads have run."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)

    def press(self, key: str) -> tuple[float, float, int]:
        """Presses a key; gives CPU and wall time in milliseconds, and how many bytes came."""
        cpu, began, data = self.cpu(), time.perf_counter(), b""
        os.write(self._master, key.encode())
        last = began
        while select.select([self._master], [], [], QUIET)[0]:
            # The model of the screen is slower than what is measured, and waits.
            data += os.read(self._master, 65536)
            last = time.perf_counter()
        cpu = self.cpu() - cpu
        self._stream.feed(data)
        return cpu / 1e6, (last - began) * 1e3, len(data)


def measure(terminal: Prompt, name: str, keys: list[str]) -> None:
    samples = [terminal.press(key) for key in keys]
    cpu, wall, size = (list(column) for column in zip(*samples))
    print(
        f"{name:<44} cpu {statistics.median(cpu):6.3f} ms (max {max(cpu):6.3f})   "
        f"wall {statistics.median(wall):6.3f} ms (max {max(wall):7.3f})   {statistics.median(size):6.0f} bytes"
    )


def main() -> None:
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".build/release/moondial")
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "LC_ALL": "C.UTF-8", "TEMPORAL_ADDRESS": "127.0.0.1:1"}
        with Prompt([binary], rows=50, columns=120, env=env) as terminal:
            terminal.wait_for("^moondial>$")
            measure(terminal, "empty buffer: a letter", list("abcdefghij" * 3))
            terminal.type(Key.control("c"))
            terminal.wait_for("^moondial>$")
            terminal.paste(BUFFER)
            terminal.wait_for(f"field_{LINES - 2} = ")
            while select.select([terminal._master], [], [], 10 * QUIET)[0]:
                terminal._read()
            measure(terminal, f"{LINES} lines: a letter at the end", list("abcdefghij" * 3))
            measure(terminal, f"{LINES} lines: Up and Down", [Key.UP, Key.DOWN] * 10)
            measure(terminal, f"{LINES} lines: Up past the top of the screen", [Key.UP] * (LINES - 1))
            measure(terminal, f"{LINES} lines: a letter in the first line", list("abcdefghij" * 3))
            measure(terminal, f"{LINES} lines: Alt-Enter in the first line", [Key.ALT_ENTER] * 10)


if __name__ == "__main__":
    main()
