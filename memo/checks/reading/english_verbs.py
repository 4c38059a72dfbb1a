"""The English words by which `verb-status` tells what is done from what is to come.

Verbs are those that bring a plan to its end. Left out are those by which things are announced (say, agree, decide,
approve, propose): an announcement may well be told as done.
"""

from __future__ import annotations

PARTICIPLES = (
    "abolished", "acquired", "activated", "adopted", "arrived", "begun", "bought", "built", "closed",
    "come into effect", "come into force", "commissioned", "completed", "concluded", "constructed", "created",
    "delivered", "deployed", "enacted", "ended", "entered into force", "entered service", "established", "expanded",
    "finalised", "finalized", "finished", "founded", "gone into operation", "gone live", "held", "implemented",
    "inaugurated", "initialled", "installed", "introduced", "joined", "launched", "met", "opened", "paid",
    "published", "ratified", "reopened", "replaced", "restored", "resumed", "returned", "shut", "signed", "sold",
    "started", "taken effect", "taken office", "taken over", "taken place", "taken up", "visited", "withdrawn",
)  # fmt: skip
"""Verbs that tell of something as done after *has*, *was* and their like."""

PAST = (
    "arrived", "began", "came into effect", "came into force", "closed", "ended", "entered into force",
    "entered service", "finished", "joined", "launched", "met", "opened", "reopened", "resumed", "returned",
    "started", "took effect", "took office", "took over", "took place", "took up", "went into operation", "went live",
    "withdrew",
)  # fmt: skip
"""The same in the past tense, where they need no object: *opened in May*."""

PAST_OF_OBJECT = (
    "abolished", "acquired", "activated", "adopted", "bought", "built", "commissioned", "completed", "concluded",
    "constructed", "created", "delivered", "deployed", "enacted", "finalised", "finalized", "founded", "implemented",
    "inaugurated", "initialled", "installed", "introduced", "ratified", "replaced", "signed", "visited",
)  # fmt: skip
"""The same, where they need one: *built a link* tells of something as done, *a link built in May* is but a name."""

NO_OBJECT = (
    "after", "and", "around", "as", "at", "before", "between", "but", "by", "during", "for", "from", "in", "into",
    "last", "next", "on", "or", "over", "since", "through", "to", "under", "until", "upon", "with", "within",
)  # fmt: skip
"""What the object of a verb does not begin with."""

STATES = (
    "complete", "completed", "finished", "in force", "in operation", "in place", "in service", "in use", "open",
    "operational", "up and running",
)  # fmt: skip
"""What something *is* once it is done. Not *open to*, which is a willingness."""

OPEN_MATTERS = ("date", "issue", "matter", "outcome", "point", "question", "timing")
"""What is *open* while it is not settled."""

FORWARD = (
    "about to", "aim", "aims", "announced", "announces", "due", "expect", "expected", "expects", "foreseen", "hope",
    "hopes", "intend", "intended", "intends", "is to", "are to", "was to", "were to", "mean to", "means to", "plan",
    "planned", "plans", "pledged", "pledges", "promised", "promises", "proposed", "proposes", "ready to", "scheduled",
    "seek", "seeks", "should", "to be", "want", "wants", "will", "would", "yet to",
)  # fmt: skip
"""Words in a fact's own text that tell it as still to come."""

PREPARATORY = (
    "agreement to", "application", "bid", "bids", "consultation", "consultations", "contract", "contracts", "debate",
    "declaration of intent", "design", "discussion", "discussions", "door to", "feasibility", "letter of intent",
    "memorandum", "negotiation", "negotiations", "offer", "permit", "plan", "planning", "plans", "preparations",
    "proposal", "request", "studies", "study", "survey", "talks", "tender", "tenders", "way for", "way to",
)  # fmt: skip
"""What is done before the thing itself: *talks were opened* tells nothing as done but the talks."""

NEGATING = (
    "cannot", "denied", "denies", "deny", "doubt", "doubted", "doubts", "falsely", "far from", "hardly", "mistakenly",
    "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "premature", "prematurely", "too early",
    "without", "wrongly", "yet to",
)  # fmt: skip
"""Words that make the verb after them tell that something is not so."""

OPEN = (
    "as long as", "before", "how", "if", "in case", "neither", "nor", "once", "provided", "suppose", "till", "unless",
    "until", "whether", "why",
)  # fmt: skip
"""Words that ask, deny, or set a condition, for all that follows: *whether it has been signed*."""

OPEN_AT_FIRST = ("had", "should", "were", "what", "when", "where", "which", "who")
"""Words that do so where a sentence begins with them: *had it opened*, *who will pay is not said*."""

OPEN_TO_COME = ("after", "as soon as", "when", "whenever", "where")
"""Words that do the same before a present or a perfect: *when it has opened*; not before a past."""

NO_SUBJECT = (
    "a", "all", "an", "any", "as", "be", "being", "both", "each", "every", "get", "gets", "got", "her", "his", "its",
    "many", "more", "newly", "no", "of", "once", "other", "our", "some", "such", "the", "their", "these", "this",
    "those", "when", "your",
)  # fmt: skip
"""Words after which a form is no verb with a subject: *the completed link*, *once opened*."""

MODAL = ("can", "could", "having", "may", "might", "must", "shall", "should", "to", "will", "would")
"""Words that make the *have* or *be* after them tell of no past."""

REPORTING = (
    "according to", "add", "added", "adds", "announce", "announced", "announces", "argue", "argued", "argues",
    "believe", "believed", "believes", "claim", "claimed", "claims", "confirmed", "confirms", "declared", "declares",
    "described", "describes", "estimate", "estimates", "expect", "expected", "expects", "forecast", "forecasts",
    "foresee", "foresees", "hope", "hoped", "hopes", "insisted", "insists", "intend", "intends", "judge", "judged",
    "judges", "maintained", "maintains", "note", "noted", "notes", "plan", "planned", "plans", "pledged", "pledges",
    "predict", "predicted", "predicts", "promise", "promised", "promises", "put it", "report", "reported", "reports",
    "said", "say", "saying", "says", "stated", "states", "think", "thinks", "thought", "told", "undertakes",
    "undertook", "vowed", "vows", "warned", "warns", "writes", "wrote",
)  # fmt: skip
"""Words that give what is told to somebody: with one in its sentence, *will* is no longer bare. Not after *the* and
its like, where they are names of things: *the plan*, *the announced link*."""

NAMING = ("a", "an", "any", "each", "every", "its", "newly", "of", "our", "that", "the", "their", "this")
"""Words after which those are no verbs."""

VIEWS = ("account", "estimate", "judgement", "judgment", "opinion", "reading", "reckoning", "view", "words")
"""What something is told in or by, where it is somebody's: *in its account*, *by the port's reckoning*."""

WILL_IS_POWER_AFTER = (
    "a", "any", "free", "good", "her", "his", "ill", "its", "my", "national", "no", "our", "people's", "people’s",
    "political", "popular", "public", "the", "their", "your",
)  # fmt: skip
"""Words after which *will* is a purpose."""

LITTLE = frozenset((
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from",
    "had", "has", "have", "in", "into", "is", "it", "its", "of", "on", "or", "our", "says", "said", "say", "that",
    "the", "their", "there", "they", "this", "to", "was", "were", "which", "who", "whose", "will", "with", "would",
))  # fmt: skip
"""Words that tell nothing of what a sentence is about."""
