"""Reads X12 837 into columns; see `reader`."""

from claimcheck.frames.x12.frame import BRIEF, SCHEMA, claims_of, place_of
from claimcheck.frames.x12.reader import Batch837, claims_at, read_837, survey_837

__all__ = ["BRIEF", "SCHEMA", "Batch837", "claims_at", "claims_of", "place_of", "read_837", "survey_837"]
