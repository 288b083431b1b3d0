"""The policies of ACME, as TOML files."""
