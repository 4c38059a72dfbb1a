"""How checks read a memo's sentences: whose they are, and what numbers, dates, names, verbs and hedges stand in them.

``telling``    which sentences tell of which fact            ``told``       which verbs tell of it, and how
``carriers``   what the facts on a sentence carry            ``names``      known names in a text
``numbers``    numbers in a writer's words, in claims and in quotes
``dates``      dates in words, and how precise they are
``quotes``     quotes in their articles                      ``nearest``    the passage most like a lost quote
``prose``      what of a memo is running text                ``roles``      which sections play which part
``markings``   handling markings and their order             ``judgements`` whose a likelihood or a confidence is
``english_*``  the English words that rules know, in lists
"""
