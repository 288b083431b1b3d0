"""One published edit per module, grouped in families."""
