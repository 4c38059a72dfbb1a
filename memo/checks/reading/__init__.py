"""What checks share to read a memo: its structure, its sentences, and the numbers, dates, names and verbs in them.

``sections``   where things stand: sections, body and summary, rows, lead-ins
``mentions``   which sentences state which fact              ``certainty``  which state a likelihood or a confidence
``traceable``  names, numbers and dates in a text, and the facts that back them
``numbers``    numbers in digits and in words                ``dates``      dates in words, and how precise they are
``verbs``      which verbs report a fact as done             ``quotes``     quotes in their articles
``words``      words, and patterns for lists of them         ``english``    the English words that rules know, in lists
"""
