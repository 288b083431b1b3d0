"""Validates frames of service lines and returns frames of results. Needs the extra `frames`."""

from claimcheck.extras import extra
from claimcheck.renamed import renamed

with extra("frames"):
    from claimcheck.frames.recorded import recorded_frame, recorded_lines
    from claimcheck.frames.results import results_frame
    from claimcheck.frames.validating import FrameResult, validate_batches, validate_frame
    from claimcheck.frames.x12 import Batch837, read_837

__all__ = [
    "Batch837",
    "FrameResult",
    "read_837",
    "recorded_frame",
    "recorded_lines",
    "results_frame",
    "validate_batches",
    "validate_frame",
]

__getattr__ = renamed(__name__, {"FrameVerdict": ("FrameResult", FrameResult)})
