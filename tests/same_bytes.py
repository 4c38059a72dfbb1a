"""Print a digest of everything that memo writes: run before and after a change that is to leave all bytes alone.

    python -m tests.same_bytes > before.txt     # at one commit
    python -m tests.same_bytes > after.txt      # at another, in the same environment
    diff before.txt after.txt

The three memos of this project, a hundred random documents and the random redlines between each and its next version,
each as DOCX and PDF, with their JSON: one line a file. Documents come from `tests.pairs`, which draws them by number
alone, so that they are the same at every commit.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

from memo.changes import compare
from memo.document.as_json import to_json
from memo.document.tree import Document
from memo.facts.style import Style
from memo.renderers import render
from tests.documents import kitchen_sink
from tests.pairs import pair

ROOT = Path(__file__).parents[1]
SEEDS = range(100)


def main() -> None:
    with Pool() as pool:
        for lines in pool.imap(_of_seed, SEEDS):
            sys.stdout.writelines(lines)
    sys.stdout.writelines(_of_document("kitchen sink", kitchen_sink()))
    sys.stdout.writelines(_of_memos())


def _of_seed(seed: int) -> list[str]:
    old, new = pair(seed)
    named = (("old", old), ("new", new), ("redline", compare(old, new)))
    return [line for name, document in named for line in _of_document(f"{seed} {name}", document)]


def _of_document(name: str, document: Document) -> Iterator[str]:
    yield _line(f"{name}.json", to_json(document).encode())
    yield _line(f"{name}.docx", render(document, Style(), "docx")[0].data)
    yield _line(f"{name}.pdf", render(document, Style(), "pdf")[0].data)


def _of_memos() -> Iterator[str]:
    from click.testing import CliRunner

    from memo.cli import main as memo

    with tempfile.TemporaryDirectory() as folder:
        done = CliRunner().invoke(memo, ["-C", str(ROOT), "build", "--output", folder])
        assert done.exit_code == 0, done.output
        for path in sorted(Path(folder).iterdir()):
            if path.is_file():
                yield _line(path.name, path.read_bytes())


def _line(name: str, data: bytes) -> str:
    return f"{hashlib.sha256(data).hexdigest()}  {name}\n"


if __name__ == "__main__":
    main()
