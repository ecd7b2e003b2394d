"""Parsed samples on disk, read by tag and time, with their pyramid."""
