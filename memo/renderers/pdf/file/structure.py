"""The structure tree: what everything on a page is, in reading order (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from memo.renderers.pdf.file.objects import PdfFile, array, dictionary, ref, text_string

ROLES = "<</Title /P>>"
"""Element types that PDF 1.7 does not have, mapped to standard ones (ISO 32000-1, 14.7.3)."""


class ContentReference(NamedTuple):
    """Marked content on another page than the element's own, by its number there (MCR; ISO 32000-1, 14.7.4.2)."""

    page: int
    number: int


class AnnotationReference(NamedTuple):
    """A link's annotation, by the object numbers of its page and of itself (OBJR; ISO 32000-1, 14.7.4.3)."""

    page: int
    number: int


class Element:
    """A structure element. ``page`` is the object number of the page with its first content, 0 if it has none.

    Among its kids, marked content on that page is just its number, since nearly all of it is there.

    An element attaches itself to its parent when it gets its first content, so that kids stand in reading order. What
    is never shown, such as an empty cell, must be attached by its maker with `attach`. The ``follower`` is attached
    right after it: the note after its reference. ``actual_text`` replaces all that it shows (ISO 32000-1, 14.9.4).
    """

    __slots__ = (
        "_attached",
        "actual_text",
        "alt",
        "attributes",
        "follower",
        "id",
        "kids",
        "language",
        "number",
        "page",
        "parent",
        "tag",
    )

    def __init__(
        self, tag: str, parent: Element | None, *, attributes: str = "", alt: str = "", language: str = "", id: str = ""
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.attributes = attributes
        self.alt = alt
        self.language = language
        self.id = id
        self.actual_text = ""
        self.kids: list[Element | int | ContentReference | AnnotationReference] = []
        self.follower: Element | None = None
        self.number = self.page = 0
        self._attached = parent is None

    def attach(self) -> Element:
        """Take the next place among the parent's kids, unless it has one; return the element itself."""
        if not self._attached and self.parent is not None:
            self._attached = True
            self.parent.attach().kids.append(self)
            if self.follower is not None:
                self.follower.attach()
        return self

    def add_content(self, page: int, number: int) -> None:
        """Take marked content as its own, by the object number of the page and the content's number there."""
        self.page = self.page or page  # the page that its kids without one of their own are on
        self.attach().kids.append(number if page == self.page else ContentReference(page, number))


def elements(root: Element) -> Iterator[Element]:
    """Yield the element and all below it, in reading order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]


class PageOwners(NamedTuple):
    """The elements that own what is on one page: each marked content, by its number, and each annotation."""

    content: Sequence[Element]
    annotations: Sequence[Element]


def write_tree(file: PdfFile, root: Element, pages: Sequence[PageOwners]) -> int:
    """Write the tree and the parent tree, which leads from a page back to its elements; return its root's number.

    Page *n* has the parent tree's key *n*; keys of annotations follow those of all pages (see `annotation_keys`).
    """
    top = file.reserve()
    everything = list(elements(root))
    for element in everything:
        element.number = file.reserve()
    for element in everything:
        file.put(_element(element, top), element.number)
        element.kids = []  # let the tree go while it is written, lest a long memo be held twice
    parents = [array(ref(element.number) for element in page.content) for page in pages]
    parents += [ref(element.number) for page in pages for element in page.annotations]
    nums = " ".join(f"{key} {parent}" for key, parent in enumerate(parents))
    ids = sorted((text_string(element.id), ref(element.number)) for element in everything if element.id)
    entries = {
        "Type": "/StructTreeRoot",
        "K": ref(root.number),
        "RoleMap": ROLES,
        "ParentTree": ref(file.put(f"<</Nums [{nums}]>>")),
        "ParentTreeNextKey": str(len(parents)),
    }
    if ids:
        first, last = ids[0][0], ids[-1][0]
        # A name tree is sorted, and its leaf tells its first and last name (ISO 32000-1, 7.9.6).
        names = " ".join(f"{name} {number}" for name, number in ids)
        entries["IDTree"] = f"<</Kids [{ref(file.put(f'<</Limits [{first} {last}] /Names [{names}]>>'))}]>>"
    return file.put(dictionary(entries), top)


def annotation_keys(pages: Sequence[PageOwners]) -> Iterator[int]:
    """Yield the parent tree's key of each annotation, page by page (ISO 32000-1, 14.7.4.4)."""
    return iter(range(len(pages), len(pages) + sum(len(page.annotations) for page in pages)))


def _element(element: Element, top: int) -> str:
    parent = element.parent.number if element.parent else top
    on = f" /Pg {element.page} 0 R" if element.page else ""
    attributes = f" /A <<{element.attributes}>>" if element.attributes else ""
    texts = _texts(element) if element.alt or element.actual_text or element.language or element.id else ""
    kids = " ".join(map(_kid, element.kids))
    return f"<</S /{element.tag} /P {parent} 0 R{on}{attributes}{texts} /K [{kids}]>>"


def _kid(kid: Element | int | ContentReference | AnnotationReference) -> str:
    if isinstance(kid, int):
        return str(kid)
    if isinstance(kid, Element):
        return f"{kid.number} 0 R"
    if isinstance(kid, ContentReference):
        return f"<</Type /MCR /Pg {kid.page} 0 R /MCID {kid.number}>>"
    return f"<</Type /OBJR /Pg {kid.page} 0 R /Obj {kid.number} 0 R>>"


def _texts(element: Element) -> str:
    texts = (("Alt", element.alt), ("ActualText", element.actual_text), ("Lang", element.language), ("ID", element.id))
    return "".join([f" /{key} {text_string(text)}" for key, text in texts if text])
