"""Files on disk: their digests, written whole or not at all, and locked between processes."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
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


def read_plain(path: Path, most: int = -1) -> bytes:
    """Read a plain file, and no more than one byte over ``most``, however large it says it is: it may be growing.

    Raises OSError, also for a named pipe, which would wait for somebody to write to it, and for a device.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        why = "it is a folder" if path.is_dir() else "it is a pipe or a device, not a file"
        raise OSError(errno.EINVAL, why, str(path))
    with path.open("rb") as file:
        return file.read(most + 1 if most >= 0 else -1)


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
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write each of these files as `write_atomic` does, all or none: where one cannot be, the others are taken back.

    Raises NotWrittenError, which names that one. A kill between two renames leaves new files and old ones, each whole.
    """
    replaced: dict[Path, Path | None] = {}
    path = Path()
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _beside(path, "new").write_bytes(data)
        for path in files:
            old = _keep(path)
            _beside(path, "new").replace(path)
            replaced[path] = old
    except BaseException as error:
        for done, old in replaced.items():
            if old:
                old.replace(done)
            else:
                done.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise NotWrittenError(path, error) from error
        raise
    finally:
        for left in (_beside(path, which) for path in files for which in ("new", "old")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


class NotWrittenError(OSError):
    """A file that could not be written: its path, why, to stand after that, and what would help."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(error.errno, error.strerror or str(error), str(path))
        self.path = path

    def explain(self) -> tuple[str, str]:
        """Return why the file cannot be written, and a hint."""
        # By os.path: Path's own question ends in an exception for a name that is too long.
        if os.path.isdir(self.path):  # noqa: PTH112
            return "cannot be replaced: a folder stands in its place", "move that folder away"
        if not os.path.isdir(self.path.parent):  # noqa: PTH112
            return f"cannot be written: {self.path.parent.as_posix()} is not a folder", ""
        if self.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
            hint = "close it where it is open (in Word, in a PDF reader), and see that it may be changed"
            return f"cannot be replaced: {self.strerror}", hint
        hint = "make room on the disk" if self.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        return f"cannot be written: {self.strerror}", hint


def _keep(path: Path) -> Path | None:
    """Keep the old file beside, to be put back; None where there is none."""
    old = _beside(path, "old")
    try:
        os.link(path, old, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError:  # not every file system has links, nor every file may be linked to
        if not os.path.isdir(path):  # noqa: PTH112
            shutil.copyfile(path, old, follow_symlinks=False)
    return old


def _beside(path: Path, which: str) -> Path:
    """Return a temporary path in the same folder, since a rename is only atomic within one file system."""
    # Not by its name, which may be as long as names can be; the process id keeps two builds apart.
    return path.with_name(f".{text_digest(ascii(path.name))[:16]}.{which}.{os.getpid()}{_PART}")


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files that a killed `write_together` left in a folder; those still being written stay."""
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
