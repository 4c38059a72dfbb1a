"""An answer to a question about a delivered file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Told = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """``words`` is the answer in a sentence, ``details`` what bears it out, a line each."""

    told: Told
    words: str
    details: tuple[str, ...] = ()


def count(number: int, word: str) -> str:
    """``1 fact``, ``2 facts``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
