"""The fonts of one file: how text is encoded in them, and the subsets that the file embeds.

The subsets are simple TrueType fonts of up to 255 characters, as many of each font as the text needs (ISO 32000-1,
9.6.3). In the first one, printable ASCII characters have their own code, so that most words are encoded alike in every
file and only once in a process. Others get a code when they are first shown: the same text gives the same codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from memo import fonts
from memo.renderers.pdf.file.objects import PdfFile, array, dictionary, numbers, packed, ref
from memo.renderers.pdf.file.page_content import FontCodes

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace


SOFT_HYPHEN = "\u00ad"
"""The character shown where layout hyphenates: it looks like a hyphen, and readers take it out again (ISO 32000-1,
14.8.2.2.3)."""

_SPACE = 32
_OTHER = (*range(1, _SPACE), *range(127, 256))
"""The codes for characters that are not printable ASCII; 0 is left to the missing glyph."""

_PRINTABLE = frozenset(range(_SPACE, 127))
_SUBSTITUTE = "?"
_NO_KERNING: Mapping[int, int] = MappingProxyType({})


class EncodedText(NamedTuple):
    """A text as PDF shows it; ``width`` is in thousandths of an em."""

    width: int
    codes: tuple[FontCodes, ...]


class EmbeddedFont:
    """One font as one file uses it. ``index`` is the same in every file; ``missing`` collects what the font lacks."""

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
        """Return the name of a subset in page contents."""
        return f"F{self.index}.{subset}"

    def use_plain(self, text: str) -> bool:
        """Note plain text as used in this file; return False if it is not plain, or not all in the font."""
        if self._has_plain and is_plain(text):
            self._plain.update(text)
            return True
        return False

    def encode(self, text: str) -> EncodedText:
        """Encode and kern a text. What the font lacks is noted in ``missing`` and shown as a question mark."""
        if is_plain(text):
            self._plain.update(text)
            plain = _encode_plain(self.name, text)
            if plain is not None:
                width, operand = plain
                return EncodedText(width, ((self._first, operand),))
        width, subset, before = 0, -1, 0
        operands: list[tuple[int, list[str]]] = []
        for char in text:
            char = char if self._has(char) else self._substitute(char)
            # TJ moves left by a number between strings (ISO 32000-1, 9.4.3), so kerning has its sign turned there.
            kern = self._kerning.get(before, _NO_KERNING).get(ord(char), 0)
            width += self._advance(char) + kern
            within, code = self._codes.get(char) or self._new_code(char)
            if within != subset:
                operands.append((within, [f"{-kern}(" if kern else "(", code]))
            else:
                operands[-1][1].append(f"){-kern}({code}" if kern else code)
            subset, before = within, ord(char)
        return EncodedText(width, tuple((self.resource(within), "".join(parts) + ")") for within, parts in operands))

    def _has(self, char: str) -> bool:
        return ord(char) in self._advances or char == SOFT_HYPHEN

    def _substitute(self, char: str) -> str:
        self.missing[char] = None
        return _SUBSTITUTE if ord(_SUBSTITUTE) in self._advances else " "

    def _advance(self, char: str) -> int:
        return self._advances[ord("-" if char == SOFT_HYPHEN else char)]

    def _new_code(self, char: str) -> tuple[int, str]:
        """Give a character that was not shown before its subset and its code, as that stands in a string."""
        if is_plain(char):
            self._plain.add(char)
            return self._codes.setdefault(char, (0, _literal(ord(char))))
        subset, index = divmod(len(self._others), len(_OTHER))
        self._others.append(ord(char))
        return self._codes.setdefault(char, (subset, _literal(_OTHER[index])))

    def _subsets(self) -> list[dict[int, int]]:
        """Return the code points of each subset by their codes, in order."""
        cuts = range(0, len(self._others) or 1, len(_OTHER))
        subsets = [dict(zip(_OTHER, self._others[at : at + len(_OTHER)], strict=False)) for at in cuts]
        subsets[0] |= {ord(char): ord(char) for char in self._plain if ord(char) in self._advances}
        return [dict(sorted(subset.items())) for subset in subsets]

    def write(self, file: PdfFile) -> Iterator[tuple[str, int]]:
        """Write every subset; yield the resource name and the object number of each."""
        for index, subset in enumerate(self._subsets()):
            yield self.resource(index), self._write_subset(file, subset, f"{_tag(self.index, index)}+{self.name}")

    def _write_subset(self, file: PdfFile, subset: dict[int, int], base_font: str) -> int:
        codes = range(max(subset, default=0) + 1)
        widths = [self._advance(chr(subset[code])) if code in subset else 0 for code in codes]
        # A glyph's index in this list is its code; codes that are not used get the space.
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


class EmbeddedFonts:
    """All fonts of one file, each added when it is first shown."""

    def __init__(self) -> None:
        self._fonts: dict[str, EmbeddedFont] = {}

    def __getitem__(self, name: str) -> EmbeddedFont:
        font = self._fonts.get(name)
        if font is None:
            font = self._fonts[name] = EmbeddedFont(name)
        return font

    def missing(self) -> list[str]:
        """Return the characters that were to be shown and that no font has, each once."""
        return list(dict.fromkeys(char for font in self._fonts.values() for char in font.missing))

    def write(self, file: PdfFile) -> str:
        """Write all fonts; return the dictionary of font resources."""
        return dictionary({name: ref(number) for font in self._fonts.values() for name, number in font.write(file)})


@cache
def _face(name: str) -> TTFontFace:
    """Read a font's outlines, once in a process."""
    from reportlab.pdfbase.ttfonts import TTFontFace  # loaded when a file is finished: a build of DOCX alone never pays

    face = TTFontFace(str(fonts.font_file(name)))
    face.charToGlyph[ord(SOFT_HYPHEN)] = face.charToGlyph[ord("-")]
    return face


