"""Runs random programs at the prompt of one long-lived Moondial and in scripts, interrupts some of them, and checks that
nothing is left: no call, no task, no object, and no more memory than at the beginning."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[2] / "Tests" / "Terminal"))

from programs import Server  # noqa: E402

CODEC_SERVER = HERE.parents[2] / "Tests" / "Support" / "codec_server.py"

#: How long anything may take before it counts as hung.
PATIENCE = 60.0
#: Of the whole time, the part after which memory must not grow any more.
WARM_UP = 0.25
#: What memory may grow by after that: Lua's, after a full collection, and the process's, whose heap has holes.
BOUNDS = {"kilobytes": 64, "resident": 8 * 1024}


#: What a script may fail with. `programs.run` catches what its program raises, but a scope that a generator left open, and
#: that could not be waited for inside coroutine.close, is closed with its task, which then fails like the scope.
EXPECTED = re.compile(r"random error|^moondial: (CancelledError|RPCError|TimeoutError|Workflow\w+Error): ")


class Failure(Exception):
    """Something did not hold."""


class Session:
    """Moondial at its prompt, in a terminal wide enough for every line."""

    def __init__(self, program: str, seed: int):
        self._master, slave = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 1000, 0, 0))
        self.process = subprocess.Popen(
            [program, "-i", str(HERE / "session.lua"), str(seed)], stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env={**os.environ, "TERM": "xterm"},
        )
        os.close(slave)
        self.output = b""

    def enter(self, text: str) -> None:
        self.press(text.encode() + b"\r")

    def press(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def read_for(self, seconds: float) -> None:
        """Takes what the program writes, for so long."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not self._read(left):
                return

    def ask(self, entry: str, answer: str) -> str:
        """Enters something until the answer comes; returns the rest of its line."""
        deadline = time.monotonic() + PATIENCE
        start = len(self.output)
        mark = f"{answer} ".encode()
        while time.monotonic() < deadline:
            # A Ctrl-C that is late takes an entry with it.
            self.enter(entry)
            again = time.monotonic() + 5
            while (left := again - time.monotonic()) > 0:
                at = self.output.find(mark, start)
                end = self.output.find(b"\n", at)
                if at >= 0 and end >= 0:
                    return self.output[at + len(mark) : end].decode().strip()
                if not self._read(left):
                    raise Failure(f"the session ended with {self.process.wait()}")
        raise Failure(f"no answer to {entry} in {PATIENCE:.0f} s")

    def leave(self) -> int:
        """Presses Ctrl-D until the program ends; returns its status."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            # One that comes before the prompt means nothing.
            self.press(b"\x04")
            again = time.monotonic() + 1
            while (left := again - time.monotonic()) > 0:
                if not self._read(left):
                    return self.process.wait(timeout=PATIENCE)
        raise Failure("the session does not end")

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.output += data
        if b"UNEXPECTED" in data:
            raise Failure("an unexpected error")
        return bool(data)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)


def run_script(program: str, chance: random.Random, workflows: list[str]) -> None:
    """Runs a script, and interrupts it or not, once or twice: it ends in time, and by no crash."""
    seed = chance.randrange(10**9)
    interrupts = chance.choice([0, 1, 1, 2])
    process = subprocess.Popen(
        [program, str(HERE / "script.lua"), str(seed), *workflows], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )
    try:
        assert process.stdout
        process.stdout.readline()
        for _ in range(interrupts):
            select.select([process.stdout], [], [], chance.random() * 0.3)
            process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Failure(f"the script with seed {seed} and {interrupts} interrupts hangs") from None
    # One may come when the session is closed already, and there is nothing left to unwind.
    ends = {0, 1, 7} | ({130, -signal.SIGINT} if interrupts else set())
    if process.returncode not in ends or "UNEXPECTED" in complaint or "Sanitizer" in complaint:
        raise Failure(f"the script with seed {seed} ended with {process.returncode}: {complaint}")
    if process.returncode == 1 and not EXPECTED.search(complaint.partition("\n")[0]):
        raise Failure(f"the script with seed {seed} failed: {complaint}")


def check(state: dict[str, float]) -> None:
    """What has to hold between two rounds."""
    for name in ["in_flight", "timers"]:
        if state[name]:
            raise Failure(f"{name} is true, and nothing runs: {state}")
    for one, other in [("tasks", "tasks_ended"), ("opened", "closed"), ("calls", "calls_ended")]:
        if state[one] != state[other]:
            raise Failure(f"{one} and {other} differ: {state}")
    if state["alive"] or state["ready"]:
        raise Failure(f"objects are left: {state}")


def check_memory(history: list[dict[str, float]], is_sanitized: bool) -> None:
    """After the warm-up memory is flat: the least of the last third is compared with the most of the first."""
    for name, bound in BOUNDS.items():
        first = history[: max(1, len(history) // 3)]
        last = history[-max(1, len(history) // 3) :]
        growth = min(state[name] for state in last) - max(state[name] for state in first)
        print(f"  {name}: {history[0][name]:.0f} after the warm-up, {history[-1][name]:.0f} at the end")
        # A sanitizer keeps what was freed.
        if growth > bound and not (is_sanitized and name == "resident"):
            raise Failure(f"{name} grew by {growth:.0f}, which is more than {bound}")


def soak(program: str, seconds: float, seed: int, is_sanitized: bool) -> None:
    chance = random.Random(seed)
    session = Session(program, seed)
    began = time.monotonic()
    rounds, presses, scripts = 0, 0, 0
    history: list[dict[str, float]] = []
    try:
        state = json.loads(session.ask("check(0)", "CHECK 0"))
        workflows = session.ask("print('WORK' .. 'FLOWS ' .. table.concat(workflows, ' '))", "WORKFLOWS").split()
        while time.monotonic() - began < seconds:
            for _ in range(10):
                rounds += 1
                session.enter(f"round({rounds})")
                for _ in range(chance.choice([0, 0, 1, 1, 2])):
                    session.read_for(chance.random() * 0.15)
                    session.press(b"\x03")
                    presses += 1
                session.read_for(chance.random() * 0.1)
            state = json.loads(session.ask(f"check({rounds})", f"CHECK {rounds}"))
            check(state)
            session.output = b""
            if time.monotonic() - began > WARM_UP * seconds:
                history.append(state)
            run_script(program, chance, workflows)
            scripts += 1
        session.ask("finish()", "FINISHED")
        status = session.leave()
        if status != 0:
            raise Failure(f"the session ended with {status}")
        print(f"  {rounds} rounds, {presses} Ctrl-Cs, {scripts} scripts, {state['tasks']} tasks, {state['calls']} calls")
        check_memory(history, is_sanitized)
    except Failure:
        sys.stdout.write(session.output.decode(errors="replace")[-20000:])
        raise
    finally:
        session.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--sanitized", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    os.environ.setdefault("MOONDIAL_TEST_TASK_QUEUE", "moondial-test")
    given = os.environ.get("MOONDIAL_TEST_ADDRESS")
    server = None if given else Server()
    os.environ["TEMPORAL_ADDRESS"] = given or server.address
    # It complains of each request that is cancelled.
    codec = subprocess.Popen(
        [sys.executable, str(CODEC_SERVER), os.devnull], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )
    os.environ["MOONDIAL_SOAK_CODEC"] = codec.stdout.readline().strip()
    try:
        soak(arguments.program, arguments.seconds, arguments.seed, arguments.sanitized)
    except Failure as failure:
        sys.exit(f"FAILED with seed {arguments.seed}: {failure}")
    finally:
        codec.stdin.close()
        codec.wait()
        if server:
            server.close()


main()
