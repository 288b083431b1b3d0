"""Fuzzing of every door that takes what others wrote: `python -m tools.fuzz run TARGET`; see tools/fuzz/README.md."""
