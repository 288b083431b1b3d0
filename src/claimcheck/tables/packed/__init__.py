"""Packed tables, read in place from memory that all processes share."""
