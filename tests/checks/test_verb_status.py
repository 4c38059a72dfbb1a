"""What is only announced or expected, told as done or promised; and all that only looks like it."""

from __future__ import annotations

import pytest

from memo.checks import verb_status
from tests.checks.harbour import fact, found

PORT = {"actors": ("port",)}
RAIL = fact(
    "rail",
    "The port office says that it intends to build a rail link.",
    kind="commitment",
    status="announced",
    phrase="a rail link",
    label="Rail link",
    **PORT,
)
MUSEUM = fact(
    "museum",
    "The town expects a museum to open in the old customs house.",
    kind="event",
    status="expected",
    phrase="a museum in the old customs house",
    label="Museum opens",
)
BERTHS = fact(
    "berths",
    "The Port of Halvern opened two berths in 2030.",
    kind="event",
    status="done",
    phrase="two berths",
    date="2030",
    **PORT,
)
KEEPER = fact(
    "keeper",
    "The town said it expected its new keeper to take office soon.",
    kind="event",
    status="expected",
    phrase="the keeper’s start in office, which was expected soon",
)
PACT = fact(
    "pact",
    "The port says it is ready to finalise a tailored pact with the pilots.",
    kind="commitment",
    status="announced",
    phrase="a tailored pact that the port is ready to finalise",
    **PORT,
)
FACTS = (RAIL, MUSEUM, BERTHS, KEEPER, PACT)

