"""A source's own text. Type only; `memo.load` reads it from the folder given with ``--articles``."""

from __future__ import annotations

from memo.frozen import frozen


@frozen
class Article:
    """A source's text, as it lies in the folder of articles: its file's name, its lines that are not empty, its digest.

    ``para. N`` is ``paragraphs[N - 1]``. ``digest`` is SHA-256 in hexadecimal, of the file's bytes.
    """

    name: str
    paragraphs: tuple[str, ...]
    digest: str
