"""Whether codes stand where they belong, and are in force."""
