"""The composed memo: one tree of blocks and inlines, the same for every output format; its JSON, sentences, places."""
