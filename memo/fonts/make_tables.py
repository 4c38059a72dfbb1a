"""Make the tables beside the fonts, from the fonts: ``python -m memo.fonts.make_tables`` (needs fontTools).

``<font>.json`` holds metrics and advances (as runs of neighbouring code points), ``<font>.kerning.json`` the pair
kerning of Carlito as groups of characters that behave alike on the right, and rows for those alike on the left;
``digests.json`` the digest of every font.
Needed only when a font file is replaced; a test holds the tables to the fonts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from unicodedata import category

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from memo.files import file_digest

FOLDER = Path(__file__).parent
Pairs = dict[tuple[str, str], int]


def main() -> None:
    """Write every table anew."""
    for path in sorted(FOLDER.glob("*.ttf")):
        font = TTFont(path)
        _write(path.with_suffix(".json"), {"metrics": metrics(font), "advances": runs(advances(font))})
        if path.stem.startswith("Carlito"):
            _write(path.with_suffix(".kerning.json"), grouped(kerning(font)))
    _write(FOLDER / "digests.json", digests())


def digests() -> dict[str, str]:
    """Digest each font file: by these a build knows that a font has changed, without reading them all."""
    return {path.name: file_digest(path) for path in sorted(FOLDER.glob("*.ttf"))}


def thousandths(font: TTFont, units: int) -> int:
    """Convert a length in the font's own units to thousandths of an em."""
    per_em: int = font["head"].unitsPerEm
    return round(units * 1000 / per_em)


def metrics(font: TTFont) -> dict[str, int]:
    """Read the fields of `memo.fonts.Metrics`."""
    lengths = {
        "ascent": font["hhea"].ascent,
        "descent": font["hhea"].descent,
        "cap_height": font["OS/2"].sCapHeight,
        "x_height": font["OS/2"].sxHeight,
        "underline_position": font["post"].underlinePosition,
        "underline_thickness": font["post"].underlineThickness,
    }
    scaled = {name: thousandths(font, length) for name, length in lengths.items()}
    return {"units_per_em": font["head"].unitsPerEm, **scaled}


def advances(font: TTFont) -> dict[int, int]:
    """Read the advance of every character by code point."""
    widths = font["hmtx"].metrics
    return {code: thousandths(font, widths[glyph][0]) for code, glyph in font.getBestCmap().items()}


def runs(table: dict[int, int]) -> list[tuple[int, list[int]]]:
    """Write a table as runs: the first code point, and the advances from there on."""
    joined: list[tuple[int, list[int]]] = []
    for code in sorted(table):
        if not joined or code != joined[-1][0] + len(joined[-1][1]):
            joined.append((code, []))
        joined[-1][1].append(table[code])
    return joined


def kerned(code: int) -> bool:
    """Tell whether kerning of this character is kept: European letters, digits, punctuation."""
    kind = category(chr(code))
    return (code < 0x530 and kind[0] in "LNP") or (0x2010 <= code <= 0x203A and kind[0] == "P")


def kerning(font: TTFont) -> Pairs:
    """Read every pair that the font's ``kern`` feature moves (OpenType GPOS lookup type 2, format 2)."""
    glyphs = {chr(code): glyph for code, glyph in font.getBestCmap().items() if kerned(code)}
    subtables = [(set(table.Coverage.glyphs), table) for table in kern_subtables(font)]
    pairs: Pairs = {}
    for left, glyph in glyphs.items():
        # The first subtable whose coverage has the left glyph decides, as the specification has it.
        table = next((table for covered, table in subtables if glyph in covered), None)
        if table is None:
            continue
        row = table.Class1Record[table.ClassDef1.classDefs.get(glyph, 0)].Class2Record
        for right, other in glyphs.items():
            value = row[table.ClassDef2.classDefs.get(other, 0)].Value1
            if moved := thousandths(font, getattr(value, "XAdvance", 0)):
                pairs[left, right] = moved
    return pairs


def kern_subtables(font: TTFont) -> list[Any]:
    """Return the pair-adjustment subtables behind the ``kern`` feature, in order. Raises ValueError for any others."""
    gpos = font["GPOS"].table
    features = [record.Feature for record in gpos.FeatureList.FeatureRecord if record.FeatureTag == "kern"]
    lookups = sorted({index for feature in features for index in feature.LookupListIndex})
    subtables = [sub for index in lookups for sub in gpos.LookupList.Lookup[index].SubTable]
    tables = [getattr(sub, "ExtSubTable", sub) for sub in subtables]
    if any(table.LookupType != 2 or table.Format != 2 for table in tables):
        raise ValueError("kerning by other than pairs of classes")
    return tables


def grouped(pairs: Pairs) -> dict[str, Any]:
    """Write the pairs briefly: ``groups`` of right characters, and ``rows`` of (lefts, [(group, value), ...])."""
    columns: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (left, right), value in pairs.items():
        columns[right].append((left, value))
    groups = _alike({right: tuple(column) for right, column in columns.items()})
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (_, column) in enumerate(groups):
        for left, value in column:
            rows[left].append((number, value))
    lefts = _alike({left: tuple(row) for left, row in rows.items()})
    return {"groups": [rights for rights, _ in groups], "rows": lefts}


def _alike(table: dict[str, Any]) -> list[tuple[str, Any]]:
    """Join characters that have the same value, in order of the first of each."""
    by_value: dict[Any, str] = {}
    for char, value in sorted(table.items()):
        by_value[value] = by_value.get(value, "") + char
    return [(chars, value) for value, chars in by_value.items()]


def _write(path: Path, table: object) -> None:
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
