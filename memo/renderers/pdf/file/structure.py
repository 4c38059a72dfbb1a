"""The structure tree: what each thing on a page is, in reading order (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from memo.renderers.pdf.file.objects import PdfFile, array, dictionary, ref, text_string

ROLES = "<</Title /P>>"
"""Our own element types, and the standard ones that they are kinds of (ISO 32000-1, 14.7.3)."""


class Marked(NamedTuple):
    """A stretch of another page's content than the element's own, by its number on that page."""

    page: int
    number: int


class Annotated(NamedTuple):
    """A link's active area: the object numbers of its page and of itself."""

    page: int
    number: int


class Element:
    """One node of the tree. ``page`` is the object number of the page that it is first marked on, 0 if it is on none.

    Among its kids, a stretch of that page's content is no more than its number: most are such.

    An element joins its parent when it is first marked on a page, so that kids stand in the order in which they are
    read: what is never shown, such as an empty cell, must be `join`-ed by whoever makes it. ``follower`` joins right
    after it: the note after its reference. ``actual`` is what is said in place of what it shows, and of all in it
    (ISO 32000-1, 14.9.4).
    """

    __slots__ = (
        "_joined",
        "actual",
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
        self.actual = ""
        self.kids: list[Element | int | Marked | Annotated] = []
        self.follower: Element | None = None
        self.number = self.page = 0
        self._joined = parent is None

    def join(self) -> Element:
        """Take the place among the parent's kids, once; gives itself."""
        if not self._joined and self.parent is not None:
            self._joined = True
            self.parent.join().kids.append(self)
            if self.follower is not None:
                self.follower.join()
        return self

    def mark(self, page: int, number: int) -> None:
        """A stretch of a page's content is its own from here on."""
        self.page = self.page or page
        self.join().kids.append(number if page == self.page else Marked(page, number))


def elements(root: Element) -> Iterator[Element]:
    """The element and all below it, in reading order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]


class Owners(NamedTuple):
    """Who owns what on one page: the element of each marked stretch, by number, and of each annotation."""

    marked: Sequence[Element]
    annotated: Sequence[Element]


def write_tree(file: PdfFile, root: Element, pages: Sequence[Owners]) -> int:
    """Put the tree into the file; gives its root's number. The tree is let go on the way.

    Page *n* has the parent tree's key *n*; its annotations' keys follow those of all pages (see `annotation_keys`).
    """
    top = file.reserve()
    everything = list(elements(root))
    for element in everything:
        element.number = file.reserve()
    for element in everything:
        file.put(_element(element, top), element.number)
        element.kids = []
    annotated = [element for page in pages for element in page.annotated]
    parents = [array(ref(element.number) for element in page.marked) for page in pages]
    parents += [ref(element.number) for element in annotated]
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
        names = " ".join(f"{name} {number}" for name, number in ids)
        entries["IDTree"] = f"<</Kids [{ref(file.put(f'<</Limits [{first} {last}] /Names [{names}]>>'))}]>>"
    return file.put(dictionary(entries), top)


def annotation_keys(pages: Sequence[Owners]) -> Iterator[int]:
    """The parent tree's key of each annotation, page by page (ISO 32000-1, 14.7.4.4)."""
    return iter(range(len(pages), len(pages) + sum(len(page.annotated) for page in pages)))


def _element(element: Element, top: int) -> str:
    parent = element.parent.number if element.parent else top
    on = f" /Pg {element.page} 0 R" if element.page else ""
    attributes = f" /A <<{element.attributes}>>" if element.attributes else ""
    said = _texts(element) if element.alt or element.actual or element.language or element.id else ""
    kids = " ".join(map(_kid, element.kids))
    return f"<</S /{element.tag} /P {parent} 0 R{on}{attributes}{said} /K [{kids}]>>"


def _kid(kid: Element | int | Marked | Annotated) -> str:
    if isinstance(kid, int):
        return str(kid)
    if isinstance(kid, Element):
        return f"{kid.number} 0 R"
    if isinstance(kid, Marked):
        return f"<</Type /MCR /Pg {kid.page} 0 R /MCID {kid.number}>>"
    return f"<</Type /OBJR /Pg {kid.page} 0 R /Obj {kid.number} 0 R>>"


def _texts(element: Element) -> str:
    texts = (("Alt", element.alt), ("ActualText", element.actual), ("Lang", element.language), ("ID", element.id))
    return "".join([f" /{key} {text_string(text)}" for key, text in texts if text])
