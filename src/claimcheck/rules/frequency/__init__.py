"""How often a service is paid."""
