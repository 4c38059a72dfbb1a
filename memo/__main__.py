"""The program: ``memo``, and ``python -m memo``."""

from __future__ import annotations

import os
import signal


def run() -> None:
    """Run the command line; Ctrl-C ends it with status 130, also while it imports, when nothing is open yet."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from memo.cli import main

    main(prog_name="memo")


if __name__ == "__main__":
    run()
