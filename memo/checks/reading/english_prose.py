"""The English words that checks of prose know, in one place: numbers, units, whose word something is.

The English words that the checks of certainty go by."""

from __future__ import annotations

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
"""Numbers from 0 on, in order."""

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""Tens from 20 on, in order."""

SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "bn": 10**9, "mn": 10**6, "tn": 10**12,
}  # fmt: skip
"""Words that multiply the number before them; of one, after ``a``; by a half, after ``half a``."""

SHORT = {"k": 10**3, "m": 10**6, "b": 10**9, "mn": 10**6, "bn": 10**9, "tn": 10**12}
"""What stands right after digits and may multiply them: ``2.5m`` may be millions, and may be metres."""

VAGUE = ("dozens", "hundreds", "thousands", "millions", "billions", "trillions")
"""Numbers that are told by their size alone."""

DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
"""What a fraction divides by. Except as fractions (``a third of``, ``two thirds``), ordinals are no numbers here."""

TIMES = {"twice": 2, "thrice": 3, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}
"""How many times, in one word."""

IMPLIED = {
    "both": 2, "pair": 2, "twice": 2, "double": 2, "doubled": 2, "couple": 2, "twofold": 2, "triple": 3, "tripled": 3,
    "threefold": 3, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "half": 50, "quarter": 25,
    "decade": 10, "century": 100, "single": 1, "bilateral": 2, "trilateral": 3,
}  # fmt: skip
"""Words that carry a number which another text may give as one; they need not be figures of their own."""

DEFINITE = ("the", "these", "those", "all", "other")
"""Before a number up to twelve in words, they make it a count of what is known: ``the two sides``, ``all three``."""

UNIT_WORDS = {
    "%": "%", "per cent": "%", "percent": "%", "percentage points": "%", "percentage point": "%",
    "km": "km", "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km",
    "metre": "m", "metres": "m", "meter": "m", "meters": "m", "mile": "mile", "miles": "mile",
    "foot": "foot", "feet": "foot", "hectare": "ha", "hectares": "ha", "acre": "acre", "acres": "acre",
    "kg": "kg", "kilogram": "kg", "kilograms": "kg", "tonne": "t", "tonnes": "t", "ton": "ton", "tons": "ton",
    "barrel": "barrel", "barrels": "barrel", "bcm": "bcm", "mw": "mw", "megawatt": "mw", "megawatts": "mw",
    "gw": "gw", "gigawatt": "gw", "gigawatts": "gw",
    "second": "second", "seconds": "second", "minute": "minute", "minutes": "minute", "hour": "hour", "hours": "hour",
    "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
    "year": "year", "years": "year", "decade": "decade", "decades": "decade", "century": "century",
    "centuries": "century", "euro": "€", "euros": "€", "dollar": "$", "dollars": "$", "pound": "£", "pounds": "£",
}  # fmt: skip
"""Units, each with the sign that it goes by here: a number told in miles is not carried by one in kilometres."""

IDIOMS = (
    r"on (?:the )?one hand", r"one another", r"one day", r"one by one", r"(?:zero|one|two|three|four)-(?:sum|way|sided|"
    r"edged|faced|tier|track|pronged|dimensional)", r"(?:net|ground) zero", r"zero tolerance", r"think(?:s|ing)? twice",
    r"thought twice", r"one or the other", r"nine-to-five", r"half-(?!a\b|million|dozen|hour|year|century)[a-z]+",
    r"(?:first|second|other|better|latter|last) half", r"(?:one|two|three)[ -](?:third|quarter) part(?:y|ies)",
)  # fmt: skip
"""Turns of phrase with a number word in them that tell no number, as patterns."""

BEFORE_YEARS = ("mid", "end", "early", "late", "post", "pre", "since")
"""What a hyphen joins to a year: ``mid-2031``. Any other letters make a designation of it: ``F-16``."""

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "twenties", "thirties",
    "forties", "fifties", "sixties", "seventies", "eighties", "nineties",
)  # fmt: skip
"""What makes of a number in words one that orders, or a decade: ``twenty-first``, ``nineteen-nineties``."""

NUMBERED = ("point", "option", "part", "step", "scenario", "question", "item", "chapter", "page")
"""Before a number in digits or in words, they make a label of it: ``option two``."""

REFERENCES = (
    "page", "pages", "p.", "pp.", "footnote", "footnotes", "note", "notes", "figure", "figures", "table", "tables",
    "section", "sections", "annex", "appendix", "box", "paragraph", "paragraphs", "para.", "paras.", "chapter",
)  # fmt: skip
"""Before a number, they point to a place in a text: ``page 3``. Such a number is no part of what is told."""

TELLING = (
    "say", "says", "said", "add", "adds", "added", "argue", "argues", "argued", "report", "reports", "reported",
    "claim", "claims", "claimed", "call", "calls", "called", "count", "counts", "counted", "describe", "describes",
    "described", "expect", "expects", "expected", "find", "finds", "found", "hold", "holds", "held", "judge", "judges",
    "judged", "name", "names", "named", "note", "notes", "noted", "point", "points", "pointed", "put", "puts",
    "quote", "quotes", "quoted", "recall", "recalls", "recalled", "see", "sees", "saw", "set", "sets", "speak",
    "speaks", "spoke", "state", "states", "stated", "stress", "stresses", "stressed", "suggest", "suggests",
    "suggested", "take", "takes", "took", "tell", "tells", "told", "think", "thinks", "thought", "tie", "ties", "tied",
    "warn", "warns", "warned", "write", "writes", "wrote", "announce", "announces", "announced", "conclude",
    "concludes", "concluded", "estimate", "estimates", "estimated", "maintain", "maintains", "maintained", "mention",
    "mentions", "mentioned", "predict", "predicts", "predicted", "believe", "believes", "believed", "cite", "cites",
    "cited", "credit", "credits", "credited", "explain", "explains", "explained",
)  # fmt: skip
"""What someone does whose word it is: after ``it``, ``she``, ``he`` or ``they``, it goes on with who spoke before."""

VIEWS = ("account", "view", "words", "telling", "reading", "argument", "judgement", "judgment", "estimate", "report",
         "opinion", "assessment")  # fmt: skip
"""After ``its``, ``her``, ``his`` or ``their``, the same: ``in its account``."""

FIRST_PERSON = (
    r"this (?:desk|office|team|unit|department|ministry|author|writer)", r"the authors? of this memo",
    r"we", r"our",
    r"this memo(?:'s (?:judgement|judgment|view|assessment|assumption|reading)| (?:takes|judges|holds|assumes|assesses|"
    r"sees|counts|reads|finds|expects|considers|concludes|estimates))",
)  # fmt: skip
"""How a memo says that a judgement is its writers' own, as patterns."""

