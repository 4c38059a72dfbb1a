"""Runs one command and prints, as JSON, what it took: wall seconds, processor seconds, peak memory in MiB, exit status.

A small program of its own, because Linux counts the memory of whoever starts a process into that process's peak: what
starts the measured command must be smaller than anything measured. What the command prints to standard output is
dropped; standard error passes through.
"""

import json
import os
import sys
import time

MIB = 1024 * 1024
UNIT = 1 if sys.platform == "darwin" else 1024
"""``ru_maxrss`` is in bytes on macOS and in kibibytes elsewhere (getrusage(2))."""


def main(command: list[str]) -> None:
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    took = {
        "seconds": seconds,
        "processor": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * UNIT / MIB,
        "status": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(took))


if __name__ == "__main__":
    main(sys.argv[1:])
