"""Mutation testing: would the tests notice? `python -m tools.mutation run ROOM`; see tools/mutation/README.md."""
