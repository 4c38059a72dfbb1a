"""A compiler for policy memos.

Curated fact sheets (YAML) fill templates (Markdown + Jinja2); the result is checked, and rendered to DOCX and PDF.
The flow goes one way::

    YAML -load-> Facts -check-> -compose-> Document -check-> -render-> bytes -write-> output/

``load``       fact sheets, style, front matter -> Facts, Style, Template (every YAML that people write)
``compose``    Template + Facts                 -> Document, and where everything in it stands
``checks``     one check a file, and the lists of them
``renderers``  docx and pdf: Document + Style   -> bytes
``figures``    one kind of figure a file        -> Picture: lines, boxes and text
``compare``    Document, Document               -> Document with what came and went
``reread``     a delivered file                 -> the Document it carries, and what its pages say

``project`` prepares the memos of a folder; ``check``, ``build``, ``why`` and ``redline`` each do one thing with them;
above ``build`` stand ``issue``, ``status``, ``impact`` and ``verify``: who was given what, and how it stands.
``cli`` is arguments, printing and exit codes.

Types stand apart from steps: ``facts``, ``template``, ``style``, ``document``, ``picture``, ``problem``. Every step
returns its value and a list of problems; an exception is a bug in memo, never a user's mistake.
"""

__version__ = "0.1.0"
