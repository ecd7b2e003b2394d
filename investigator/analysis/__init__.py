"""From data to cause and impact. Pure: same values and seed, same answer."""
