"""A PDF read in a process of its own, within bounds of time and memory: a reader of PDFs cannot be stopped otherwise.

The process gets the file's bytes and gives back text; it opens no other file for us, and is told of no folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import memo
from memo.delivered.contents import FileContents, Pages
from memo.word_package import Locked, TooMuch, Unfit

SECONDS = 60
"""How long the reading may take; a memo takes less than one."""

_FAULTS = {"Unfit": Unfit, "TooMuch": TooMuch, "Locked": Locked}


def read_apart(data: bytes) -> FileContents:
    """`memo.delivered.pdf.read_pdf` in bounds. Raises `memo.word_package.Unfit`."""
    command = (sys.executable, "-P", "-m", "memo.delivered.worker")
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=_environment())
    except subprocess.TimeoutExpired as error:
        raise TooMuch(f"cannot be read within {SECONDS} seconds") from error
    if done.returncode == 1:
        raise RuntimeError(f"the reader of PDFs did not start:\n{done.stderr.decode(errors='replace')}")
    if done.returncode:
        raise TooMuch("cannot be read within the memory and time that a memo needs")
    return _found(json.loads(done.stdout))


def _environment() -> dict[str, str]:
    """Ours, and where memo lies: ``-P`` keeps the folder that we are in out of the search for modules."""
    here = str(Path(memo.__file__).parent.parent)
    paths = [here, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _found(told: dict[str, str]) -> FileContents:
    """What the worker wrote, as values."""
    if "fault" in told:
        raise _FAULTS[told["fault"]](told["why"])
    pages = Pages(told["text"], told["text"], tuple(told["besides"]))
    return FileContents(pages, told["carried"], bool(told["by_memo"]))
