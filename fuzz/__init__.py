"""Fuzzing of every door that takes what others wrote. `python -m fuzz run TARGET --executions N`; see fuzz/README.md."""
