"""The Word template that docxtpl fills: made once, before anything is timed, and without docxtpl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx

STYLES = ("Normal", *(f"Heading {level}" for level in range(1, 7)), "List Bullet", "List Number", "Quote", "Caption")


def make_template(path: Path) -> None:
    """The template: for each block one paragraph of its style, or a table, or a picture."""
    made: Any = docx.Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = "{{ words.banner }}\t\t{{ words.short_title }}"
    section.footer.paragraphs[0].text = "{{ words.footer }}"
    made.add_paragraph("{{ words.title }}", "Title")
    made.add_paragraph("{%p for label, value in words.title_rows %}")
    made.add_paragraph("{{ label }}\t{{ value }}")
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{%p for block in blocks %}")
    for style in STYLES:
        made.add_paragraph(f"{{%p if block.style == '{style}' %}}")
        made.add_paragraph("{{r block.words }}", style)
        made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p if block.picture %}")
    made.add_paragraph("{{ block.picture }}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p if block.rows %}")
    table = made.add_table(3, 3, "Table Grid")
    table.cell(0, 0).text = "{%tr for row in block.rows %}"
    for cell, text in zip(
        table.rows[1].cells, ("{%tc for cell in row %}", "{{r cell }}", "{%tc endfor %}"), strict=True
    ):
        cell.text = text
    table.cell(2, 0).text = "{%tr endfor %}"
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    made.save(str(path))
