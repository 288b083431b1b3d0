"""How fast claimcheck is, beside its peers: `python -m benchmarks --help`, and docs/performance.md."""
