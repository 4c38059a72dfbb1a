"""Files on disk: their digests, written whole or not at all, and locked between processes."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PART = ".part"
"""What the names of files end in that are not written to their end yet."""


def file_digest(path: Path) -> str:
    """Return the SHA-256 digest of a file's bytes, in hexadecimal; empty where there is no such file."""
    try:
        if not path.is_file():  # to open a named pipe would wait for somebody to write to it
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_plain(path: Path, most: int) -> bytes:
    """Read a plain file, and no more than one byte over ``most``, however large it says it is: it may be growing.

    Raises OSError, also for a pipe or a device, which could be waited for without end.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is a folder" if stat.S_ISDIR(status.st_mode) else "it is no plain file")
    with path.open("rb") as file:
        return file.read(most + 1)


def text_digest(text: str) -> str:
    """Return the SHA-256 digest of a text in UTF-8, in hexadecimal."""
    return bytes_digest(text.encode())


def bytes_digest(data: bytes) -> str:
    """Return the SHA-256 digest of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_atomic(path: Path, data: bytes) -> None:
    """Write to a temporary file beside, then rename it: a kill at any moment leaves the old file or the new one.

    Makes the folder where it is not there. Raises OSError where the place cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Beside, because a rename is only atomic within one file system; the process id keeps two builds apart.
    beside = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files that `write` left in a folder when it was killed; those still being written stay."""
    # Windows has no way to ask for a process that does it no harm: os.kill would end it. There they all stay.
    if os.name != "posix":
        return
    for left in folder.glob(f".*{_PART}"):
        writer = left.name.removesuffix(_PART).rpartition(".")[2]
        if writer.isdecimal() and not _is_running(int(writer)):
            left.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)  # signal 0 is never delivered: it only asks whether one could be
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file that is on the disk when this returns. Raises OSError, also where the file is there already."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder to disk, so that names of files added or renamed in it outlast a loss of power."""
    if os.name == "posix":  # Windows lets no folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on a file, made where it is not there; waits for whoever holds it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)  # which also releases the lock, as the end of the process would


if sys.platform == "win32":
    import msvcrt

    _PAUSE = 0.02
    """Seconds between two tries: Windows can be told to wait for a lock, but gives up after ten seconds."""

    def _lock(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
                return
            except PermissionError:  # another process holds it
                time.sleep(_PAUSE)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
