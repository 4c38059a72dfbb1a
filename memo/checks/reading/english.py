"""List the English words that checks go by: for numbers, for attribution, for certainty, for what is done or to come.

Most rules that use them know no other language, and do not run on a memo in one (`Check.english`).
"""

from __future__ import annotations

from memo.facts.likelihood import any_of

# Numbers, by memo.checks.reading.numbers

BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
"""Numbers from 0 on, in order."""

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""Tens from 20 on, in order."""

MULTIPLIERS = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "bn": 10**9, "mn": 10**6, "tn": 10**12,
}  # fmt: skip
"""Words that multiply the number before them; 1 after ``a``, a half after ``half a``."""

SHORT_MULTIPLIERS = {"k": 10**3, "m": 10**6, "b": 10**9, "mn": 10**6, "bn": 10**9, "tn": 10**12}
"""What stands right after digits and may multiply them: ``2.5m`` may be millions, and may be metres."""

VAGUE_NUMBERS = ("dozens", "hundreds", "thousands", "millions", "billions", "trillions")
"""Numbers given by their size alone."""

DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
"""What a fraction divides by. Ordinals are numbers only as fractions: ``a third of``, ``two thirds``."""

MULTIPLES = {"twice": 2, "thrice": 3, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}
"""How many times, in one word."""

IMPLIED_NUMBERS = {
    "both": 2, "pair": 2, "twice": 2, "double": 2, "doubled": 2, "couple": 2, "twofold": 2, "triple": 3, "tripled": 3,
    "threefold": 3, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "half": 50, "quarter": 25,
    "decade": 10, "century": 100, "single": 1, "bilateral": 2, "trilateral": 3,
}  # fmt: skip
"""Words that imply a number which another text may give in figures; they need not be figures of their own."""

DEFINITE_WORDS = ("the", "these", "those", "all", "other")
"""Before a number up to twelve in words, they make it a count of what is known: ``the two sides``, ``all three``."""

UNITS = {
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
"""Units of measurement, each with its sign here: a number of miles does not match one of kilometres."""

NUMBER_IDIOMS = (
    r"on (?:the )?one hand", r"one another", r"one day", r"one by one", r"(?:zero|one|two|three|four)-(?:sum|way|sided|"
    r"edged|faced|tier|track|pronged|dimensional)", r"(?:net|ground) zero", r"zero tolerance", r"think(?:s|ing)? twice",
    r"thought twice", r"one or the other", r"nine-to-five", r"half-(?!a\b|million|dozen|hour|year|century)[a-z]+",
    r"(?:first|second|other|better|latter|last) half", r"(?:one|two|three)[ -](?:third|quarter) part(?:y|ies)",
)  # fmt: skip
"""Turns of phrase that hold a number word and mean no number, as regular expressions."""

BEFORE_YEARS = ("mid", "end", "early", "late", "post", "pre", "since")
"""What a hyphen joins to a year: ``mid-2031``. Any other letters make a designation of it: ``F-16``."""

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "twenties", "thirties",
    "forties", "fifties", "sixties", "seventies", "eighties", "nineties",
)  # fmt: skip
"""After a hyphen, they make an ordinal or a decade of a number in words: ``twenty-first``, ``nineteen-nineties``."""

LABELLED = ("point", "option", "part", "step", "scenario", "question", "item", "chapter", "page")
"""Before a number in digits or in words, they make a label of it: ``option two``."""

REFERENCE_WORDS = (
    "page", "pages", "p.", "pp.", "footnote", "footnotes", "note", "notes", "figure", "figures", "table", "tables",
    "section", "sections", "annex", "appendix", "box", "paragraph", "paragraphs", "para.", "paras.", "chapter",
)  # fmt: skip
"""Before a number, they point to a place in a text: ``page 3``. Such a number is not part of what the text says."""


# Whose word something is, by memo.checks.unattributed and memo.checks.reading.mentions

ATTRIBUTION_VERBS = (
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
"""After ``it``, ``she``, ``he`` or ``they``, they continue with whoever spoke before: ``it adds``."""

ATTRIBUTION_NOUNS = (
    "account", "view", "words", "telling", "reading", "argument", "judgement", "judgment", "estimate", "report",
    "opinion", "assessment",
)  # fmt: skip
"""After ``its``, ``her``, ``his`` or ``their``, they do the same: ``in its account``."""

FIRST_PERSON = (
    r"this (?:desk|office|team|unit|department|ministry|author|writer)", r"the authors? of this memo",
    r"we", r"our",
    r"this memo(?:'s (?:judgement|judgment|view|assessment|assumption|reading)| (?:takes|judges|holds|assumes|assesses|"
    r"sees|counts|reads|finds|expects|considers|concludes|estimates))",
)  # fmt: skip
"""How a memo says that a judgement is its writers' own, as regular expressions."""

