"""How far the clock of each source stands from the historian's."""
