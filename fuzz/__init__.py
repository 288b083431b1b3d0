"""Fuzzing of every door that takes what others wrote: `python -m fuzz run TARGET`; see fuzz/README.md."""
