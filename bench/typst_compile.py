"""Compiles Typst files to PDF/UA-1 in one process, fonts found once: what is timed as Typst.

Arguments: Typst files; each PDF is written beside its source.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import typst

FONTS = Path(__file__).parent.parent / "memo" / "fonts"


def maker(folder: Path) -> Callable[[Path], None]:
    """What makes one PDF of a source in this folder, beside it."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])

    def make(source: Path) -> None:
        compiler = typst.Compiler(source, root=folder, font_paths=found)
        compiler.compile(output=source.with_suffix(".pdf"), pdf_standards=["ua-1"])

    return make


def main(sources: list[Path]) -> None:
    make = maker(sources[0].parent)
    for source in sources:
        make(source)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
