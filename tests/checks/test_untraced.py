"""What stands in the writer's own words and in no fact on the sentence is found, and nothing else is."""

from __future__ import annotations

import pytest

from memo.checks.untraced import check
from tests.checks.prose import words_found

FOUND = [
    # numbers in digits
    ("The yard has 46 cranes.", ["46"]),
    ("It cost 3.4 million crowns, or 3,400,000.", ["3.4", "3,400,000"]),
    ("A rise of 12% followed; then 7 per cent more.", ["12", "7"]),
    ("Between 3 and 5 ships call.", ["3", "5"]),
    ("It lies 12-15 miles off.", ["12", "15"]),
    ("The 21st ship came at 10:30.", ["21st", "10:30"]),
    ("It paid $45m, then €7bn.", ["$45", "€7"]),
    ("The strait is 9km wide; it took $5M.", ["9", "$5"]),
    ("It takes 2 hundred thousand crowns, or two and a half million.", ["2", "two and a half million"]),
    ("Under Article 5, aid is due.", ["5"]),
    # numbers in words
    ("Five ships came, then a dozen, then twenty-five.", ["Five", "a dozen", "twenty-five"]),
    ("Two hundred and fifty thousand crowns were paid.", ["Two hundred and fifty thousand"]),
    ("A third of the fleet is lost, and two-thirds of the crews.", ["A third", "two-thirds"]),
    ("It rose by half, and prices by a quarter.", ["half", "a quarter"]),
    ("One of three ships is late.", ["One", "three"]),
    ("One in ten crews left within one year.", ["One", "ten", "one"]),
    ("Thousands came; it was twice as many.", ["Thousands", "twice"]),
    ("The three-week strike ended after two years.", ["three", "two"]),
    ("The two years since were quiet.", ["two"]),
    ("Half a million crowns were lost.", ["Half a million"]),
    ("It cost £4m by mid-2029, and more post-2030.", ["£4", "2029", "2030"]),
    ("Four-fifths of it, or seven of the ten, went.", ["Four-fifths", "seven"]),
    ("Two and a half years passed.", ["Two and a half"]),
    # dates
    ("She came on 3 May 2031.", ["3 May 2031"]),
    ("She came on May 3, 2031 and left in June.", ["May 3, 2031", "June"]),
    ("In the spring of 2032, work begins.", ["spring of 2032"]),
    ("Work begins in autumn 2032.", ["autumn 2032"]),
    ("It goes back to the 1990s.", ["1990s"]),
    ("It was built in 1974–76.", ["1974–76"]),
    ("Since 2029, little has changed.", ["2029"]),
    ("It is due by 2032-05-01.", ["2032-05-01"]),
    # names
    ("Ada Quay is against it.", ["Ada Quay"]),
    ("Quay’s office says no.", ["Quay"]),
    ("The Customs Union of Ports and the CUP-led league agree.", ["Customs Union of Ports", "CUP"]),
    ("The town pays; LOSH does not.", ["The town", "LOSH"]),
    ("Tide Watch reports it.", ["Tide Watch"]),
    ("The port office denies it.", ["The port office"]),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_what_no_fact_carries_is_found_word_for_word(text, found):
    assert sorted(words_found(check, text), key=text.find) == found


FREE = [
    "Nothing of note happened on the quay.",
    "On the one hand it helps; on the other it does not. One another’s ships are let in.",
    "One would think that no one cares. It is one thing to plan.",
    "One day the two sides will talk; all three agree, and the other two wait.",
    "It is a zero-sum game, a two-way street and a half-hearted plan.",
    "They will think twice. A third party may help, and a third country.",
    "It runs release 2.5.1 on the Mark-7.",
    "First, the second ship matters; the third does not.",
    "In the second half, much changed. The quarter by the sea is old.",
    "It flew an F-16, sailed a T-34 and met the G7 under COVID-19 rules on 5G.",
    "One of the two sides spoke of the twenty-first century and of the nineteen-nineties.",
    "Option two and point 3 come first; the P5+1 met; Minsk-2 holds; he scores points.",
    "See page 3, Figure 2, note 14 and Tables 1 and 2: (1) ships, (2) trains.",
    "May the port prosper. March on, they say.",
    "A hundredweight of one-sided praise; an onerous tenor.",
    "Write to desk7@halvern.example or see <https://halvern.example/2030?page=12> for more.",
    "The Port of Halvern, or the Port, is the subject.",
    "Quayside talk counts for little; a townsman says as much.",
    "This memo is of 14 March 2031.",
    "# 2.1 Outlook",
]


@pytest.mark.parametrize("text", FREE)
def test_words_that_tell_no_number_date_or_known_name_are_left_alone(text):
    assert words_found(check, text) == []


CARRIED = [
    ("Two berths, 2 in all, came in 2030.", "berths"),
    ("The yard has 45 cranes.", "berths"),
    ("The Halvern Gazette and the port office say so.", "berths"),
    ("Ada Quay, Mayor of Halvern, came on 21–22 January 2031.", "visit"),
    ("Quay came in January, on the 21 January 2031.", "visit"),
    ("She came in January 2031, and in 2031.", "visit"),
    ("She came from 21 to 22 January.", "visit"),
    ("The report is of 2 March 2031.", "visit"),
    ("Half of it, 50 per cent, went by rail: 2.4 million crowns, or 2,400,000.", "trade"),
    ("The CUP guards 600 kilometres of coast.", "coast"),
    ("Six hundred kilometres are a long way.", "coast"),
    ("It is due in spring 2033, in 2033, in the 2030s.", "link"),
]


@pytest.mark.parametrize(("text", "cited"), CARRIED)
def test_what_a_cited_fact_carries_is_left_alone(text, cited):
    assert words_found(check, f'{text}{{{{ cite("{cited}") }}}}') == []


MISTAKEN = [
    ("She came on 23 January 2031.", "visit", ["23 January 2031"]),
    ("It opened on 1 May 2030.", "berths", ["1 May 2030"]),
    ("It opened in March 2030.", "berths", ["March 2030"]),
    ("The CUP guards 600 miles of coast.", "coast", ["600"]),
    ("The CUP guards 601 km of coast.", "coast", ["601"]),
    ("A third of it went by rail.", "trade", ["A third"]),
    ("The yard has 45,000 cranes.", "berths", ["45,000"]),
    ("It cost 2bn crowns.", "berths", ["2"]),
    ("It is due in autumn 2033.", "link", ["autumn 2033"]),
    ("Quay and LOSH agree.", "visit", ["LOSH"]),
]


@pytest.mark.parametrize(("text", "cited", "found"), MISTAKEN)
def test_what_a_cited_fact_has_otherwise_is_found(text, cited, found):
    assert words_found(check, f'{text}{{{{ cite("{cited}") }}}}') == found


def test_the_words_of_facts_are_carried_by_themselves():
    assert words_found(check, '{{ fact("coast") }} There are {{ fact("berths").phrase }}.') == []


def test_a_note_answers_for_the_sentences_before_it_and_not_for_those_after():
    text = 'Quay came. Quay spoke.{{ cite("visit") }} Quay left.'
    assert words_found(check, text) == ["Quay"]
    assert next(iter(check_places(text))) == text.rindex("Quay")


def check_places(text):
    from tests.checks.prose import memo

    return [problem.place.column - 1 for problem in check(memo(text))]


def test_a_row_of_a_table_is_one_sentence():
    row = '| Quay | {{ fact("visit").label | default("Visit") }}{{ cite("visit") }} | LOSH |'
    assert words_found(check, f"| Who | What | With |\n|---|---|---|\n{row}") == ["LOSH"]


def test_the_numbers_of_rows_are_free():
    rows = '| {} | {{{{ fact("visit").phrase }}}} |\n| {} | {{{{ fact("visit").phrase }}}} |'
    assert words_found(check, f"| No. | What |\n|---|---|\n{rows.format('1', '2.')}") == []
    assert words_found(check, f"| No. | What |\n|---|---|\n{rows.format('1', '3')}") == ["3"]


def test_headings_captions_and_titles_are_carried_by_what_they_head():
    assert words_found(check, '# What Quay did\n\nShe came.{{ cite("visit") }}\n\n# What LOSH did\n\nNothing.') == [
        "LOSH"
    ]
    rows = '| Quay in 2031 | B |\n|---|---|\n| {{ fact("visit").phrase }} | 1 |'
    assert words_found(check, f"Table: Quay and LOSH\n\n{rows}") == ["LOSH", "1"]
    told = 'She came.{{ cite("visit") }}'
    assert words_found(check, told, title="Quay in 2031") == []
    [message] = words_found(check, told, title="Quay and LOSH")
    assert "‘LOSH’" in message


def test_a_count_of_what_follows_is_free_and_another_is_not():
    text = "{} points matter:\n\n- Ships.\n- Trains.\n- Men."
    assert words_found(check, text.format("Three")) == []
    assert words_found(check, text.format("Four")) == ["Four"]


def test_a_sentence_that_opens_a_list_is_carried_by_its_items():
    assert words_found(check, 'Quay did much:\n\n- She came.{{ cite("visit") }}') == []


def test_what_memo_words_itself_is_left_alone():
    assert words_found(check, '{{ fact("coast") }}\n\n# Sources\n\n{{ source_summary() }}\n\n{{ sources() }}') == []


def test_in_another_language_digits_dates_and_names_are_found_and_no_words():
    text = "Halvern a 46 grues et deux quais depuis mai 2031."
    assert words_found(check, text, language="fr") == ["Halvern", "46", "mai 2031"]
