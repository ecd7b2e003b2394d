"""The batch: its record, event list and extracts; origin of the material and balances."""
