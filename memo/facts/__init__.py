"""What a dossier is, and how everything that people write in YAML is read: fact sheets, style, front matter.

`dossier`, `style` and `front_matter` declare what may be written; `sheets`, `style_file` and `template_file` read it
by way of `file_text` (bytes to text), `yaml_nodes` (text to nodes) and `decode` (nodes to values). `languages` has the
fixed words that come with memo; `date_words` and `counts` put dates and numbers into a language; `contrast` and
`house_placeholders` tell what is wrong with a look. Nothing is imported here, so that whoever needs only a date
(`edtf`) or a style's words does not load a YAML reader.
"""
