"""The house style's settings, without what ties the file to another, locks it or belongs to text that is gone."""

from __future__ import annotations

import copy

from lxml import etree

from memo.renderers.docx.house.opened import Element, R, W

_GONE = frozenset(
    f"{W}{name}"
    for name in (
        *("attachedTemplate", "linkStyles", "mailMerge", "documentProtection", "writeProtection", "docVars", "rsids"),
        *(
            "endnotePr",
            "saveThroughXslt",
            "attachedSchema",
            "captions",
            "trackRevisions",
            "revisionView",
            "formsDesign",
        ),
        *("removePersonalInformation", "removeDateAndTime", "readModeInkLockDown", "proofState"),
    )
)
_AFTER_NOTES = frozenset(
    f"{W}{name}"
    for name in (
        *("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown"),
        *("smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
)
"""What stands after ``footnotePr`` among a document's settings (ECMA-376-1, 17.15.1.78)."""


def settings(house: Element) -> bytes:
    """The part: memo's two rules above notes are named in it, and no other notes (17.11.9), and
    notes are numbered through, as the text was checked."""
    house = copy.deepcopy(house)
    for child in list(house):
        if child.tag in _GONE or any(name.startswith(R) for one in child.iter() for name in one.attrib):
            house.remove(child)
    notes = house.find(f"{W}footnotePr")
    if notes is None:
        notes = etree.Element(f"{W}footnotePr")
        following = next((child for child in house if child.tag in _AFTER_NOTES or not child.tag.startswith(W)), None)
        house.append(notes) if following is None else following.addprevious(notes)
    for tag in ("footnote", "numStart", "numRestart"):
        for held in notes.findall(f"{W}{tag}"):
            notes.remove(held)
    for number in ("-1", "0"):
        etree.SubElement(notes, f"{W}footnote").set(f"{W}id", number)
    return etree.tostring(house, xml_declaration=True, encoding="UTF-8", standalone=True)