ALL_SOURCES = (
    r"(?:both|neither|either|each|all|no|none)(?: of)?(?: the| these)?(?: two| three)? "
    rf"(?:articles?|sources?|reports?|accounts?|papers?|documents?|(?:of them )?(?:{'|'.join(TELLING)}))"
)
"""How a sentence speaks of all its sources at once, as a pattern: ``neither article says``, ``both report``."""

INSTRUCTIONS = ("watch", "see", "ask", "check", "compare", "consider", "await", "recall", "review", "decide", "find")
"""What a sentence begins with that bids its reader do something, and tells nothing."""

FAMILIAR = frozenset((
    "UN", "EU", "US", "USA", "UK", "GDP", "TV", "PM", "AM", "OK", "ID", "IT", "CEO", "DNA", "UTC", "GMT", "CET",
    "USD", "EUR", "GBP", "PDF", "BCE", "CE", "BC", "AD", "MW", "GW", "KW", "TW", "GB", "TB", "MB",
))  # fmt: skip
"""Capitals that every reader of a memo knows: states and unions, money, clocks and calendars, units. Kept short."""


SMALL_WORDS = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "our", "some", "that", "the", "their",
    "this", "to", "with",
))  # fmt: skip
"""Words that name nobody."""

HEDGES = ("may", "might", "could", "possible", "possibly", "perhaps", "maybe", "conceivably")
"""Words that leave open how likely something is."""

MIGHT_IS_POWER_AFTER = (
    "air", "and", "economic", "financial", "full", "her", "his", "industrial", "its", "military", "naval", "our",
    "political", "sea", "the", "their", "whose",
)  # fmt: skip
"""Words after which *might* is strength."""

POSSIBLE_IS_NONE_AFTER = ("as", "best", "if", "only", "soon", "when", "whenever", "where", "wherever")
"""Words after which *possible* is no hedge: *if possible*, *the best possible*, *as soon as possible*."""

DATE_QUALIFIERS = (
    "about", "approximately", "around", "apparently", "believed", "c.", "ca.", "circa", "early", "estimated", "late",
    "mid", "nearly", "or so", "or thereabouts", "perhaps", "possibly", "presumably", "probably", "roughly", "some time",
    "sometime", "supposed", "thought", "uncertain",
)  # fmt: skip
"""Words near a date that say it is not certain, or not exact."""
