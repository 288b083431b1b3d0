"""How fast claimcheck is, beside its peers: `python -m tools.benchmarks --help`, and docs/performance.md."""
