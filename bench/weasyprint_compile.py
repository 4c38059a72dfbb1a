"""Makes PDF/UA-1 from HTML with WeasyPrint in one process, fonts found once: what is timed as WeasyPrint.

Arguments: HTML files, with the style sheet of their fonts beside them; each PDF is written beside its source.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def maker(folder: Path) -> Callable[[Path], None]:
    """What makes one PDF of a source in this folder, beside it."""
    found = FontConfiguration()
    faces = CSS(filename=folder / "fonts.css", font_config=found)

    def make(source: Path) -> None:
        target = source.with_suffix(".pdf")
        HTML(filename=source).write_pdf(target, stylesheets=[faces], font_config=found, pdf_variant="pdf/ua-1")

    return make


def main(sources: list[Path]) -> None:
    make = maker(sources[0].parent)
    for source in sources:
        make(source)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
