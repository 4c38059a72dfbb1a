"""Read a PDF from outside in a process of its own, bounded in time and memory.

What pypdf and PDFium do with a hostile file cannot be interrupted from within, so this module stands on both sides: the
first half starts the process and takes its answer, the second (``python -m memo.delivered.sandbox``) is what runs
there. The process gets the bytes on standard input and answers with JSON on standard output; it is told of no folder,
and opens no file for us. It ends with status 0 whatever the file is like, with 1 if it did not start at all, and with
anything else if it ran out of its bounds.

Time is given page by page: a file that keeps the reader busy gets none, however many pages it says that it has.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from msgspec import Struct, json

from memo.delivered.contents import Comparison, FileContents
from memo.untrusted_files import Encrypted, TooLarge, UnreadableFile

SECONDS = 60
"""How long the process may take by the clock."""

PROCESSOR_SECONDS = 0.9
"""How much processor time it may use before the first page is done with, its start included."""

PROCESSOR_SECONDS_PER_PAGE = 0.1
"""How much more it may use for each page that is done with; a memo's takes about a tenth of that."""

MEMORY = 180 << 20
"""Bytes that it may use beyond those that its program takes; a memo takes about a third."""

_OUT_OF_MEMORY = 3
"""Exit status; any but 0 and 1 would do."""

_FAULTS = {fault.__name__: fault for fault in (UnreadableFile, TooLarge, Encrypted)}


class _Answer(Struct):
    """What the process answers: what was asked for, or what is wrong with the file."""

    contents: FileContents | None = None
    comparison: Comparison | None = None
    fault: str = ""
    message: str = ""


def read_pdf_apart(data: bytes) -> FileContents:
    """Call `memo.delivered.pdf.read_pdf` in a process of its own. Raises `UnreadableFile`, also beyond bounds."""
    contents = _ask("read", data).contents
    assert contents is not None, "the reader of PDFs gave no answer"
    return contents


def compare_pdfs_apart(data: bytes, expected: bytes) -> Comparison:
    """Call `memo.delivered.pdf.compare_pdfs` in a process of its own. Raises `UnreadableFile`, also beyond bounds."""
    comparison = _ask("compare", len(data).to_bytes(8, "big") + data + expected).comparison
    assert comparison is not None, "the reader of PDFs gave no answer"
    return comparison


def _ask(what: str, data: bytes) -> _Answer:
    # -P: without it, the folder that we are in would be searched for modules first, and it may be the folder that the
    # mail was saved to: a json.py there must not run.
    command = (sys.executable, "-P", "-m", "memo.delivered.sandbox", what)
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=_environment())
    except subprocess.TimeoutExpired as error:
        raise TooLarge(f"cannot be read within {SECONDS} seconds") from error
    if done.returncode == 1:
        raise RuntimeError(f"the reader of PDFs did not start:\n{done.stderr.decode(errors='replace')}")
    if done.returncode:
        raise TooLarge("cannot be read within the memory and time that a memo needs")
    answer = json.decode(done.stdout, type=_Answer)
    if answer.fault:
        raise _FAULTS[answer.fault](answer.message)
    return answer


def _environment() -> dict[str, str]:
    """Return our environment, with the folder that this package was imported from among those of modules."""
    package = str(Path(__file__).parents[2])
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


# In the other process


def _main(what: str) -> None:
    import logging

    logging.disable()  # pypdf reports every oddity of a file
    data = sys.stdin.buffer.read()
    _import_readers(what)
    _bound_memory()
    allow_time(0)
    try:
        sys.stdout.buffer.write(json.encode(_answer(what, data)))
        sys.stdout.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # at once: unwinding what is on the stack may need memory again


def _import_readers(what: str) -> None:
    """Load all that is used, before bounds are set: what the program takes is not the file's doing."""
    names = ("pdf", "pdf_told", "pdf_look") if what == "compare" else ("pdf",)
    for name in names:
        import_module(f"memo.delivered.{name}")


def _answer(what: str, data: bytes) -> _Answer:
    from memo.delivered.pdf import compare_pdfs, read_pdf

    pages = 0

    def page_done() -> None:
        nonlocal pages
        pages += 1
        allow_time(pages)

    try:
        if what == "read":
            return _Answer(contents=read_pdf(data, page_done))
        size = int.from_bytes(data[:8], "big")
        return _Answer(comparison=compare_pdfs(data[8 : 8 + size], data[8 + size :], page_done))
    except UnreadableFile as fault:
        return _Answer(fault=type(fault).__name__, message=str(fault))


def allow_time(pages: int) -> None:
    """End the process when it has used the time that so many pages may take."""
    import signal
    import time

    if hasattr(signal, "setitimer"):  # Windows has no such limit; the time is bounded all the same
        left = PROCESSOR_SECONDS + pages * PROCESSOR_SECONDS_PER_PAGE - time.process_time()
        signal.setitimer(signal.ITIMER_PROF, max(left, 0.001))


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    known = [limit for limit in (soft, hard, _memory_now() + MEMORY) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))


def _memory_now() -> int:
    """Return how many bytes of addresses the process has; a generous guess where that cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 1 << 30
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    _main(sys.argv[1])
