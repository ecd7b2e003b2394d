"""The validation report of a twin: what was to be reached, what was measured, what follows."""