ALL_SOURCES = (
    r"(?:both|neither|either|each|all|no|none)(?: of)?(?: the| these)?(?: two| three)? "
    rf"(?:articles?|sources?|reports?|accounts?|papers?|documents?|(?:of them )?{any_of(ATTRIBUTION_VERBS)})"
)
"""How a sentence speaks of all its sources at once, as a regular expression: ``neither article``, ``both report``."""

IMPERATIVES = ("watch", "see", "ask", "check", "compare", "consider", "await", "recall", "review", "decide", "find")
"""A sentence that begins with one bids its reader do something, and states nothing."""

NOT_NAMES = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "our", "some", "that", "the", "their",
    "this", "to", "with",
))  # fmt: skip
"""Words that name nobody."""


# Acronyms, by memo.checks.unspelt_acronym

FAMILIAR_ACRONYMS = frozenset((
    "UN", "EU", "US", "USA", "UK", "GDP", "TV", "PM", "AM", "OK", "ID", "IT", "CEO", "DNA", "UTC", "GMT", "CET",
    "USD", "EUR", "GBP", "PDF", "BCE", "CE", "BC", "AD", "MW", "GW", "KW", "TW", "GB", "TB", "MB",
))  # fmt: skip
"""Capitals that every reader of a memo knows: states and unions, money, clocks and calendars, units. Kept short."""


# How certain something is, by memo.checks.double_hedge and memo.checks.over_precise_date

HEDGES = ("may", "might", "could", "possible", "possibly", "perhaps", "maybe", "conceivably")
"""Words that leave open how likely something is."""

MIGHT_IS_STRENGTH_AFTER = (
    "air", "and", "economic", "financial", "full", "her", "his", "industrial", "its", "military", "naval", "our",
    "political", "sea", "the", "their", "whose",
)  # fmt: skip
"""Words after which *might* means strength."""

POSSIBLE_IS_NO_HEDGE_AFTER = ("as", "best", "if", "only", "soon", "when", "whenever", "where", "wherever")
"""Words after which *possible* is no hedge: *if possible*, *the best possible*, *as soon as possible*."""

DATE_QUALIFIERS = (
    "about", "approximately", "around", "apparently", "believed", "c.", "ca.", "circa", "early", "estimated", "late",
    "mid", "nearly", "or so", "or thereabouts", "perhaps", "possibly", "presumably", "probably", "roughly", "some time",
    "sometime", "supposed", "thought", "uncertain",
)  # fmt: skip
"""Words near a date that say it is not certain, or not exact."""


# What is done and what is to come, by memo.checks.reading.verbs
#
# Verbs are those that bring a plan to its end. Left out are those by which things are announced (say, agree, decide,
# approve, propose): an announcement may well be reported as done.

PARTICIPLES = (
    "abolished", "acquired", "activated", "adopted", "arrived", "begun", "bought", "built", "closed",
    "come into effect", "come into force", "commissioned", "completed", "concluded", "constructed", "created",
    "delivered", "deployed", "enacted", "ended", "entered into force", "entered service", "established", "expanded",
    "finalised", "finalized", "finished", "founded", "gone into operation", "gone live", "held", "implemented",
    "inaugurated", "initialled", "installed", "introduced", "joined", "launched", "met", "opened", "paid",
    "published", "ratified", "reopened", "replaced", "restored", "resumed", "returned", "shut", "signed", "sold",
    "started", "taken effect", "taken office", "taken over", "taken place", "taken up", "visited", "withdrawn",
)  # fmt: skip
"""Verbs that report something as done after *has*, *was* and their like."""

PAST_FORMS = (
    "arrived", "began", "came into effect", "came into force", "closed", "ended", "entered into force",
    "entered service", "finished", "joined", "launched", "met", "opened", "reopened", "resumed", "returned",
    "started", "took effect", "took office", "took over", "took place", "took up", "went into operation", "went live",
    "withdrew",
)  # fmt: skip
"""The same verbs in the past tense, where they need no object: *opened in May*."""

PAST_FORMS_WITH_OBJECT = (
    "abolished", "acquired", "activated", "adopted", "bought", "built", "commissioned", "completed", "concluded",
    "constructed", "created", "delivered", "deployed", "enacted", "finalised", "finalized", "founded", "implemented",
    "inaugurated", "initialled", "installed", "introduced", "ratified", "replaced", "signed", "visited",
)  # fmt: skip
"""The same, where they need one: *built a link* reports something as done, *a link built in May* only names it."""

NOT_AN_OBJECT = (
    "after", "and", "around", "as", "at", "before", "between", "but", "by", "during", "for", "from", "in", "into",
    "last", "next", "on", "or", "over", "since", "through", "to", "under", "until", "upon", "with", "within",
)  # fmt: skip
"""Words with which the object of a verb does not begin."""

DONE_STATES = (
    "complete", "completed", "finished", "in force", "in operation", "in place", "in service", "in use", "open",
    "operational", "up and running",
)  # fmt: skip
"""What something *is* once it is done. Not *open to*, which is a willingness."""

