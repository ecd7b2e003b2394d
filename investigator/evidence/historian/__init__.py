"""Historian exports in every layout into trajectories, with tag lists and states."""
