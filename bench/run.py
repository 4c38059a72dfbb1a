"""Times `memo` side by side with its peers, in one run, and prints ratios and peak memory.

    python bench/run.py            all of it: about half an hour
    python bench/run.py --quick    a look: two runs, a small batch, no very long memo
    python bench/run.py --write    and keep what was measured as docs/benchmarks.md

The peers come beside the project itself: ``pip install typst pypandoc_binary docxtpl weasyprint pypdf``. WeasyPrint
needs Pango besides (Debian: ``apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0``). What cannot be
measured (a peer that is not there, a memo that does not build) is told as such, and the rest goes on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import plan  # noqa: E402
from bench.page import page  # noqa: E402
from bench.report import report  # noqa: E402
from bench.runner import measured  # noqa: E402

FULL = plan.Size(runs=7, long_runs=3, batch=200, lengths=(1, 10, 100))
QUICK = plan.Size(runs=2, long_runs=1, batch=20, lengths=(1, 10))


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    size = QUICK if options.quick else FULL
    if options.runs:
        size = replace(size, runs=options.runs, long_runs=min(options.runs, size.long_runs))
    with tempfile.TemporaryDirectory(prefix="memo-bench-") as folder:
        try:
            results = measured(options.project, options.memo, Path(folder), size, _say)
        except plan.NotBuilt as error:
            _say(f"{options.memo} does not build, so nothing can be timed:\n{error}")
            return 1
    print(report(results))
    if options.write:
        (ROOT / "docs" / "benchmarks.md").write_text(page(results), "utf-8", newline="\n")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run.py", description="Time memo side by side with its peers.")
    parser.add_argument("--runs", type=int, default=0, help="how often each command is timed (7)")
    parser.add_argument("--quick", action="store_true", help="two runs, a small batch, no very long memo")
    parser.add_argument("--write", action="store_true", help="write what was measured to docs/benchmarks.md")
    parser.add_argument("--project", type=Path, default=ROOT, help="another project folder")
    parser.add_argument("--memo", default="azerbaijan-nato", help="another memo of it")
    return parser.parse_args(arguments)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