@lru_cache(maxsize=64)  # memos of one kind use much the same characters: a batch finds most of its subsets here
def _packed_subset(name: str, codes: tuple[int, ...]) -> tuple[bytes, int]:
    """Subset a font to these code points; return the font program compressed, and its length before that."""
    data: bytes = _face(name).makeSubset(list(codes))
    return packed(data), len(data)


def is_plain(text: str) -> bool:
    """Tell whether the text is all printable ASCII."""
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=8192)
def _encode_plain(name: str, text: str) -> tuple[int, str] | None:
    """Encode and kern printable ASCII for a font's first subset, as in any file: width and operand of TJ.

    Return None if the font lacks some of it.
    """
    advances, kerning = fonts.advances(name), fonts.kerning(name)
    codes, width, before = [], 0, 0
    for char in text:
        code = ord(char)
        if code not in advances:
            return None
        kern = kerning.get(before, _NO_KERNING).get(code, 0)
        width += advances[code] + kern
        codes.append(f"){-kern}({_literal(code)}" if kern else _literal(code))
        before = code
    return width, f"({''.join(codes)})"


def _literal(code: int) -> str:
    """Write a code for a literal string: as a character if printable ASCII, else in octal (ISO 32000-1, 7.3.4.2)."""
    char = chr(code)
    return "\\" + char if char in "()\\" else char if _SPACE <= code < 127 else f"\\{code:03o}"


def _tag(font: int, subset: int) -> str:
    """Make the six capital letters that a subset's name begins with (ISO 32000-1, 9.6.4)."""
    letters = f"{font:03d}{subset:03d}"
    return "".join(chr(ord("A") + int(digit)) for digit in letters)


def _to_unicode(subset: Mapping[int, int]) -> str:
    """Write a CMap from codes to Unicode (ISO 32000-1, 9.10.3), by which readers search and copy."""
    pairs = [f"<{code:02X}> <{_utf16(char)}>" for code, char in subset.items()]
    sections = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]  # CMaps allow 100 entries in a section
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
