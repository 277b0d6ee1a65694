"""How the scripts of this folder run their coroutine."""

import asyncio
import os
import sys
from collections.abc import Coroutine


def run(main: Coroutine[None, None, int | str]) -> None:
    """Runs a coroutine, prints what it returns, and ends the process there and then.

    Without the end of the interpreter: threads of temporalio 1.35.0 still use it then, and now and then that aborts the
    process ("PyGILState_Release: thread state must be current when releasing").
    """
    print(asyncio.run(main))
    sys.stdout.flush()
    os._exit(0)
