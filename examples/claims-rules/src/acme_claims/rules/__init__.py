"""The rules of ACME, a module each."""
