"""The first witness to a PDF: its objects, held against a list of what memo writes and what is known to be harmless.

Whatever is not on the list is named, whether or not it is known to do harm: new ways to show something else than was
issued come up, and what memo writes stays. What the pages themselves paint is for `memo.delivered.pdf_look` to judge.
Clauses are those of ISO 32000-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from memo.delivered.contents import shown
from memo.document.as_json import ATTACHMENT_NAME, LOOK_NAME
from memo.untrusted_files import TooLarge

MOST_LISTED = 2000
"""Entries of a list that are looked at: associated files, annotations of a page, bookmarks."""

_CATALOG = frozenset(
    (
        "/Type", "/Pages", "/Version", "/Extensions", "/Lang", "/MarkInfo", "/ViewerPreferences", "/StructTreeRoot",
        "/Metadata", "/OutputIntents", "/Outlines", "/PageMode", "/PageLayout", "/PageLabels", "/Dests", "/Names",
        "/AF", "/OpenAction", "/PieceInfo", "/AcroForm", "/DSS", "/Perms",
    )
)  # fmt: skip
"""Entries of the catalog (7.7.2) that memo writes, that show nothing, or that are looked at by themselves.

``DSS`` and ``Perms`` come with signatures: certificates, and what a signature forbids.
"""

_PAGE = frozenset(
    (
        "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/Resources",
        "/Contents", "/StructParents", "/Tabs", "/Annots", "/Group", "/Metadata", "/PieceInfo", "/LastModified", "/ID",
    )
)  # fmt: skip
"""Entries of a page (7.7.3.3) that memo writes, that show nothing, or that the drawn page is the test of."""

_LINK = frozenset(
    (
        "/Type", "/Subtype", "/Rect", "/F", "/Border", "/BS", "/C", "/H", "/A", "/Dest", "/StructParent", "/Contents",
        "/M", "/NM", "/P", "/QuadPoints", "/Lang",
    )
)  # fmt: skip
"""Entries of a link (12.5.6.5) that show nothing."""

_SIGNATURE_FORM = frozenset(("/Fields", "/SigFlags", "/DR", "/DA"))
_ACTION = frozenset(("/Type", "/S", "/URI", "/D", "/IsMap", "/SD"))

_IN_WORDS = {
    "/AA": "actions that it does by itself",
    "/Collection": "a collection of files",
    "/JavaScript": "scripts",
    "/OCProperties": "layers that can be switched off",
    "/URI": "an address that its links count from",
    "/UserUnit": "a unit of its own for lengths",
}


def plain(value: Any) -> Any:
    """Return what a value refers to; the value itself where it is no reference."""
    return value.get_object() if hasattr(value, "get_object") else value


def entry(holder: DictionaryObject, key: str, otherwise: Any = None) -> Any:
    """Return the value of an entry, itself and no reference to it."""
    return plain(holder.get(key, otherwise))


def catalog(reader: PdfReader) -> DictionaryObject:
    """Return the root of a file's objects (7.7.2)."""
    root: Any = reader.trailer["/Root"].get_object()
    return root  # type: ignore[no-any-return]


def resources(holder: DictionaryObject, kind: str) -> dict[str, Any]:
    """Return the resources of a kind that a page or a form may use (7.8.3), by name; each may be a reference."""
    held = entry(holder, "/Resources")
    named = entry(held, kind) if isinstance(held, DictionaryObject) else None
    return dict(named) if isinstance(named, DictionaryObject) else {}


def dictionaries(holder: DictionaryObject, key: str) -> Iterator[DictionaryObject]:
    """Yield the dictionaries in an array that may be missing. Raises `TooLarge` where it is long."""
    array = plain(holder.get(key))
    if not isinstance(array, ArrayObject):
        return
    if len(array) > MOST_LISTED:
        raise TooLarge(f"lists more than {MOST_LISTED:,} things where a memo lists a few")
    for item in array:
        if isinstance(one := plain(item), DictionaryObject):
            yield one


def foreign_things(reader: PdfReader) -> Iterator[str]:
    """Name what memo does not write and what might change what is seen, heard or done; most are named with a page."""
    root = catalog(reader)
    yield from (_say(key) for key in sorted(root) if key not in _CATALOG)
    yield from _opening(root)
    yield from _names(root)
    yield from _form(root)
    yield from _labels(root)
    for number, page in enumerate(reader.pages, 1):
        yield from (f"{thing} (page {number})" for thing in _on_page(page))


def _say(key: str) -> str:
    return _IN_WORDS.get(key, f"an entry that is none of memo's: {shown(key)}")


def _opening(root: DictionaryObject) -> Iterator[str]:
    """Opening a file at some place of it is harmless; any other action is not."""
    action = entry(root, "/OpenAction")
    if isinstance(action, DictionaryObject) and not _leads_within(action):
        yield f"an action when it is opened ({_kind(action)})"


def _names(root: DictionaryObject) -> Iterator[str]:
    names = entry(root, "/Names")
    if isinstance(names, DictionaryObject):
        yield from (_say(key) for key in sorted(names) if key not in ("/EmbeddedFiles", "/Dests"))
    for spec in attachments(root):
        if file_name(spec) not in (ATTACHMENT_NAME, LOOK_NAME):
            yield f"an attachment ({shown(file_name(spec))})"


