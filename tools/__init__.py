"""Run by hand and in no release: benchmarks, fuzzing, mutation testing, and tables made from a peer for tests."""
