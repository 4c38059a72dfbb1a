"""One at a time, between processes: a lock on a file that the system lets go when its holder ends or is killed.

So no lock is ever left behind, and none has to be guessed stale. The file stays; only the lock on it counts.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.02
"""Seconds between two tries where the system cannot be told to wait."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on a file, made where it is not there; waits for whoever holds it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _hold(handle)
        yield
    finally:
        os.close(handle)  # which lets the lock go


if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
                return
            except PermissionError:  # another holds it
                time.sleep(_PAUSE)

else:
    import fcntl

    def _hold(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
