"""The house style's styles, and of memo's own those that it lacks.

What built-in styles are called: Word writes the English name into the file, other programs that of their language.

Names as Word shows them in German, French, Spanish, Italian, Dutch, Polish, Portuguese, Russian and Swedish. Compared
without regard to case. A number at the end (``Überschrift 2``) is left as it is.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from memo.renderers.docx.house.lists import Lists
from memo.renderers.docx.house.package import Element, W, parsed, whole

_OWN = MappingProxyType({"Header": "Memo Header", "Footer": "Memo Footer"})
"""Styles whose tab stops are memo's: in a house style they go by names of their own."""

_BEFORE_NUMBER = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
"""What stands before ``numPr`` among a paragraph's properties (ECMA-376-1, 17.3.1.26)."""


def own_styles(xml: str) -> list[Element]:
    """Memo's own styles, under the names that they have in a house style."""
    styles = list(parsed(xml).iter(f"{W}style"))
    for style in styles:
        name = style.find(f"{W}name")
        name.set(f"{W}val", _OWN.get(style.get(f"{W}styleId"), name.get(f"{W}val")))
    return styles


def found_styles(house: Element, own: list[Element]) -> dict[str, str]:
    """For each of memo's styles that the house style has: by memo's id, the id there.

    By name without regard to case, by an alias (17.7.4.1), or by a built-in's name in another language; the default
    style of a kind is the default whatever its name.
    """
    by_name: dict[tuple[str, str], str] = {}
    for names in (_names, _aliases, _translated):
        for style in house.iter(f"{W}style"):
            for name in names(style):
                by_name.setdefault((style.get(f"{W}type", ""), name), style.get(f"{W}styleId", ""))
    for style in house.iter(f"{W}style"):
        if style.get(f"{W}default") in ("1", "true", "on"):
            by_name[style.get(f"{W}type", ""), ""] = style.get(f"{W}styleId", "")
    found = {}
    for style in own:
        kind, name = style.get(f"{W}type"), "" if style.get(f"{W}default") else _name(style).casefold()
        if there := by_name.get((kind, name)) or by_name.get((kind, _name(style).casefold())):
            found[style.get(f"{W}styleId")] = there
    return found


