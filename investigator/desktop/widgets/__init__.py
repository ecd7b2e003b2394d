"""The pieces that views are put together from."""
