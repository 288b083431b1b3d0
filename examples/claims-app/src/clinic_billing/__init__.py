"""Makes the claims of a clinic's visits."""
