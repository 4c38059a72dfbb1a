"""The document as a delivered file carries it, and where: what the renderers write and `memo.reread` looks for."""

from __future__ import annotations

from memo.frozen import frozen

NAMESPACE = "urn:policy-memo:document:1"
"""Of the custom XML part in a DOCX (ECMA-376-1, 15.2.5): the JSON is the text of ``document`` in ``memo``, its root."""

ATTACHED = "memo.json"
"""The name of the associated file in a PDF (ISO 19005-3, 6.8)."""


@frozen
class Carried:
    """A document's JSON, in UTF-8, and the digest of that: SHA-256, in hexadecimal."""

    json: bytes
    digest: str
