"""Laboratory results and their limits."""
