"""What is done with a built memo: hand it over, ask who holds it, whether it is fresh, what a delivered file is.

issuing          hand a memo over: freeze its files and enter who was given them
withdrawing      enter that a copy is no longer in force
joining          make one register of two, of branches or clones that both issued
affected_copies  who holds a copy in which a fact has changed since, and how bad that is
freshness        which memos a build would write again, and because of what
tracing          what stands behind a sentence
versions         which version of a memo is meant, and the redline from one to another
verification     what a delivered file is, by its identity and its wording, and whether it is current
"""
