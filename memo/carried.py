"""Where in a delivered file the document itself is carried: what the renderers write and `memo.reread` looks for."""

from __future__ import annotations

NAMESPACE = "urn:policy-memo:document:1"
"""Of the custom XML part in a DOCX (ECMA-376-1, 15.2.5): the JSON is the text of ``document`` in ``memo``, its root."""

ATTACHED = "memo.json"
"""The name of the associated file in a PDF (ISO 19005-3, 6.8)."""
