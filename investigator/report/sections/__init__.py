"""The sections of the report in the order in which inspectors expect them."""
