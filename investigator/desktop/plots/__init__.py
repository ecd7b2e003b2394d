"""Curves, ribbons and maps over one shared time axis."""
