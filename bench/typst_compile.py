"""Compiles Typst files to PDF/UA-1 in one process, fonts found once: what is timed as Typst.

Arguments: the folder of fonts, then Typst files; each PDF is written beside its source.
"""

import sys
from pathlib import Path

import typst


def main(fonts: str, sources: list[str]) -> None:
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    for source in map(Path, sources):
        compiler = typst.Compiler(source, root=source.parent, font_paths=found)
        compiler.compile(output=source.with_suffix(".pdf"), pdf_standards=["ua-1"])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
