"""Digests, log, keys, signatures and the one clock: what makes a record trustworthy."""
