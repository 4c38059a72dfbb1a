"""Makes PDFs with `memo` from pickles of (document, style): what is timed as `memo` where no facts are read.

Arguments: the pickles; each PDF is written beside its pickle.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

from memo.renderers import render


def maker(_: Path) -> Callable[[Path], None]:
    """What makes one PDF of a source, beside it."""

    def make(source: Path) -> None:
        document, style = pickle.loads(source.read_bytes())
        rendered, _ = render(document, style, "pdf")
        source.with_suffix(".pdf").write_bytes(rendered.data)

    return make
