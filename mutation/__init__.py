"""Mutation testing: would the tests notice? `python -m mutation run ROOM`; see mutation/README.md."""
