"""The acts of an investigation: the only room that joins the others."""
