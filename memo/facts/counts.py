"""Numbers in the words and by the customs of a memo's language: amounts, and counts with the noun that they need."""

from __future__ import annotations

import re

from memo.facts.style import Words, fill

_FORMS = re.compile(r"\{(\w+):([^{}]*)\}")


def amount_in_words(amount: str, words: Words) -> str:
    """Write a plain amount with the language's separators, to just the precision that it has: ``1,600.50``."""
    whole, _, decimals = amount.partition(".")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", lambda _: words.grouping, whole)
    return f"{grouped}{words.decimal}{decimals}" if decimals else grouped


def counted(pattern: str, words: Words, **numbers: int) -> str:
    """Fill a pattern with numbers in words. ``{facts:# fact|# facts}`` in it is the form that the number needs.

    ``#`` stands for the number there, and ``{facts}`` for the number alone.
    """
    shown = {name: _small(number, words) for name, number in numbers.items()}

    def form(match: re.Match[str]) -> str:
        if match[1] not in numbers:
            return match[0]
        forms = match[2].split("|")
        chosen = forms[min(_form_needed(numbers[match[1]], words), len(forms) - 1)]
        return chosen.replace("#", shown[match[1]])

    return fill(_FORMS.sub(form, pattern), **shown)


def _small(number: int, words: Words) -> str:
    return words.numbers[number] if number < len(words.numbers) else amount_in_words(str(number), words)


def _form_needed(number: int, words: Words) -> int:
    """Return which form of a noun stands with a number, counted from nought (Unicode CLDR, language plural rules)."""
    if words.counting == "french":
        return int(number > 1)
    if words.counting == "english" or number % 10 == 0 or number % 10 > 4 or 10 < number % 100 < 15:
        return int(number != 1) if words.counting == "english" else 2
    return int(number % 10 > 1)
