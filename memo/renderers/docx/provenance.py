"""The document itself, carried in a custom XML part (ECMA-376-1, 15.2.5), and what each hidden bookmark stands for.

Word keeps the part and the bookmarks through editing and saving, so a copy that comes back can still be read.
"""

from __future__ import annotations

from collections.abc import Iterable

from memo.carried import NAMESPACE
from memo.renderers.docx.markup import DECLARATION, escaped, quoted
from memo.renderers.docx.story import OFFICE, Bookmarked

_ITEM = "{5B0D8A3E-6D0C-5E0B-9A55-4D454D4F0001}"
"""The store item's id: any GUID, the same in every memo (ECMA-376-1, 22.5.2.1)."""


def item(document_json: str, claims: Iterable[Bookmarked]) -> str:
    """The part: the document's JSON as text, then for each bookmark the facts (space between) and the part of them."""
    bookmarks = "".join(
        f"<bookmark name={quoted(name)} facts={quoted(' '.join(claim.facts))} part={quoted(claim.part)}/>"
        for name, claim in claims
    )
    return (
        f"{DECLARATION}<memo xmlns={quoted(NAMESPACE)}><document>{escaped(document_json)}</document>{bookmarks}</memo>"
    )


def item_properties() -> str:
    """The part that gives the item its id and schema."""
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{_ITEM}"><ds:schemaRefs><ds:schemaRef ds:uri={quoted(NAMESPACE)}/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )


PROPERTIES_RELATIONSHIP = OFFICE + "customXmlProps"
"""From the item to its properties."""
