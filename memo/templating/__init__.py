"""Templates: Jinja's syntax, read by Jinja and walked by memo, in which facts are values and never strings.

A file's text (``source``) is parsed by Jinja's own parser (``parser``); its statements are executed one after the other
(``statements``), their expressions evaluated (``expressions``) to values (``values``), with operators, filters and
functions in files of these names. ``run`` has what all of them share: what is found and read, how much a template may
do, and where in it the interpreter is. `memo.templating.statements.render` is the way in.
"""
