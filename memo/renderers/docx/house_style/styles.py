"""The house style's styles, and of memo's own those that it lacks.

Styles are matched by name: Word writes the English name of a built-in style into the file, other programs that of their
language.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from memo.renderers.docx.house_style.lists import MergedLists
from memo.renderers.docx.house_style.package import Element, W, int_attribute, parse_xml

_OWN = MappingProxyType({"Header": "Memo Header", "Footer": "Memo Footer"})
"""Styles whose tab stops are memo's: in a house style they go by names of their own."""

_BEFORE_NUMBER = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
"""What stands before ``numPr`` among a paragraph's properties (ECMA-376-1, 17.3.1.26)."""


def own_styles(xml: str) -> list[Element]:
    """Parse memo's own styles, and give them the names that they have in a house style."""
    styles = list(parse_xml(xml).iter(f"{W}style"))
    for style in styles:
        name = style.find(f"{W}name")
        name.set(f"{W}val", _OWN.get(style.get(f"{W}styleId"), name.get(f"{W}val")))
    return styles


def match_styles(house: Element, own: list[Element]) -> dict[str, str]:
    """Find memo's styles in the house style: by memo's id, the id there.

    They match by name without regard to case, by an alias (17.7.4.1), or by a built-in's name in another language; the
    default style of a kind is the default whatever its name.
    """
    by_name: dict[tuple[str, str], str] = {}
    for names in (_names, _aliases, _translated):
        for style in house.iter(f"{W}style"):
            for name in names(style):
                by_name.setdefault((style.get(f"{W}type", ""), name), style.get(f"{W}styleId", ""))
    for style in house.iter(f"{W}style"):
        if style.get(f"{W}default") in ("1", "true", "on"):
            by_name[style.get(f"{W}type", ""), ""] = style.get(f"{W}styleId", "")
    matches = {}
    for style in own:
        kind, name = style.get(f"{W}type"), "" if style.get(f"{W}default") else _name(style).casefold()
        if house_id := by_name.get((kind, name)) or by_name.get((kind, _name(style).casefold())):
            matches[style.get(f"{W}styleId")] = house_id
    return matches


def _name(style: Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else str(name.get(f"{W}val", "")).strip()


def _names(style: Element) -> list[str]:
    return [_name(style).casefold()]


def _aliases(style: Element) -> list[str]:
    aliases = style.find(f"{W}aliases")
    return [] if aliases is None else [alias.strip().casefold() for alias in aliases.get(f"{W}val", "").split(",")]


def _translated(style: Element) -> list[str]:
    return [english(_name(style))]


def merge_styles(
    house: Element,
    own: list[Element],
    matches: Mapping[str, str],
    lists: MergedLists,
    locale: str,
    leave_out: frozenset[str],
) -> tuple[bytes, dict[str, str]]:
    """Write the styles part; return with it the id of each of memo's styles.

    ``leave_out`` are ids of memo's styles that nothing will use.
    """
    house = copy.deepcopy(house)
    lacking = [style for style in own if style.get(f"{W}styleId") not in {*matches, *leave_out}]
    taken = {style.get(f"{W}styleId") for style in house.iter(f"{W}style")}
    ids = dict(matches)
    for style in lacking:
        ids[style.get(f"{W}styleId")] = _unused_id(style.get(f"{W}styleId"), taken)
    for style in lacking:
        house.append(_copied(style, ids, lists))
    by_id = {style.get(f"{W}styleId"): style for style in house.iter(f"{W}style")}
    for style in own:
        if style.get(f"{W}styleId") in matches:
            _ensure_numbering(by_id[matches[style.get(f"{W}styleId")]], style, by_id, lists)
    _drop_dead_links(house, by_id)
    _set_language(house, locale)
    return etree.tostring(house, xml_declaration=True, encoding="UTF-8", standalone=True), ids


def _unused_id(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"Memo{name}"
    taken.add(name)
    return name


def _copied(style: Element, ids: Mapping[str, str], lists: MergedLists) -> Element:
    """Copy one of memo's styles, so that it stands on its own whatever the house style's defaults are."""
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


def _ensure_numbering(style: Element, own: Element, by_id: Mapping[str, Element], lists: MergedLists) -> None:
    """Give a list's style memo's bullet or number, if it has none of its own."""
    own_number = own.find(f"{W}pPr/{W}numPr")
    if own_number is None or numbering_of(style, by_id):
        return
    properties = style.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        marks = style.find(f"{W}rPr")
        style.append(properties) if marks is None else marks.addprevious(properties)
    for empty in properties.findall(f"{W}numPr"):
        properties.remove(empty)
    number = copy.deepcopy(own_number)
    for one in number.iter(f"{W}numId"):
        one.set(f"{W}val", str(lists.number(int(one.get(f"{W}val")))))
    properties.insert(sum(child.tag in _BEFORE_NUMBER for child in properties), number)


def numbering_of(style: Element | None, by_id: Mapping[str, Element]) -> tuple[int, int] | None:
    """Return the list and the level from 0 of a style's numbering, its own or that of one it is based on."""
    for _ in range(len(by_id)):
        if style is None:
            return None
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
            name = int_attribute(number, "val")
            return (name, int_attribute(level, "val") or 0) if name else None
        based = style.find(f"{W}basedOn")
        style = None if based is None else by_id.get(based.get(f"{W}val"))
    return None


def _drop_dead_links(styles: Element, by_id: Mapping[str, Element]) -> None:
    """Drop links to styles that are not there: files not made by Word have such."""
    for style in styles.iter(f"{W}style"):
        for tag in ("basedOn", "next", "link"):
            for link in style.findall(f"{W}{tag}"):
                if link.get(f"{W}val") not in by_id:
                    style.remove(link)


def _set_language(styles: Element, locale: str) -> None:
    """Set the memo's language where styles name another."""
    # Else its words would be read aloud and proofed as that other language.
    for language in styles.iter(f"{W}lang"):
        if language.get(f"{W}val", locale).split("-")[0].lower() != locale.split("-")[0].lower():
            language.set(f"{W}val", locale)


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
"""The English names of built-in styles, by the local name without its number and whether it always bears one.

As Word shows them in German, French, Spanish, Italian, Dutch, Polish, Portuguese, Russian and Swedish; compared without
regard to case. A number at the end (``Überschrift 2``) is left as it is.
"""

_NUMBERED = re.compile(r"(.*?) ?([1-9])")


def english(name: str) -> str:
    """Translate the name of a built-in style into English; return any other as it is. Both in small letters."""
    low = name.strip().casefold()
    if unnumbered := _ENGLISH.get((low, False)):
        return unnumbered
    numbered = _NUMBERED.fullmatch(low)
    if numbered is None:
        return low
    word, number = numbered.groups()
    stem = _ENGLISH.get((word, True)) or _ENGLISH.get((word, False))
    return f"{stem} {number}" if stem else low
