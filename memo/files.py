"""Files on disk: their digests, written whole or not at all, and locked between processes."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PART = ".part"


def write_through(path: Path, data: bytes) -> None:
    """Write a new file that is on the disk when this returns. Raises OSError, also where the file is there already."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system lets a folder be opened (Windows does not)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write(path: Path, data: bytes) -> None:
    """Write to a temporary file beside, then rename it: a kill at any moment leaves the old file or the new one.

    Makes the folder where it is not there. Raises OSError where the place cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Clear away what `write` left in a folder where it was killed; what a process still writes stays.

    Windows has no way to ask for a process that does it no harm: there it stays, too.
    """
    if os.name != "posix":
        return
    for left in folder.glob(f".*{_PART}"):
        writer = left.name.removesuffix(_PART).rpartition(".")[2]
        if writer.isdecimal() and not _runs(int(writer)):
            left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def file_digest(path: Path) -> str:
    """The digest of a file's bytes; empty where there is no such file."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def text_digest(text: str) -> str:
    """The digest of a text."""
    return bytes_digest(text.encode())


def bytes_digest(data: bytes) -> str:
    """The digest of bytes."""
    return hashlib.sha256(data).hexdigest()


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
