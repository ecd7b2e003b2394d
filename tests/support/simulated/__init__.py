"""Simulated deviations: normal batches of the plant with a cause written into their evidence."""
