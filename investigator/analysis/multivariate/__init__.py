"""Multivariate statistics of normal operation: T2, SPE, contributions, partial least squares."""
