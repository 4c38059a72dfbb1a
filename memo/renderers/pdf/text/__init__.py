"""Text of a PDF: fonts, styles, words measured, paragraphs broken into lines, and what readers are told of them."""
