"""claimcheck beside an independent port of CMS's outpatient code editor: `python -m tools.benchmarks.differential`."""
