"""The edits of the National Correct Coding Initiative."""
