"""The packed tables: read where they lie, in memory that all processes share."""
