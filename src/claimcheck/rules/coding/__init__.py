"""Whether codes are in the right fields, and in force."""
