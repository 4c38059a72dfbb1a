"""How amounts are written: plainly (600, 2.5), or grouped as people write large numbers (1,600), by language.

A comma is a sign of groups in English and a decimal sign in German: which of the two a sheet means, its ``language``
says. Blanks and apostrophes between groups of three digits mean the same everywhere.
"""

from __future__ import annotations

import re

_DECIMAL_COMMA = (
    "az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk ky lb lt lv mk nb nl nn no pl pt ro ru"
    " sk sl sq sr sv tg tk tr uk uz vi"
)
"""Languages that write 2,5 for two and a half (Unicode CLDR 44, decimal separators)."""

_DECIMAL_POINT = frozenset(("de-CH", "de-LI", "es-MX", "es-US", "it-CH"))
"""Countries that do not write as their language does elsewhere."""

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BLANKS = "[ \u00a0\u2009\u202f'\u2019]"
_MINUS = "\u2212"
_DIGITS = rf"[.,]?[0-9](?:[0-9.,_]|{_BLANKS}(?=[0-9]))*"

AMOUNT_PATTERN = rf"^[-{_MINUS}]?(0|[1-9][0-9]*)(([.,]|{_BLANKS})[0-9]{{3}})*([.,][0-9]+)?$"
"""What any language may write: `read_amount` is stricter, but knows the language."""

FORMS = "an amount is one number, such as 600, 2.5 or 1 600; what it counts goes into 'unit'"


def has_decimal_comma(language: str) -> bool:
    """Tell whether a language writes 2,5 for two and a half."""
    return language not in _DECIMAL_POINT and language.split("-")[0] in _DECIMAL_COMMA.split()


def read_amount(text: str, language: str = "en") -> str | None:
    """Return an amount as a plain number, ``1600.5``; None where it is not written as one in this language."""
    text = text.strip().replace(_MINUS, "-")
    group, point = (r"\.", ",") if has_decimal_comma(language) else (",", r"\.")
    for sign in (group, _BLANKS):
        grouped = re.fullmatch(
            rf"(-?[1-9][0-9]{{0,2}}(?:({sign})[0-9]{{3}})(?:\2[0-9]{{3}})*)(?:{point}([0-9]+))?", text
        )
        if grouped:
            return re.sub("[^-0-9]", "", grouped[1]) + (f".{grouped[3]}" if grouped[3] else "")
    if has_decimal_comma(language) and re.fullmatch("-?(?:0|[1-9][0-9]*),[0-9]+", text):
        return text.replace(",", ".")
    return text if _PLAIN.fullmatch(text) else None


def amount_hint(text: str, language: str = "en") -> str:
    """Say what to write in place of an amount that cannot be read: always something that can be."""
    found = re.fullmatch(rf"([^-+{_MINUS}0-9.,]*)([-+{_MINUS}]?)\s*({_DIGITS})(\D*)", text.strip())
    number = _meant(found[3].rstrip(".,_"), language) if found else ""
    if not found or not number:
        return FORMS
    words = " ".join(filter(None, (found[1].strip(), found[4].strip())))
    unit = f", and '{words[:30]}' under 'unit' or 'qualifier'" if words else ""
    return f"write {'-' if found[2] in ('-', _MINUS) else ''}{number}{unit}"


def _meant(digits: str, language: str) -> str:
    """Return how to write the number that digits with signs among them can only mean; empty if they may mean two."""
    if not digits[:1].isdecimal():
        digits = f"0{digits}"
    digits = re.sub("^0+(?=[0-9])", "", digits)
    plain = read_amount(digits, language)
    if plain is not None:  # in German, what 1,600 means must not be written 1.600
        return plain if read_amount(plain, language) == plain else digits
    last = max(digits.rfind("."), digits.rfind(","))
    part = digits[last + 1 :]
    if re.fullmatch("[0-9]+(_[0-9]{3})+|[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}", digits):  # as programmers and in India
        plain = re.sub("[^0-9]", "", digits)
    elif re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(\.[0-9]{3})+,[0-9]+", digits) or (
        re.fullmatch("[0-9]+[.,][0-9]+", digits) and len(part) != 3
    ):
        plain = f"{re.sub('[^0-9]', '', digits[:last])}.{part}"
    return plain if plain and read_amount(plain, language) == plain else ""
