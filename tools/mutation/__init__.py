"""Mutation testing: would the tests notice? `python -m tools.mutation run PACKAGE`; see tools/mutation/README.md."""
