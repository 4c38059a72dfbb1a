"""Writing a file whole or not at all."""

from __future__ import annotations

import os
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
