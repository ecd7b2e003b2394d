"""Unit operations and sensors with their equations, and their composition into a line.

Knows no files and no statistics.
"""
