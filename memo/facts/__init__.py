"""What a dossier is, and how everything that people write in YAML is read: fact sheets, style, front matter.

`dossier`, `style` and `front_matter` declare what may be written; `sheets`, `style_file` and `template_file` read it.
Nothing is imported here, so that a date can be had without a reader of YAML.
"""
