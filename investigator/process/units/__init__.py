"""The declarations of the unit kinds, one module to a unit."""
