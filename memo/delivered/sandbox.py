"""Read a PDF from outside in a process of its own, bounded in time and memory.

What pypdf does with a hostile file cannot be interrupted from within, so this module stands on both sides: the first
half starts the process and takes its answer, the second (``python -m memo.delivered.sandbox``) is what runs there. The
process gets the file's bytes on standard input and answers with JSON on standard output; it is told of no folder, and
opens no file for us. It ends with status 0 whatever the file is like, with 1 if it did not start at all, and with
anything else if it ran out of its bounds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from memo.delivered.contents import FileContents, Pages
from memo.word_package import Locked, TooMuch, Unfit

SECONDS = 60
"""How long the reading may take by the clock, and how much processor time it may use; a memo takes less than one."""

MEMORY = 1 << 30
"""Bytes that the process may use; a memo takes about a tenth."""

_OUT_OF_MEMORY = 3
"""Exit status; any but 0 and 1 would do."""

_FAULTS = {"Unfit": Unfit, "TooMuch": TooMuch, "Locked": Locked}


def read_pdf_apart(data: bytes) -> FileContents:
    """Call `memo.delivered.pdf.read_pdf` in a process of its own. Raises `Unfit`, also where bounds are exceeded."""
    # -P: without it, the folder that we are in would be searched for modules first, and it may be the folder that the
    # mail was saved to: a json.py there must not run.
    command = (sys.executable, "-P", "-m", "memo.delivered.sandbox")
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=_environment())
    except subprocess.TimeoutExpired as error:
        raise TooMuch(f"cannot be read within {SECONDS} seconds") from error
    if done.returncode == 1:
        raise RuntimeError(f"the reader of PDFs did not start:\n{done.stderr.decode(errors='replace')}")
    if done.returncode:
        raise TooMuch("cannot be read within the memory and time that a memo needs")
    answer = json.loads(done.stdout)
    if "fault" in answer:
        raise _FAULTS[answer["fault"]](answer["message"])
    text = answer["text"]
    return FileContents(Pages(text, text, tuple(answer["not_compared"])), answer["embedded_json"], answer["by_memo"])


def _environment() -> dict[str, str]:
    """Return our environment, with the folder that this package was imported from among those of modules."""
    package = str(Path(__file__).parents[2])
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


# In the other process


def _main() -> None:
    import logging

    logging.disable()  # pypdf reports every oddity of a file
    _bound()
    try:
        answer = _answer(sys.stdin.buffer.read())
        sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
        sys.stdout.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # at once: unwinding what is on the stack may need memory again


def _answer(data: bytes) -> dict[str, Any]:
    from memo.delivered.pdf import read_pdf

    try:
        contents = read_pdf(data)
    except Unfit as unfit:
        return {"fault": type(unfit).__name__, "message": str(unfit)}
    return {
        "text": contents.pages.text,
        "not_compared": contents.pages.not_compared,
        "embedded_json": contents.embedded_json,
        "by_memo": contents.by_memo,
    }


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is bounded all the same
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    _main()
