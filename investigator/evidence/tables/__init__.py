"""Tables of text out of files: how each is written, what its columns are."""