def _labels(root: DictionaryObject) -> Iterator[str]:
    """A page's label may have words before its number."""
    if (labels := entry(root, "/PageLabels")) is not None and "/P" in str(labels):
        yield "words in place of page numbers"


def _on_page(page: PageObject) -> Iterator[str]:
    yield from (_say(key) for key in sorted(page) if key not in _PAGE and f"{key} {page[key]}" != "/UserUnit 1")
    for annotation in dictionaries(page, "/Annots"):
        yield from _annotation(annotation)
    # Readers differ in what they make of a layer that no list of layers knows.
    if any(map(_in_layer, (page, *_painted(page)))):
        yield _say("/OCProperties")
    if any(map(_prints_another, _painted(page))):
        yield "a picture that is another when printed"


def _in_layer(holder: DictionaryObject) -> bool:
    """Tell whether what a page or a form paints, or any of it, may be in a layer (8.11.3)."""
    held = map(plain, resources(holder, "/Properties").values())
    marked = (entry(one, "/Type") for one in held if isinstance(one, DictionaryObject))
    return "/OC" in holder or any(kind in ("/OCG", "/OCMD") for kind in marked)


def _prints_another(picture: DictionaryObject) -> bool:
    return entry(picture, "/Subtype") == "/PS" or bool({"/Alternates", "/OPI"} & picture.keys())


def _painted(holder: DictionaryObject, depth: int = 0) -> Iterator[DictionaryObject]:
    """Yield the pictures and forms that a page or a form may paint, and those in them."""
    for one in list(resources(holder, "/XObject").values())[:MOST_LISTED]:
        if isinstance(one := one.get_object(), DictionaryObject):
            yield one
            if depth < 3:
                yield from _painted(one, depth + 1)


# Links and annotations


def _annotation(annotation: DictionaryObject) -> Iterator[str]:
    kind = str(entry(annotation, "/Subtype"))
    if is_signature(annotation):
        if _shows(annotation):
            yield "a signature that shows on the page"
    elif kind != "/Link":
        yield f"an annotation ({shown(kind.removeprefix('/'))})"
    else:
        yield from (f"a link with an entry that is none of memo's: {key}" for key in annotation if key not in _LINK)
        if _border(annotation):
            yield "a link with a border"
        action = entry(annotation, "/A")
        if isinstance(action, DictionaryObject) and not (_leads_within(action) or _leads_out(action)):
            yield f"a link with an action ({_kind(action)})"


def _kind(action: DictionaryObject) -> str:
    return shown(str(entry(action, "/S", "none")).removeprefix("/"))


def _leads_within(action: DictionaryObject) -> bool:
    return entry(action, "/S") == "/GoTo" and action.keys() <= _ACTION


def _leads_out(action: DictionaryObject) -> bool:
    return entry(action, "/S") == "/URI" and action.keys() <= _ACTION


def _border(link: DictionaryObject) -> bool:
    """Tell whether a link is drawn with a border, which it is unless it says otherwise (12.5.4)."""
    style, border = entry(link, "/BS"), entry(link, "/Border")
    if isinstance(style, DictionaryObject):
        return bool(entry(style, "/W", 1))
    return not (isinstance(border, ArrayObject) and len(border) > 2 and border[2] == 0)


def links(reader: PdfReader) -> Iterator[str]:
    """Yield where each link leads, and the page that it is on, from the top of each page to its foot."""
    root = catalog(reader)
    pages = page_numbers(reader)
    for number, page in enumerate(reader.pages, 1):
        found = (one for one in dictionaries(page, "/Annots") if entry(one, "/Subtype") == "/Link")
        yield from (f"{_target(one, root, pages)} (page {number})" for one in sorted(found, key=_place))


def area(link: DictionaryObject) -> tuple[float, ...]:
    """Return the four sides of a link's area: left, bottom, right, top."""
    left, bottom, right, top = (float(side.get_object()) for side in plain(link["/Rect"]))
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _place(link: DictionaryObject) -> tuple[float, ...]:
    left, bottom, right, top = area(link)
    return -top, left, right, bottom


def page_numbers(reader: PdfReader) -> dict[int, int]:
    """Return the number of each page, from 1, by its object's number."""
    references = (page.indirect_reference for page in reader.pages)
    return {reference.idnum: number for number, reference in enumerate(references, 1) if reference}


def _target(link: DictionaryObject, root: DictionaryObject, pages: dict[int, int]) -> str:
    action = entry(link, "/A")
    if isinstance(action, DictionaryObject):
        if entry(action, "/S") != "/GoTo":
            return shown(entry(action, "/URI", f"an action ({_kind(action)})"))
        return destination(entry(action, "/D"), root, pages)
    return destination(entry(link, "/Dest"), root, pages) if "/Dest" in link else "nowhere"


