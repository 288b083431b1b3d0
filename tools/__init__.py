"""What is run by hand: benchmarks, fuzzing, mutation testing, and tables made from a peer for tests. None is in a release."""
