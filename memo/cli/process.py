"""What befalls a process, whatever it was asked: Ctrl-C, a reader that goes away, a full disk, names in no encoding.

Ctrl-C ends it with status 130. A reader that goes away (``memo facts | head -1``) changes nothing: the exit status is
as if all had been read. Where what it prints cannot be written, it says so on standard error, and ends with 1.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, TextIO


@contextmanager
def guarded_process() -> Iterator[None]:
    """Guard a process while it runs a command."""
    signal.signal(signal.SIGINT, _interrupt)
    sys.stdout, sys.stderr = _guarded(sys.stdout), _guarded(sys.stderr)
    try:
        yield
    except _NotPrintedError as error:
        with suppress(_NotPrintedError):
            print(f"memo: what it printed could not be written: {error}", file=sys.stderr, flush=True)
        sys.exit(1)


def _interrupt(_signal: int, frame: FrameType | None) -> None:
    """End the process; an unfinished file is taken away on the way out."""
    while frame:
        # An exception in the middle of an import may be swallowed, or come out as another; nothing is open there.
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            os._exit(130)
        frame = frame.f_back
    sys.exit(130)


class _NotPrintedError(Exception):
    """What is printed cannot be written. No OSError, which a command may take for that of a file of its own."""


_GONE = (errno.EPIPE, errno.ESHUTDOWN, *([errno.EINVAL] if os.name == "nt" else []))
"""What is told of a pipe that nobody reads any more; on Windows, that its argument is invalid."""


class _Output(io.FileIO):
    """Standard output or error. After a failure, what else is printed goes nowhere."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            if error.errno in _GONE:
                return super().write(data)
            raise _NotPrintedError(error.strerror or str(error)) from None


def _guarded(stream: TextIO) -> TextIO:
    """Return the same stream such that nothing printed ends in an exception but `_NotPrintedError`."""
    if not isinstance(stream, io.TextIOWrapper):  # None where it is closed
        return stream
    # Names of files need not be UTF-8, nor need a terminal know all characters.
    stream.reconfigure(errors="backslashreplace")
    if stream.isatty():
        return stream
    raw = _Output(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=stream.encoding, errors="backslashreplace")
