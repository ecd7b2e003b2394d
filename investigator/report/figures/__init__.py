"""The figures of the report, drawn as vectors for the page."""
