"""The views of the stage, one for each place; they show a scene and say what the person wants."""
