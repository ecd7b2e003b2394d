"""The frame of the window: header, steps, stage, inspector, status line; it knows no case."""
