"""The acts of an investigation: each is one frozen value, recorded as one entry of the log."""
