"""Estimation of a twin's parameters from the characterisation data of its line."""
