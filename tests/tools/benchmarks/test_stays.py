"""The stays of the differential run of the Medicare Code Editor, and how its edits are held against the port's."""

from __future__ import annotations

from collections import Counter

from tools.benchmarks.differential.inpatient import _NAMES, _apart, _own
from tools.benchmarks.differential.stays import Codes, stays

from claimcheck import Claim, validate_claim
from claimcheck.rules.inpatient_editor import EDITS

CODES = Codes(
    {"questionable_admission": ["E669"], "delivery_outcome": ["Z370"], "unspecified": ["G8100"], "age": ["A33"]},
    {"noncovered": ["00F3XZZ"], "long_stay": ["5A1955Z"]},
)


def test_the_same_seed_gives_the_same_stays() -> None:
    assert list(stays(CODES, 3, 30)) == list(stays(CODES, 3, 30)) != list(stays(CODES, 4, 30))


def test_the_port_names_every_edit_that_can_be_counted() -> None:
    assert {*_NAMES.values()} == EDITS.keys()


def test_stays_are_inpatient_claims_with_edits_of_several_kinds() -> None:
    found: Counter[int] = Counter()
    for claim in stays(CODES, 1, 120):
        result = validate_claim(Claim.from_dict(claim))
        found += _own(claim, result)
    assert {4, 8, 11, 16, 20} <= found.keys() <= EDITS.keys()


def test_a_repeated_diagnosis_counts_once() -> None:
    assert list(_apart(Counter({3: 1, 8: 2}), Counter({3: 2, 8: 1}))) == [8]
