"""Edits on professional claims by the payment policy indicators of the physician fee schedule."""