TOLD_AS_DONE = """
The rail link has opened.
The museum opened in 2042.
The rail link is in operation.
The treaty was signed in March.
The pact has now been finalised.
The port has built a rail link.
The museum is open.
The rail link, which the port has completed, runs to the quay.
The keeper took office in March.
The pact entered into force on 1 May.
"""
PROMISED = """
The rail link will open in 2033.
A rail link will be built to the quay.
The planned rail link will open in 2033.
The plan will bring a rail link to the quay.
"""
NEITHER = """
The port office says it will open the link.
The museum is to open in 2042.
The port plans to build a link.
The port expects the link to be finished in 2033.
The mayor said that the port would open the link.
The rail link has not been finalised.
A rail link was announced in 2031.
The port has promised a rail link.
The port agreed to build a rail link.
The port is ready to finalise a pact.
The port is open to a rail link.
The museum will open in 2042, the town says.
According to the town, the museum will open in 2042.
In its account, the museum will open in 2042.
The keeper, appointed in 2031, is expected to take office.
The museum opened in 1990 is to be rebuilt.
The keeper’s start in office, which was expected soon.
Talks on the link have begun.
The port signed a letter of intent for the rail link.
The political will to build the link is there.
Whether the link has been finished is not known.
The link has yet to be opened.
A capsule is walled in, to be opened by whoever is there, the town says.
The museum opens in 2042.
The desk judges that the link will open late.
If the grant comes, the museum will open in 2042.
No rail link has been built.
The link was to have opened in 2030.
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


def of_claim(claim: str) -> list[str]:
    return found(verb_status.check, '{{ fact("x") }}', fact("x", claim, kind="commitment", status="announced", **PORT))


@pytest.mark.parametrize("claim", lines(TOLD_AS_DONE))
def test_a_claim_that_tells_as_done_what_is_announced_is_reported(claim: str) -> None:
    assert [message.partition(" tells ")[2] for message in of_claim(claim)] == [
        "fact 'x' as done, and it is only announced"
    ]


@pytest.mark.parametrize("claim", lines(PROMISED))
def test_a_claim_with_a_bare_will_is_reported(claim: str) -> None:
    assert of_claim(claim) == ["a bare 'will' of what is only announced, fact 'x'"]


@pytest.mark.parametrize("claim", lines(NEITHER))
def test_a_claim_that_tells_of_what_is_to_come_is_not_reported(claim: str) -> None:
    assert of_claim(claim) == []


@pytest.mark.parametrize("status", ["done", "under-way"])
def test_what_is_done_or_under_way_may_be_told_as_done(status: str) -> None:
    facts = (fact("x", "The link has opened.", kind="event", status=status),)
    assert found(verb_status.check, '{{ fact("x") }}', *facts) == []


WRITERS = {
    'The port has built {{ fact("rail").phrase }}.': ("has built", "rail"),
    '{{ fact("rail").phrase | capitalize }} has opened.': ("has opened", "rail"),
    'The port opened {{ fact("rail").phrase }}, and {{ fact("berths").phrase }}.': ("opened", "rail"),
    'The port has delivered {{ fact("pact").phrase }}.': ("has delivered", "pact"),
    'The rail link has been finished.{{ cite("rail") }}': ("has been finished", "rail"),
    'The rail link was opened in 2033.{{ cite("rail", "berths") }}': ("was opened", "rail"),
    'The museum will open soon.{{ cite("museum") }}': ("will", "museum"),
    'Berths are open, and the museum has opened.{{ cite("berths", "museum") }}': ("has opened", "museum"),
    '{{ fact("museum").phrase | capitalize }} will open in June.': ("will", "museum"),
    'The customs house museum is open.{{ cite("museum", "berths") }}': ("is open", "museum"),
    'No ferry has called, but the museum has opened.{{ cite("museum") }}': ("has opened", "museum"),
    'The port says that berths opened; the rail link will follow.{{ cite("rail") }}': ("will", "rail"),
    'The tailored pact was signed on 22 January.{{ cite("pact") }}': ("was signed", "pact"),
    'The pilots signed a tailored pact in January.{{ cite("pact") }}': ("signed", "pact"),
    'The keeper took office in February.{{ cite("keeper") }}': ("took office", "keeper"),
    'The town has a keeper, who took office in May.{{ cite("keeper") }}': ("took office", "keeper"),
    'The town announced a new keeper, who has started in office.{{ cite("keeper") }}': ("has started", "keeper"),
    'The mayor came and signed a tailored pact.{{ cite("pact") }}': ("signed", "pact"),
    'The visit in {{ fact("berths").date }} finalised {{ fact("pact").phrase }}.': ("finalised", "pact"),
    'The pact is in force.{{ cite("pact") }}': ("is in force", "pact"),
    'The port’s rail link was completed, the gazette says.{{ cite("rail") }}': ("was completed", "rail"),
    'The museum’ll open in spring.{{ cite("museum") }}': ("’ll", "museum"),
}


@pytest.mark.parametrize("text", WRITERS)
def test_a_writers_sentence_is_reported_for_the_fact_that_its_verb_is_about(text: str) -> None:
    verb, id = WRITERS[text]
    (message,) = found(verb_status.check, text, *FACTS)
    assert f"'{verb}'" in message
    assert f"fact '{id}'" in message


RIGHT = """
The port opened {{ fact("berths").phrase }}, and plans {{ fact("rail").phrase }}.
The port opened two berths in 2030 and is to build a rail link.{{ cite("berths", "rail") }}
Neither paper says whether the rail link has been finished, or the museum has opened, since.{{ cite("rail", "museum") }}
The rail link has not been opened.{{ cite("rail") }}
Has the rail link been opened?{{ cite("rail") }}
Once the rail link has opened, trade may grow.{{ cite("rail") }}
Until the museum is open, nobody pays.{{ cite("museum") }}
The port opened talks on the rail link.{{ cite("rail") }}
The committee has met twice.{{ cite("rail") }}
**Rail is offered, not yet delivered.** {{ fact("rail") }}
The mayor said that the rail link would open.{{ cite("rail") }}
The mayor says the rail link will open in 2033.{{ cite("rail") }}
The rail link would have opened in 2030 but for the storm.{{ cite("rail") }}
The port, which opened two berths, plans {{ fact("rail").phrase }}.{{ cite("rail", "berths") }}
If the museum opens, it will draw visitors.{{ cite("museum") }}
The visit brought the offer of {{ fact("rail").phrase }}, and {{ fact("berths").phrase }}.
Watch when the museum has opened.{{ cite("museum") }}
The Port of Halvern started a new shift.{{ cite("rail") }}
A tender for the rail link was launched in May.{{ cite("rail") }}
The storm closed the quay before the rail link could be built.{{ cite("rail") }}
The port joined the league in 1990, and {{ fact("rail").phrase }} is to follow.
The town has the will to open the museum.{{ cite("museum") }}
There is no sign that the museum has opened.{{ cite("museum") }}
It is not known that the rail link has opened.{{ cite("rail") }}
The pact rests on ties built over decades.{{ cite("pact") }}
The pact builds on talks held in January.{{ cite("pact") }}
The port has opened the door to a tailored pact.{{ cite("pact") }}
The port and the pilots have entered negotiations on the pact.{{ cite("pact") }}
When the keeper starts is an open question.{{ cite("keeper") }}
The date of the museum’s opening is open.{{ cite("museum") }}
The keeper’s post is to build on arrangements already in place.{{ cite("keeper") }}
By the port’s reckoning, the rail link will open in 2033.{{ cite("rail") }}
The museum will not open before spring, the town warns; analysts expect it will slip.{{ cite("museum") }}
The gains will have to wait until the pact is finalised.{{ cite("pact") }}
Nothing in either paper shows that the pact has been signed.{{ cite("pact") }}
The pact has been proposed, discussed and welcomed.{{ cite("pact") }}
The pact, once finalised, is to run for years.{{ cite("pact") }}
The gains wait on the unfinished pact.{{ cite("pact") }}
What the pact will bring is argued by the gazette.{{ cite("pact") }}
Who will pay for the rail link is not said.{{ cite("rail") }}
How the museum will be paid for is open.{{ cite("museum") }}
The port was founded in 1870 and plans a rail link.{{ cite("rail") }}
Two berths, built in 1990 and opened in 2030, wait for {{ fact("rail").phrase }}.
The pact, drafted and signed by nobody so far, is to bring order.{{ cite("pact") }}
The museum opened by the mayor’s wish is to stay in the customs house.{{ cite("museum") }}
The town views expanded museum hours with caution.{{ cite("museum") }}
Each completed rail link was once a plan.{{ cite("rail") }}
The rail link has been under discussion since 2020.{{ cite("rail") }}
The old customs house, closed in 1990, is to be a museum.{{ cite("museum") }}
The old customs house was closed in 1990 and is to be a museum.{{ cite("museum") }}
The town bought the customs house for a museum in 2020, and expects it to open.{{ cite("museum") }}
Had the rail link been built, trade would have grown.{{ cite("rail") }}
The rail link remains on paper; the berths were built in 2030.{{ cite("rail", "berths") }}
The berths have opened but the rail link has not.{{ cite("berths", "rail") }}
Unlike the berths, which opened in 2030, the rail link is only planned.{{ cite("berths", "rail") }}
The port says: “we will build the rail link.”{{ cite("rail") }}
It is too early to say that the rail link has been built.{{ cite("rail") }}
Far from having opened, the museum has no roof.{{ cite("museum") }}
The rail link may have been started.{{ cite("rail") }}
The gazette wrongly reported that the museum had opened.{{ cite("museum") }}
"""


@pytest.mark.parametrize("text", lines(RIGHT))
def test_a_writers_sentence_that_tells_what_is_known_is_not_reported(text: str) -> None:
    assert found(verb_status.check, text, *FACTS) == []


def test_the_label_that_a_figure_shows_counts_too() -> None:
    text = '{{ figure("timeline", ["x", "berths"], alt="Steps.") }}'
    for label, told in (("Link opened", 1), ("Link is to open", 0), ("Link opens", 0), ("Link will open", 1)):
        one = fact("x", "The port plans a link.", kind="event", status="expected", label=label, date="2033")
        assert len(found(verb_status.check, text, one, BERTHS)) == told, label
