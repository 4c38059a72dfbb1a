"""Text of a PDF: fonts, words measured, lines broken, and what a reader hears of them."""
