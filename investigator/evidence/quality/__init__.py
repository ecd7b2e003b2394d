"""Doubts about historian data that need no model."""
