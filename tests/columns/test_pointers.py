"""Columns hold which diagnoses a line points to, so that rules about pointers need no whole claim."""

from claimcheck import Claim, Validator
from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.table import Columns
from claimcheck.frames.validating import verdicts
from frames.tables_of import frame_of

LINE = {"procedure_code": "20610", "modifiers": ["RT"], "units": 1, "charge": "90.00", "service_date": "2024-07-15"}


def claim(name: str, *pointers: list[int]) -> Claim:
    """A claim whose second diagnosis is a manifestation."""
    lines = [{**LINE, "charge": f"{90 + place}.00", "diagnosis_pointers": own} for place, own in enumerate(pointers)]
    diagnoses = ["G30.9", "F02.80"]
    return Claim(claim_id=name, claim_type="professional", member_id=name, diagnoses=diagnoses, lines=lines)


def test_claims_that_differ_by_their_pointers_are_told_apart_in_columns() -> None:
    claims = [claim("A", [2]), claim("B", [1]), claim("C", [1], [2]), claim("D", [2])]
    frame = frame_of(claims)
    columns = Columns.of(frame.columns, None)
    engine = Engine(ClaimByClaim(columns, Validator(), None), Fields(columns))
    found = [one for part in verdicts(frame, engine) for one in part.findings.iter_rows(named=True)]
    pointed = [(one["claim_id"], one["line_number"]) for one in found if one["rule_id"] == "COD214"]
    assert sorted(pointed) == [("A", 1), ("C", 2), ("D", 1)]
    assert engine.share.odd_claims == 0
