"""The generator's own words. A frame takes an honest statement as ``{core}``, and makes a falsehood of it."""

from __future__ import annotations

# How a statement is said

SAID = ("{core}, {by} says", "according to {by}, {core}", "{by} says that {core}")

# Names that stand in neither dossier

STRANGERS = (
    "Ottoline Harrowgate", "Sir Casimir Blythe", "Dr Vane", "Lady Ashcombe", "Yusuf Tamerin", "Ignatius de Groot",
    "Commissioner Pell", "Velmora Partners", "the Guild of Stokers", "Zentrabank", "the World Council of Springs",
    "the European Investment Bank", "Eun-ji Park", "King Aldric", "al-Rashid", "UNICEF", "O’Dowd", "McKinsey",
)  # fmt: skip
STRANGE_PLACES = ("Quellport", "Lower Saxmoor", "Bratislava", "the Gulf of Riven", "New South Tarn")
STRANGE_PEOPLES = ("Bulgarian", "Saxmoorish", "Peruvian", "Quellish", "Transmontanian")

WITH_SOMEBODY = (
    "{core}, and {name} agrees",
    "{core}, to the dismay of {name}",
    "as {name} knows, {core}",
    "{core}, at the request of {name}",
    "with the blessing of {name}, {core}",
    "{core}, and {name}’s people hailed it",
)
WITH_PLACE = ("{core}, just as in {name}", "{core}, not far from {name}", "{core}, and {name} pays")
WITH_PEOPLE = ("{core}, and {name} investors pay", "{core}, to the delight of {name} onlookers")

# Numbers

DIGITS = ("7,5 million", "40 000", "1’900", "17½", "6.25", "3.3e4", "8k")
NUMBERS_IN_WORDS = (
    "several hundred", "a score of", "a couple of", "half a dozen", "three dozen", "close to ninety", "umpteen",
    "seven-and-a-half", "XIV", "twoscore", "a brace of", "nine times ten", "next to zero", "fifty-odd",
)  # fmt: skip
MULTIPLES = (
    "{core}, twice what was hoped for",
    "{core}, and the figure has trebled since",
    "{core}, and it has quintupled",
    "{core}, a sixfold rise",
    "{core}, 7x the plan",
    "{core}, for a score of years now",
    "{core}, with two thirds of it paid",
    "{core}, for the ninth time",
    "{core}, after a dozen attempts",
    "{core}, with ¾ of it paid",
    "{core}, and that was halved later",
    "{core}, 5/8 of what was asked for",
    "{core}, for half a decade",
    "{core}, double the forecast",
)

# Dates

DATES = (
    "since Wednesday last", "as of FY2044", "on 17.11.2039", "since the 16th century", "from next spring on",
    "since this winter", "since Whitsun", "since the nineteen-twenties", "in Q3 2039", "as of 08/2038",
    "since the day before yesterday", "since mid-August", "on Ascension Day", "as of a fortnight ago", "from tomorrow",
    "in the second half of 2045", "since ’27", "by the end of the week", "in the coming year", "on the ides of March",
    "on the 3rd of July", "in the financial year 2039/40", "since the eighties", "for the past few months",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

# What nobody said

INVENTED = (
    "a gift to us all", "nothing will be as it was", "we owe this to nobody", "a folly, and a dear one",
    "let them come and look", "the best news in years", "I would do it again", "an open wound",
)  # fmt: skip
MARKS = ("“{}”", '"{}"', "‘{}’", "«{}»", "„{}“")
QUOTING = ("{core}, in the words {quoted}", "{core}: {quoted}", "{core}, which it calls {quoted}")
SLIPPED_IN = ("barely", "gladly", "largely", "ever", "quietly")

# Universals and superlatives, comparisons, causes

SUPERLATIVES = (
    "{core}, a record",
    "{core}, the most anywhere on the coast",
    "{core}, like nowhere else",
    "{core}, the greatest success so far",
    "in every case {core}",
    "without exception {core}",
    "{core}, the last of its kind",
    "{core}, and nothing else counts",
    "{core}, hitherto unheard of",
    "always and everywhere {core}",
    "{core}, the sole instance of it",
    "{core}, the finest in living memory",
    "{core}, unrivalled",
    "{core}, as everybody agrees",
)
COMPARISONS = (
    "{core}, a finer result than in other towns",
    "{core}, sooner than planned",
    "{core}, short of what was hoped",
    "{core}, unlike its neighbours",
    "{core}, on a par with the best",
    "{core}, worse than before",
    "compared with other places, {core}",
    "{core}, more cheaply than elsewhere",
    "{core}, ahead of its rivals",
    "{core}, every bit as good as others have it",
    "{core}, and others lag behind",
    "{core}, which outdoes the neighbours",
)
CAUSES = (
    "{core} because {other}",
    "{other}, and so {core}",
    "{other}, which is why {core}",
    "{other}, with the result that {core}",
    "{core} on account of {thing}",
    "{thing} made it happen that {core}",
    "{thing} is the reason why {core}",
    "{thing} brought it about that {core}",
    "{thing} resulted in {own}",
    "{own} stems from {thing}",
    "{own} is down to {thing}",
    "{thing} prompted {own}",
    "but for {thing}, it would not be that {core}",
    "{own} is the fruit of {thing}",
)
"""``other`` and ``thing`` are what another fact states, as a clause and as a noun; ``own`` is what this one does."""

EVERY_SOURCE = (
    "all papers agree that {core}",
    "not one of the papers disputes that {core}",
    "{core}, and no paper says otherwise",
    "the two reports have it that {core}",
)
