"""Pages of a PDF: blocks laid out from the top down, notes at the foot, title block, header and footer."""
