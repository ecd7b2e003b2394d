"""A model of one line: its package on disk, calibration against that line's data, and replay."""
