"""Plant faults, one at a time, into two dossiers of different subjects, and count how many memo's checks find.

`statements.py` reads the honest sentences of each dossier (`warmth.yaml`, `lighthouse.yaml`); `faults.py` makes false
ones of them, with the words of `words.py`; `places.py` sets a sentence wherever a reader looks; `recall.py` runs the
checks on each and says what was found; `prose.py` runs them on real sentences that carry themselves; `table.py` prints
what came of it. `measured.json` holds the figures as floors (`tests/test_planted.py`).

    python -m tests.planted                    # measure and print
    python -m tests.planted --update           # and write measured.json and docs/checks.md
    python -m tests.planted --missed number    # print what is not found of one kind

Nothing here is taken from the word lists of the checks, and the checks must not take theirs from here.
"""
