"""The fonts of one file: which characters are shown in which, and the subsets of them that the file embeds.

Fonts are simple TrueType fonts of up to 255 characters, as many of each as the text needs (ISO 32000-1, 9.6.3). The
code of a printable ASCII character is its own in the first of them, so that most words are shown alike in every file
and made ready once in a process; others are given one when first shown, so the same text gives the same codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from memo import fonts
from memo.renderers.pdf.file.objects import PdfFile, array, dictionary, numbers, packed, ref

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace


SOFT_HYPHEN = "\u00ad"
"""What layout puts where it hyphenates: it shows as a hyphen, and readers take it out (ISO 32000-1, 14.8.2.2.3)."""

_SPACE = 32
_OTHER = (*range(1, _SPACE), *range(127, 256))
"""The codes for characters that are not printable ASCII; 0 is no glyph."""

_PRINTABLE = frozenset(range(_SPACE, 127))
_SUBSTITUTE = "?"
_NOTHING: Mapping[int, int] = MappingProxyType({})


class Shown(NamedTuple):
    """A text made ready to show: its width in thousandths of an em, and operands of TJ, each with its resource."""

    width: int
    pieces: tuple[tuple[str, str], ...]


class Font:
    """One font as one file uses it. Every file knows it by the same ``index``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.index = fonts.NAMES.index(name)
        self.missing: dict[str, None] = {}
        self._first = self.resource(0)
        self._advances = fonts.advances(name)
        self._kerning = fonts.kerning(name)
        self._has_plain = self._advances.keys() >= _PRINTABLE
        self._plain: set[str] = set()
        self._others: list[int] = []
        self._codes: dict[str, tuple[int, str]] = {}

    def resource(self, subset: int) -> str:
        """The name that page contents know a subset by."""
        return f"F{self.index}.{subset}"

    def uses_plain(self, text: str) -> bool:
        """Whether this is plain text that the font has, and so is shown alike in any file; if so, that it is used."""
        if self._has_plain and is_plain(text):
            self._plain.update(text)
            return True
        return False

    def shown(self, text: str) -> Shown:
        """The text, kerned, ready to show. What the font lacks is noted in ``missing`` and shown as a question mark."""
        if is_plain(text):
            self._plain.update(text)
            plain = _shown_plain(self.name, text)
            if plain is not None:
                width, codes = plain
                return Shown(width, ((self._first, codes),))
        width, subset, before = 0, -1, 0
        pieces: list[tuple[int, list[str]]] = []
        for char in text:
            char = char if self._has(char) else self._substitute(char)
            kern = self._kerning.get(before, _NOTHING).get(ord(char), 0)
            width += self._advance(char) + kern
            within, code = self._codes.get(char) or self._coded(char)
            if within != subset:
                pieces.append((within, [f"{-kern}(" if kern else "(", code]))
            else:
                pieces[-1][1].append(f"){-kern}({code}" if kern else code)
            subset, before = within, ord(char)
        return Shown(width, tuple((self.resource(within), "".join(codes) + ")") for within, codes in pieces))

    def _has(self, char: str) -> bool:
        return ord(char) in self._advances or char == SOFT_HYPHEN

    def _substitute(self, char: str) -> str:
        self.missing[char] = None
        return _SUBSTITUTE if ord(_SUBSTITUTE) in self._advances else " "

    def _advance(self, char: str) -> int:
        return self._advances[ord("-" if char == SOFT_HYPHEN else char)]

    def _coded(self, char: str) -> tuple[int, str]:
        """The subset and code of a character not shown before, as it stands in a string."""
        if is_plain(char):
            self._plain.add(char)
            return self._codes.setdefault(char, (0, _literal(ord(char))))
        subset, index = divmod(len(self._others), len(_OTHER))
        self._others.append(ord(char))
        return self._codes.setdefault(char, (subset, _literal(_OTHER[index])))

    def _subsets(self) -> list[dict[int, int]]:
        """What each code of each subset means: code points by code, in order."""
        cuts = range(0, len(self._others) or 1, len(_OTHER))
        subsets = [dict(zip(_OTHER, self._others[at : at + len(_OTHER)], strict=False)) for at in cuts]
        subsets[0] |= {ord(char): ord(char) for char in self._plain if ord(char) in self._advances}
        return [dict(sorted(subset.items())) for subset in subsets]

    def write(self, file: PdfFile) -> Iterator[tuple[str, int]]:
        """Put every subset into the file; gives the name and the object number of each."""
        for index, subset in enumerate(self._subsets()):
            yield self.resource(index), self._write_subset(file, subset, f"{_tag(self.index, index)}+{self.name}")

    def _write_subset(self, file: PdfFile, subset: dict[int, int], base_font: str) -> int:
        codes = range(max(subset, default=0) + 1)
        widths = [self._advance(chr(subset[code])) if code in subset else 0 for code in codes]
        glyphs = [subset.get(code, _SPACE if code else 0) for code in codes]
        return file.put(
            dictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/TrueType",
                    "BaseFont": f"/{base_font}",
                    "FirstChar": "0",
                    "LastChar": str(len(codes) - 1),
                    "Widths": array(map(str, widths)),
                    "FontDescriptor": ref(self._write_descriptor(file, glyphs, base_font)),
                    "ToUnicode": ref(file.stream(_to_unicode(subset).encode("ascii"))),
                }
            )
        )

    def _write_descriptor(self, file: PdfFile, glyphs: list[int], base_font: str) -> int:
        face = _face(self.name)
        data, length = _packed_subset(self.name, tuple(glyphs))
        return file.put(
            dictionary(
                {
                    "Type": "/FontDescriptor",
                    "FontName": f"/{base_font}",
                    "Flags": str(face.flags),
                    "FontBBox": array([numbers(*face.bbox)]),
                    "ItalicAngle": numbers(face.italicAngle),
                    "Ascent": numbers(face.ascent),
                    "Descent": numbers(face.descent),
                    "CapHeight": numbers(face.capHeight),
                    "StemV": str(face.stemV),
                    "FontFile2": ref(file.packed_stream(data, {"Length1": str(length)})),
                }
            )
        )


