"""The same document and style give the same DOCX, byte for byte, wherever and whenever it is made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from memo.facts.style import Style
from memo.renderers.docx import render
from tests.documents import kitchen_sink

_ROOT = Path(__file__).parents[1]
_PROGRAM = """
import hashlib
from memo.renderers.docx import render
from memo.facts.style import Style
from tests.documents import kitchen_sink
print(hashlib.sha256(render(kitchen_sink(), Style())[0].data).hexdigest())
"""


@pytest.mark.parametrize(("seed", "zone", "locale"), [("0", "UTC", "C"), ("42", "Asia/Baku", "tr_TR.UTF-8")])
def test_hash_seed_time_zone_and_locale_change_nothing(seed: str, zone: str, locale: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    here = hashlib.sha256(render(kitchen_sink(), Style())[0].data).hexdigest()
    assert done.stdout.strip() == here


def test_rendering_one_memo_leaves_nothing_behind_for_the_next() -> None:
    first = render(kitchen_sink(), Style())[0].data
    render(kitchen_sink(), Style(), bare=True)
    assert render(kitchen_sink(), Style())[0].data == first


_PLAIN = """
import sys
from memo.document.tree import Document, Metadata
from memo.renderers.docx import render
from memo.facts.style import Style
render(Document(Metadata("a", "b", "c", "d", "2026-02-02", "then"), ()), Style())
print(sorted({"reportlab", "docx", "lxml", "PIL"} & sys.modules.keys()))
"""


def test_a_docx_without_figures_loads_no_heavy_library() -> None:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run([sys.executable, "-c", _PLAIN], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
