"""Frames of service lines in, frames of verdicts out. Needs the extra `frames`."""

from claimcheck.frames.validating import FrameVerdict, validate_batches, validate_frame

__all__ = ["FrameVerdict", "validate_batches", "validate_frame"]
