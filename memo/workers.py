"""Many memos at once: each processor works on its share of them, and what comes of it is given in order.

The work on a memo takes nothing from that on another, so each process beside this one takes every so manieth memo. It
keeps no queue: a process whose parent is gone ends with the memo in hand. Files are written whole or not at all
(`memo.files`), so one that is killed harms nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


_SHARE = 4
"""So few memos are not worth another process."""

Result = TypeVar("Result")


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def spread(
    work: Callable[[str], Result], names: Sequence[str], jobs: int = 0, start: str = ""
) -> Generator[Result, None, None]:
    """What comes of the work on each of these, in their order, done by up to ``jobs`` processes: 0, as many as there
    are processors.

    ``work`` and what it gives can be pickled. ``start`` is how processes are made (`multiprocessing`'s words); where
    forking is safe, they are forked. An error in the work of one is that process's end, and then this one's.
    """
    jobs = min(jobs or processors(), len(names) // _SHARE)
    if jobs < 2:
        yield from map(work, names)
        return
    crew = _started(work, [names[first::jobs] for first in range(jobs)], start)
    try:
        for index, name in enumerate(names):
            yield _received(crew[index % jobs], name)
    finally:
        for process, connection in crew:
            connection.close()
            process.terminate()
            process.join()


_Crew = list[tuple["BaseProcess", "Connection"]]


def _started(work: Callable[[str], Any], shares: Sequence[Sequence[str]], start: str) -> _Crew:
    import multiprocessing

    context: Any = multiprocessing.get_context(start or ("fork" if sys.platform == "linux" else "spawn"))
    crew: _Crew = []
    for share in shares:
        ours, theirs = context.Pipe(duplex=False)
        inherited = [ours, *(connection for _, connection in crew)] if context.get_start_method() == "fork" else []
        process = context.Process(target=_toil, args=(work, share, theirs, inherited), daemon=True)
        process.start()
        theirs.close()
        crew.append((process, ours))
    return crew


def _toil(
    work: Callable[[str], Any], share: Sequence[str], results: Connection, inherited: Sequence[Connection]
) -> None:
    """One process's part. An interrupt is for the first process to act on, which then ends this one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for connection in inherited:
        connection.close()
    try:
        for name in share:
            results.send(work(name))
    except BrokenPipeError:  # nobody is there any more to take the results
        return


def _received(member: tuple[BaseProcess, Connection], name: str) -> Any:
    process, connection = member
    try:
        return connection.recv()
    except EOFError:
        process.join()
        raise RuntimeError(f"the process that worked on '{name}' ended with status {process.exitcode}") from None
