"""Time stamps as text into instants, by the column."""
