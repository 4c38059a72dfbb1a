"""Many memos at once: worker processes take a share of them each, and their results come in the order of the memos.

Work on one memo takes nothing from work on another, so with three workers, each is given every third memo. A file is
written whole or not at all (`memo.files`), so a worker that is killed harms nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_LEAST_SHARE = 4
"""Memos that are worth a process of their own; with fewer for each, fewer processes are started."""

Result = TypeVar("Result")
Worker = tuple["BaseProcess", "Connection"]
"""A process, and the connection that its results come through."""


def run_in_workers(
    task: Callable[[str], Result], names: Sequence[str], jobs: int = 0, start_method: str = ""
) -> Generator[Result, None, None]:
    """Yield what the task returns for each name, in their order, worked out by up to ``jobs`` processes.

    With 0 jobs there are as many as processors. Task and results must be picklable. ``start_method`` is one of
    `multiprocessing`'s; by default processes are forked where that is safe. An exception in a worker ends it, and
    raises RuntimeError here when its result is due. Close the generator early, and the workers end.
    """
    jobs = min(jobs or _processors(), len(names) // _LEAST_SHARE)
    if jobs < 2:
        yield from map(task, names)
        return
    workers = _start(task, [names[first::jobs] for first in range(jobs)], start_method)
    try:
        for index, name in enumerate(names):
            yield _result(workers[index % jobs], name)
    finally:
        for process, connection in workers:
            connection.close()
            process.terminate()
            process.join()


def _processors() -> int:
    """Return how many processors this process may use, which in a container is often not all."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _start(task: Callable[[str], Any], shares: Sequence[Sequence[str]], start_method: str) -> list[Worker]:
    # A pool from the standard library would be less code, but its workers wait on a queue for ever once this process
    # is killed. Ours have no queue: each knows its share from the start, and ends when nobody reads its results.
    import multiprocessing

    # macOS has fork, too, but its system libraries may crash in a forked process: spawning is Python's default there.
    context: Any = multiprocessing.get_context(start_method or ("fork" if sys.platform == "linux" else "spawn"))
    workers: list[Worker] = []
    for share in shares:
        ours, theirs = context.Pipe(duplex=False)
        # A forked worker has our ends of all pipes so far. Kept open there, they would hide that we are gone.
        inherited = [ours, *(connection for _, connection in workers)] if context.get_start_method() == "fork" else []
        process = context.Process(target=_run_share, args=(task, share, theirs, inherited), daemon=True)
        process.start()
        theirs.close()  # so that a worker's end is the end of its pipe, as `_result` relies on
        workers.append((process, ours))
    return workers


def _run_share(
    task: Callable[[str], Any], share: Sequence[str], results: Connection, inherited: Sequence[Connection]
) -> None:
    """Work through one share, in a process of its own."""
    import signal

    # Ctrl-C reaches every process of a terminal's group: the first one acts on it, and ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for connection in inherited:
        connection.close()
    try:
        for name in share:
            results.send(task(name))
    except BrokenPipeError:  # nobody is there any more to take the results
        return


def _result(worker: Worker, name: str) -> Any:
    """Wait for a worker's next result. Raises RuntimeError with its exit status where it ended instead."""
    process, connection = worker
    try:
        return connection.recv()
    except EOFError:
        process.join()
        raise RuntimeError(f"the process that worked on '{name}' ended with status {process.exitcode}") from None
