"""What built-in styles are called: Word writes the English name into the file, other programs that of their language.

Names as Word shows them in German, French, Spanish, Italian, Dutch, Polish, Portuguese, Russian and Swedish. Compared
without regard to case. A number at the end (``Überschrift 2``) is left as it is.
"""

from __future__ import annotations

import re
from types import MappingProxyType

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
