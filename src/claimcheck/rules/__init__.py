"""One published edit per module, grouped in rooms."""
