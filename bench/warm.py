"""What one PDF takes in a process that has made one before: prints the median of several, in milliseconds, as JSON.

Every tool is given memos that differ, so that none can serve them from memory. Arguments: the module that makes PDFs
(its ``maker``), then sources; the first is not counted.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median


def main(module: str, sources: list[Path]) -> None:
    make = import_module(module).maker(sources[0].parent)
    took = []
    for source in sources:
        start = time.perf_counter()
        make(source)
        took.append((time.perf_counter() - start) * 1000)
    print(json.dumps(median(took[1:])))


if __name__ == "__main__":
    main(sys.argv[1], [Path(name) for name in sys.argv[2:]])
