"""What ACME adds to claimcheck."""