def _name(style: Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else str(name.get(f"{W}val", "")).strip()


def _names(style: Element) -> list[str]:
    return [_name(style).casefold()]


def _aliases(style: Element) -> list[str]:
    held = style.find(f"{W}aliases")
    return [] if held is None else [alias.strip().casefold() for alias in held.get(f"{W}val", "").split(",")]


def _translated(style: Element) -> list[str]:
    return [english(_name(style))]


def merged_styles(
    house: Element, own: list[Element], found: Mapping[str, str], lists: Lists, locale: str, leave_out: frozenset[str]
) -> tuple[bytes, dict[str, str]]:
    """The styles part, and the id in it of each of memo's styles. ``leave_out``: memo's ids that nothing will use."""
    house = copy.deepcopy(house)
    lacking = [style for style in own if style.get(f"{W}styleId") not in {*found, *leave_out}]
    taken = {style.get(f"{W}styleId") for style in house.iter(f"{W}style")}
    ids = dict(found)
    for style in lacking:
        ids[style.get(f"{W}styleId")] = _free(style.get(f"{W}styleId"), taken)
    for style in lacking:
        house.append(_added(style, ids, lists))
    by_id = {style.get(f"{W}styleId"): style for style in house.iter(f"{W}style")}
    for style in own:
        if style.get(f"{W}styleId") in found:
            _numbered(by_id[found[style.get(f"{W}styleId")]], style, by_id, lists)
    _mend(house, by_id)
    _speak(house, locale)
    return etree.tostring(house, xml_declaration=True, encoding="UTF-8", standalone=True), ids


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"Memo{name}"
    taken.add(name)
    return name


def _added(style: Element, ids: Mapping[str, str], lists: Lists) -> Element:
    """One of memo's styles, to stand on its own whatever the house style's defaults are."""
    style = copy.deepcopy(style)
    style.tail = None
    style.set(f"{W}styleId", ids[style.get(f"{W}styleId")])
    for tag in ("basedOn", "next", "link"):
        for link in style.findall(f"{W}{tag}"):
            link.set(f"{W}val", ids[link.get(f"{W}val")])
    for number in style.iter(f"{W}numId"):
        number.set(f"{W}val", str(lists.number(int(number.get(f"{W}val")))))
    based = style.find(f"{W}basedOn")
    if style.get(f"{W}type") == "paragraph" and based is not None and based.get(f"{W}val") == ids["Normal"]:
        for spacing in style.iterfind(f"{W}pPr/{W}spacing"):
            for edge in ("before", "after"):
                spacing.set(f"{W}{edge}", spacing.get(f"{W}{edge}", "0"))
    return style


def _numbered(style: Element, own: Element, by_id: Mapping[str, Element], lists: Lists) -> None:
    """Give a list's style memo's bullet or number, if it has none of its own."""
    wanted = own.find(f"{W}pPr/{W}numPr")
    if wanted is None or number_of(style, by_id):
        return
    held = style.find(f"{W}pPr")
    if held is None:
        held = etree.Element(f"{W}pPr")
        marks = style.find(f"{W}rPr")
        style.append(held) if marks is None else marks.addprevious(held)
    for empty in held.findall(f"{W}numPr"):
        held.remove(empty)
    number = copy.deepcopy(wanted)
    for one in number.iter(f"{W}numId"):
        one.set(f"{W}val", str(lists.number(int(one.get(f"{W}val")))))
    held.insert(sum(child.tag in _BEFORE_NUMBER for child in held), number)


def number_of(style: Element | None, by_id: Mapping[str, Element]) -> tuple[int, int] | None:
    """The list and the level from 0 that a style numbers its paragraphs with, its own or that of one it is based on."""
    for _ in range(len(by_id)):
        if style is None:
            return None
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
            name = whole(number, "val")
            return (name, whole(level, "val") or 0) if name else None
        based = style.find(f"{W}basedOn")
        style = None if based is None else by_id.get(based.get(f"{W}val"))
    return None


def _mend(styles: Element, by_id: Mapping[str, Element]) -> None:
    """Drop links to styles that are not there: files not made by Word have such."""
    for style in styles.iter(f"{W}style"):
        for tag in ("basedOn", "next", "link"):
            for link in style.findall(f"{W}{tag}"):
                if link.get(f"{W}val") not in by_id:
                    style.remove(link)


def _speak(styles: Element, locale: str) -> None:
    """Where styles name another language than the memo's, its words would be read and proofed as that one."""
    for said in styles.iter(f"{W}lang"):
        if said.get(f"{W}val", locale).split("-")[0].lower() != locale.split("-")[0].lower():
            said.set(f"{W}val", locale)


_LOCAL = MappingProxyType(
    {
        "normal": "Standard|Normale|Standaard|Normalny|Обычный",
        "title": "Titel|Titre|Título|Titolo|Tytuł|Название|Rubrik",
        "body text": (
            "Textkörper|Corps de texte|Texto independiente|Corpo testo|Corpo del testo|Platte tekst|Plattetekst|"
            "Tekst podstawowy|Corpo de texto|Основной текст|Brödtext"
        ),
        "quote": "Zitat|Citation|Cita|Citazione|Citaat|Cytat|Citação|Citat",
        "caption": (
            "Beschriftung|Légende|Descripción|Epígrafe|Didascalia|Bijschrift|Legenda|Название объекта|Beskrivning"
        ),
        "footnote text": (
            "Fußnotentext|Note de bas de page|Texto nota pie|Testo nota a piè di pagina|Voetnoottekst|"
            "Tekst przypisu dolnego|Texto de nota de rodapé|Текст сноски|Fotnotstext"
        ),
        "footnote reference": (
            "Fußnotenzeichen|Appel note de bas de p.|Ref. de nota al pie|Rimando nota a piè di pagina|"
            "Voetnootmarkering|Odwołanie przypisu dolnego|Ref. de nota de rodapé|Знак сноски|Fotnotsreferens"
        ),
        "strong": "Fett|Texto en negrita|Enfasi (grassetto)|Zwaar|Pogrubienie|Forte|Строгий|Stark",
        "emphasis": "Hervorhebung|Accentuation|Énfasis|Enfasi (corsivo)|Nadruk|Uwydatnienie|Ênfase|Выделение|Betoning",
        "hyperlink": "Lien hypertexte|Hipervínculo|Collegamento ipertestuale|Hiperłącze|Гиперссылка|Hyperlänk",
        "default paragraph font": "Absatz-Standardschriftart|Police par défaut",
        "normal table": "Normale Tabelle|Tableau Normal",
        "no list": "Keine Liste|Aucune liste",
        "heading": "Überschrift|Titre|Título|Titolo|Kop|Nagłówek|Заголовок|Rubrik",
        "list bullet": (
            "Aufzählungszeichen|Liste à puces|Lista con viñetas|Punto elenco|Lista punktowana|Commarcadores|"
            "Маркированный список|Punktlista"
        ),
        "list number": (
            "Listennummer|Liste à numéros|Lista con números|Numero elenco|Lijstnummering|Lista numerowana|Numerada|"
            "Нумерованный список|Numrerad lista"
        ),
        "list continue": (
            "Listenfortsetzung|Liste continue|Continuar lista|Elenco continua|Lijstvoortzetting|Продолжение списка"
        ),
    }
)
_ENGLISH = MappingProxyType(
    {
        (local.casefold(), english == "heading"): english
        for english, locals_ in _LOCAL.items()
        for local in locals_.split("|")
    }
)
"""By the name without its number, and whether it is one that always bears a number."""

_NUMBERED = re.compile(r"(.*?) ?([1-9])")


def english(name: str) -> str:
    """The English name of a built-in style in small letters; any other name in small letters, as it is."""
    low = name.strip().casefold()
    if found := _ENGLISH.get((low, False)):
        return found
    numbered = _NUMBERED.fullmatch(low)
    if numbered is None:
        return low
    word, number = numbered.groups()
    stem = _ENGLISH.get((word, True)) or _ENGLISH.get((word, False))
    return f"{stem} {number}" if stem else low
