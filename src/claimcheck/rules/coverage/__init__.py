"""Whether a code is paid at all."""
