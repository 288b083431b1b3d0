"""Values as other libraries leave them (see `findings/`): each is reported, in a frame as on a claim by itself."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck import validate_claim
from claimcheck.frames import validate_frame

pd = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'claimcheck[test-pandas]'")

LINE = {"procedure_code": "99213", "units": 1, "charge": "90.00", "service_date": "2024-07-15"}
#: What stood in the file, what the library made of it, and the rule that says so.
LEFT = [
    ("modifiers", "25,59", 2559, "COD301"),  # pandas.read_html takes the comma for a separator of thousands
    ("diagnosis_pointers", "1,2", 12, "STR503"),
    ("service_date", "2024-07-15", 23572.0, "STR401"),  # pandas.read_sas: days since 1960, of a transport file
    ("procedure_code", "99213", b"99213", "COD101"),  # pandas.read_sas without an encoding
    ("units", "30", '0 "29"', "STR301"),  # xlsx2csv, of 30 in the number format 0 "d"
    ("units", "2", '0 "units"', "STR301"),
    ("charge", "125.00", "-125.00", "STR201"),  # cobutils, of a packed amount with the sign C
    ("charge", "125.00", "99213 125.00", "STR201"),
    ("procedure_code", "99213", "9", "COD101"),  # hl7find: the first component of a code without components
    ("procedure_code", "3E033", 3e33, "COD101"),  # pandas.read_json, and CSV readers
]


@pytest.mark.parametrize(("field", "stood", "left", "rule_id"), LEFT)
def test_it_is_told(field: str, stood: Any, left: Any, rule_id: str) -> None:
    def found(value: Any) -> set[str]:
        head = {"claim_id": "7", "claim_type": "professional", "diagnoses": ["I10", "E119"]}
        claim = {**head, "lines": [{**LINE, field: value}]}
        by_claim = {finding.rule_id for finding in validate_claim(claim).findings}
        row = {**head, "diagnoses": "I10,E119", **LINE, field: value}
        frame = validate_frame(pd.DataFrame([row])).findings
        assert (rule_id in frame["rule_id"].to_list()) is (rule_id in by_claim)
        return by_claim

    assert rule_id in found(left)
    if (field, stood) != ("procedure_code", "3E033"):  # which is of ICD-10-PCS, and malformed as a procedure code too
        assert rule_id not in found(stood)


def test_claim_numbers_that_became_one_number_are_one_claim() -> None:
    """pandas.read_json makes 71 of "0071" and of "71": nothing shows that they were two."""
    rows = [{"claim_type": "professional", **LINE, "claim_id": claim_id} for claim_id in ("0071", "71")]
    assert len(validate_frame(pd.DataFrame(rows)).claims) == 2
    assert len(validate_frame(pd.DataFrame(rows).assign(claim_id=71)).claims) == 1