def destination(value: Any, root: DictionaryObject, pages: dict[int, int]) -> str:
    """Say in words where a destination lies (12.3.2): its page, and how high on that, in points."""
    if isinstance(value, str):  # a name, of the old kind or the new
        value = plain(_named(root, value))
    if isinstance(value, DictionaryObject):
        value = entry(value, "/D")
    if not isinstance(value, ArrayObject) or not value:
        return "nowhere"
    page = pages.get(getattr(value[0], "idnum", 0))
    where = f"page {page}" if page else "no page of it"
    height = plain(value[3]) if len(value) > 3 and value[1] == "/XYZ" else None
    return f"{where}, {round(float(height))} points up" if isinstance(height, int | float) else where


def _named(root: DictionaryObject, name: str) -> Any:
    old = entry(root, "/Dests")
    if isinstance(name, NameObject):
        return entry(old, name) if isinstance(old, DictionaryObject) else None
    names = entry(root, "/Names")
    tree = entry(names, "/Dests") if isinstance(names, DictionaryObject) else None
    return next((value for key, value in _tree(tree) if str(key) == str(name)), None)


def _tree(node: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield the names and values of a name tree (7.9.6)."""
    if not isinstance(node, DictionaryObject) or depth > 20:
        return
    pairs = entry(node, "/Names")
    if isinstance(pairs, ArrayObject):
        yield from zip(pairs[::2], pairs[1::2], strict=False)
    for kid in dictionaries(node, "/Kids"):
        yield from _tree(kid, depth + 1)


# Attachments


def attachments(root: DictionaryObject) -> list[DictionaryObject]:
    """Return the files in the file: those that readers list (7.11.4), and those associated with it (ISO 32000-2)."""
    names = entry(root, "/Names")
    tree = entry(names, "/EmbeddedFiles") if isinstance(names, DictionaryObject) else None
    found: list[DictionaryObject] = []
    for _, spec in _tree(tree):
        if len(found) > MOST_LISTED:
            raise TooLarge(f"lists more than {MOST_LISTED:,} things where a memo lists a few")
        if isinstance(spec := plain(spec), DictionaryObject):
            found.append(spec)
    return [*found, *dictionaries(root, "/AF")]


def file_name(spec: DictionaryObject) -> str:
    """Return the name of an attached file."""
    return str(entry(spec, "/UF") or entry(spec, "/F"))


def attached_streams(spec: DictionaryObject) -> list[StreamObject]:
    """Return the streams of an attached file; one for each system, which all should be the same."""
    held = entry(spec, "/EF")
    streams = [plain(one) for one in held.values()] if isinstance(held, DictionaryObject) else []
    return list({id(one): one for one in streams if isinstance(one, StreamObject)}.values())


# Forms and signatures


def _form(root: DictionaryObject) -> Iterator[str]:
    form = entry(root, "/AcroForm")
    if not isinstance(form, DictionaryObject):
        return
    if form.keys() - _SIGNATURE_FORM or not all(map(is_signature, dictionaries(form, "/Fields"))):
        yield "a form to be filled in"
    if any("/AA" in field or "/A" in field for field in dictionaries(form, "/Fields")):
        yield "a form that does something by itself"


def is_signature(annotation: DictionaryObject) -> bool:
    """Tell whether it is the field of a signature (12.7.4.5), or the place of one on a page."""
    parent = entry(annotation, "/Parent")
    kind = entry(annotation, "/FT") or (entry(parent, "/FT") if isinstance(parent, DictionaryObject) else None)
    return bool(kind == "/Sig" and entry(annotation, "/Subtype", "/Widget") == "/Widget")


_HIDDEN = 2 | 32
"""The flags of an annotation that is not to be seen (12.5.3)."""


def _shows(annotation: DictionaryObject) -> bool:
    left, bottom, right, top = area(annotation)
    # One that is seen on paper only counts as shown.
    hidden = int(entry(annotation, "/F", 0)) & _HIDDEN and not int(entry(annotation, "/F", 0)) & 4
    return not hidden and right > left and top > bottom


_COMMON_NAME = re.compile(rb"\x06\x03\x55\x04\x03[\x0c\x13\x14\x1e](.)", re.DOTALL)
"""How a common name begins in a certificate (X.520, in DER), up to the byte that says how long it is."""


def signatures(root: DictionaryObject) -> Iterator[str]:
    """Tell of each signature, and of whose it claims to be."""
    form = entry(root, "/AcroForm")
    fields = dictionaries(form, "/Fields") if isinstance(form, DictionaryObject) else iter(())
    for field in fields:
        signature = entry(field, "/V")
        if is_signature(field) and isinstance(signature, DictionaryObject):
            name = shown(entry(signature, "/Name", "")) or ", ".join(_common_names(signature)) or "nobody by name"
            yield f"a signature, of {name} as the file claims; it was not checked"


def _common_names(signature: DictionaryObject) -> list[str]:
    held = getattr(entry(signature, "/Contents"), "original_bytes", b"")
    names = (held[found.end() : found.end() + found[1][0]] for found in _COMMON_NAME.finditer(held))
    return list(dict.fromkeys(shown(name.decode("utf-8", "replace")) for name in names))[:3]
