"""An example file of synthetic claims, for `claimcheck demo`."""
