"""Frames of service lines in, frames of verdicts out. Needs the extra `frames`."""

from claimcheck.frames.recorded import recorded_frame, recorded_lines
from claimcheck.frames.validating import FrameVerdict, validate_batches, validate_frame

__all__ = ["FrameVerdict", "recorded_frame", "recorded_lines", "validate_batches", "validate_frame"]
