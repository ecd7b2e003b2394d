"""From files as a site hands them over to data on one clock, with every loss counted."""
