"""The composed memo: one tree of blocks and inlines, the same for every output format.

`tree` has the types and `walk` goes through them; `as_json` writes and reads them as files carry them; `sentences` cuts
their text into passages and sentences; `composed` keeps beside the tree where everything in it was written; `furniture`
words the title block, header, footer and list of changes.
"""
