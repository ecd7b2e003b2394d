"""Deviation Investigator: why a batch deviated, what is affected, what to do with it.

Nothing is offered here: import from the room that owns the thing.
"""

__version__ = "0.1.0"