UNSETTLED = ("date", "issue", "matter", "outcome", "point", "question", "timing")
"""What is *open* while it is not settled."""

FORWARD_LOOKING = (
    "about to", "aim", "aims", "announced", "announces", "due", "expect", "expected", "expects", "foreseen", "hope",
    "hopes", "intend", "intended", "intends", "is to", "are to", "was to", "were to", "mean to", "means to", "plan",
    "planned", "plans", "pledged", "pledges", "promised", "promises", "proposed", "proposes", "ready to", "scheduled",
    "seek", "seeks", "should", "to be", "want", "wants", "will", "would", "yet to",
)  # fmt: skip
"""Words in a fact's own text that present it as still to come."""

PREPARATORY = (
    "agreement to", "application", "bid", "bids", "consultation", "consultations", "contract", "contracts", "debate",
    "declaration of intent", "design", "discussion", "discussions", "door to", "feasibility", "letter of intent",
    "memorandum", "negotiation", "negotiations", "offer", "permit", "plan", "planning", "plans", "preparations",
    "proposal", "request", "studies", "study", "survey", "talks", "tender", "tenders", "way for", "way to",
)  # fmt: skip
"""What is done before the thing itself: *talks were opened* reports only the talks as done."""

NEGATIONS = (
    "cannot", "denied", "denies", "deny", "doubt", "doubted", "doubts", "falsely", "far from", "hardly", "mistakenly",
    "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "premature", "prematurely", "too early",
    "without", "wrongly", "yet to",
)  # fmt: skip
"""Words that make the verb after them say that something is not so."""

CONDITIONS = (
    "as long as", "before", "how", "if", "in case", "neither", "nor", "once", "provided", "suppose", "till", "unless",
    "until", "whether", "why",
)  # fmt: skip
"""Words that ask, deny, or set a condition, for all that follows: *whether it has been signed*."""

CONDITIONS_AT_START = ("had", "should", "were", "what", "when", "where", "which", "who")
"""Words that do so where a sentence begins with them: *had it opened*, *who will pay is not said*."""

CONDITIONS_BEFORE_PRESENT = ("after", "as soon as", "when", "whenever", "where")
"""Words that do so before a present or a perfect, not before a past: *when it has opened*."""

NOT_A_SUBJECT = (
    "a", "all", "an", "any", "as", "be", "being", "both", "each", "every", "get", "gets", "got", "her", "his", "its",
    "many", "more", "newly", "no", "of", "once", "other", "our", "some", "such", "the", "their", "these", "this",
    "those", "when", "your",
)  # fmt: skip
"""Words after which a form is no verb with a subject: *the completed link*, *once opened*."""

MODALS = ("can", "could", "having", "may", "might", "must", "shall", "should", "to", "will", "would")
"""Words after which *have* or *be* speak of no past."""

REPORTING_WORDS = (
    "according to", "add", "added", "adds", "announce", "announced", "announces", "argue", "argued", "argues",
    "believe", "believed", "believes", "claim", "claimed", "claims", "confirmed", "confirms", "declared", "declares",
    "described", "describes", "estimate", "estimates", "expect", "expected", "expects", "forecast", "forecasts",
    "foresee", "foresees", "hope", "hoped", "hopes", "insisted", "insists", "intend", "intends", "judge", "judged",
    "judges", "maintained", "maintains", "note", "noted", "notes", "plan", "planned", "plans", "pledged", "pledges",
    "predict", "predicted", "predicts", "promise", "promised", "promises", "put it", "report", "reported", "reports",
    "said", "say", "saying", "says", "stated", "states", "think", "thinks", "thought", "told", "undertakes",
    "undertook", "vowed", "vows", "warned", "warns", "writes", "wrote",
)  # fmt: skip
"""Words that attribute a sentence to somebody, so that its *will* is no longer bare.

Not after `BEFORE_NOUNS`, where they name things: *the plan*, *the announced link*."""

BEFORE_NOUNS = ("a", "an", "any", "each", "every", "its", "newly", "of", "our", "that", "the", "their", "this")
"""Words after which a reporting word is no verb."""

OPINION_NOUNS = ("account", "estimate", "judgement", "judgment", "opinion", "reading", "reckoning", "view", "words")
"""What something is said in or by, where it is somebody's: *in its account*, *by the port's reckoning*."""

WILL_IS_PURPOSE_AFTER = (
    "a", "any", "free", "good", "her", "his", "ill", "its", "my", "national", "no", "our", "people's", "people’s",
    "political", "popular", "public", "the", "their", "your",
)  # fmt: skip
"""Words after which *will* means a purpose."""

STOP_WORDS = frozenset((
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from",
    "had", "has", "have", "in", "into", "is", "it", "its", "of", "on", "or", "our", "says", "said", "say", "that",
    "the", "their", "there", "they", "this", "to", "was", "were", "which", "who", "whose", "will", "with", "would",
))  # fmt: skip
"""Words that say nothing of what a sentence is about."""
