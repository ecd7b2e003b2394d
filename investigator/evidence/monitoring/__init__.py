"""Alarm journals, rooms and utilities."""
