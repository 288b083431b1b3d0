"""What only institutional claims have: revenue codes, bill types."""
