"""Templates: Jinja's syntax, read by Jinja and evaluated by memo, in which facts are values and never strings."""
