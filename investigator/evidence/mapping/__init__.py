"""Units, and which historian tag is which signal of the twin."""
