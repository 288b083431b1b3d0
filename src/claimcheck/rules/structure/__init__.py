"""What a claim must hold at all, and in what form."""