class Fonts:
    """All fonts of one file, each made when it is first shown."""

    def __init__(self) -> None:
        self._fonts: dict[str, Font] = {}

    def __getitem__(self, name: str) -> Font:
        font = self._fonts.get(name)
        if font is None:
            font = self._fonts[name] = Font(name)
        return font

    def missing(self) -> list[str]:
        """The characters that were to be shown and that no font has, each once."""
        return list(dict.fromkeys(char for font in self._fonts.values() for char in font.missing))

    def write(self, file: PdfFile) -> str:
        """Put all into the file; gives the dictionary of font resources."""
        return dictionary({name: ref(number) for font in self._fonts.values() for name, number in font.write(file)})


@cache
def _face(name: str) -> TTFontFace:
    """A font's outlines, read once in a process. It shows a soft hyphen by the hyphen's glyph."""
    from reportlab.pdfbase.ttfonts import TTFontFace

    face = TTFontFace(str(fonts.font_file(name)))
    face.charToGlyph[ord(SOFT_HYPHEN)] = face.charToGlyph[ord("-")]
    return face


@lru_cache(maxsize=64)
def _packed_subset(name: str, codes: tuple[int, ...]) -> tuple[bytes, int]:
    """The glyphs of these code points as a font program, compressed, and how long it is otherwise.

    Memos of one kind use much the same characters, so a batch finds most of its subsets made.
    """
    data: bytes = _face(name).makeSubset(list(codes))
    return packed(data), len(data)


def is_plain(text: str) -> bool:
    """Whether it is of printable ASCII characters alone."""
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=8192)
def _shown_plain(name: str, text: str) -> tuple[int, str] | None:
    """Printable ASCII, kerned, ready to show in a font's first subset, in any file: its width, and the operand of TJ.

    None if the font lacks some of it.
    """
    advances, kerning = fonts.advances(name), fonts.kerning(name)
    codes, width, before = [], 0, 0
    for char in text:
        code = ord(char)
        if code not in advances:
            return None
        kern = kerning.get(before, _NOTHING).get(code, 0)
        width += advances[code] + kern
        codes.append(f"){-kern}({_literal(code)}" if kern else _literal(code))
        before = code
    return width, f"({''.join(codes)})"


def _literal(code: int) -> str:
    """A code in a literal string: itself where it is printable ASCII, else in octal (ISO 32000-1, 7.3.4.2)."""
    char = chr(code)
    return "\\" + char if char in "()\\" else char if _SPACE <= code < 127 else f"\\{code:03o}"


def _tag(font: int, subset: int) -> str:
    """Six capital letters that set this subset's name apart (ISO 32000-1, 9.6.4)."""
    letters = f"{font:03d}{subset:03d}"
    return "".join(chr(ord("A") + int(digit)) for digit in letters)


def _to_unicode(subset: Mapping[int, int]) -> str:
    """What each code means, as a CMap (ISO 32000-1, 9.10.3); at most a hundred codes stand in one section."""
    pairs = [f"<{code:02X}> <{_utf16(char)}>" for code, char in subset.items()]
    sections = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *(f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar" for section in sections),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    )


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()
