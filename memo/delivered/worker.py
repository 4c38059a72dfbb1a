"""The process in which a PDF from outside is read: bytes from standard input, JSON to standard output.

Exit status 0 whatever the file is like; 1 if this did not start at all; anything else if it ran out of its bounds.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

from memo.delivered.pdf import read_pdf
from memo.word_package import Unfit

MEMORY = 1 << 30
"""Bytes that this process may use; a memo takes about a tenth. Only where the system can set that (not on Windows)."""

PROCESSOR = 60
"""Seconds of processor time."""

_OUT_OF_MEMORY = 3


def main() -> None:
    """Read one file and tell what is in it, or what is wrong with it."""
    logging.disable()
    _bound()
    try:
        told = _told(sys.stdin.buffer.read())
        sys.stdout.buffer.write(json.dumps(told).encode("ascii"))
        sys.stdout.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _told(data: bytes) -> dict[str, Any]:
    try:
        found = read_pdf(data)
    except Unfit as unfit:
        return {"fault": type(unfit).__name__, "why": str(unfit)}
    pages = found.pages
    return {"text": pages.text, "besides": pages.besides, "carried": found.carried, "by_memo": found.by_memo}


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is bounded all the same
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
