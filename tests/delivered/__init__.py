"""Files as they come back from outside: honest ones, altered ones, and ones that mean harm."""
