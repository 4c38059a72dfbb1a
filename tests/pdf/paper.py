"""Pages that PDFs are tried on."""

from __future__ import annotations

from memo.facts.style import Page, Style

SHORT = Style(page=Page(size="Letter", margin_top_mm=80, margin_bottom_mm=80))
"""Has room for some twenty lines, so that rows of tables and their notes go over several pages."""
