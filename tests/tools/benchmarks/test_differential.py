"""Differential runs: the same claims for a seed, findings as the editor's edits, and where two sides differ."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tools.benchmarks.differential import differences as told
from tools.benchmarks.differential.claims import Material, random_claims
from tools.benchmarks.differential.differences import REASONS, differences
from tools.benchmarks.differential.edits import COMPARED, edits_of
from tools.benchmarks.differential.pointed import KINDS as POINTED
from tools.benchmarks.differential.pointed import Editor, pointed_claims
from tools.benchmarks.differential.realistic import KINDS, realistic_claims

from claimcheck import Claim, Validator, validate_claim
from support.cases import line

MATERIAL = Material((("17003", ("17000", "17110")), ("99100", ())), (("20610", "99213"),), ("99213", "J1885", "C1713"))
LINE = line("99213", revenue_code="0510")


def claim(*lines: dict[str, Any], bill_type: str = "0131", **fields: Any) -> dict[str, Any]:
    return {"claim_type": "institutional", "bill_type": bill_type, "statement_from": "2024-07-15", **fields} | {
        "lines": [*lines]
    }


def found(given: dict[str, Any], *theirs: tuple[int, int]) -> list[tuple[int, int, bool, str | None]]:
    result = validate_claim(given)
    return [(one.line, one.edit, one.ours, one.reason) for one in differences(given, result, frozenset(theirs))]


def test_a_seed_gives_the_same_claims() -> None:
    one, again, other = ([*random_claims(MATERIAL, seed, 40)] for seed in (1, 1, 2))
    assert one == again != other
    assert len(one) == 40
    assert {each["bill_type"] for each in random_claims(MATERIAL, 1, 10, ["341"])} == {"0341"}


def test_random_claims_are_read_and_come_to_findings() -> None:
    validator = Validator()
    results = [validator.validate(Claim.from_dict(given)) for given in random_claims(MATERIAL, 3, 60)]
    edits = {edit for result in results for _, edit in edits_of(result)}
    assert {22, 41, 48} <= edits <= COMPARED | {42}


@pytest.mark.parametrize(
    ("given", "edit"),
    [
        (claim({**LINE, "procedure_code": None}), (1, 48)),
        (claim({**LINE, "revenue_code": "0002"}), (1, 41)),
        (claim({**LINE, "revenue_code": "0500"}), (1, 65)),
        (claim({**LINE, "procedure_code": "C1713"}, bill_type="0711"), (1, 55)),
        (claim(LINE, condition_codes=["20"]), (1, 11)),
        (claim({**LINE, "procedure_code": "17003"}, bill_type="0851"), (1, 106)),
        (claim(*({**LINE, "procedure_code": code} for code in ("45380", "45385"))), (1, 40)),
        (claim(*({**LINE, "procedure_code": code} for code in ("45378", "45385"))), (1, 20)),
        (claim(LINE, diagnoses=["W19XXXA"]), (0, 5)),
    ],
)
def test_a_finding_is_an_edit(given: dict[str, Any], edit: tuple[int, int]) -> None:
    assert edit in edits_of(validate_claim(given))


def test_where_both_say_the_same_nothing_differs() -> None:
    assert found(claim({**LINE, "revenue_code": "0002"}), (1, 41)) == []


def test_what_one_side_says_alone() -> None:
    assert found(claim(LINE), (1, 41)) == [(1, 41, False, None)]
    assert found(claim({**LINE, "revenue_code": "0002"})) == [(1, 41, True, None)]


def test_edits_that_are_not_compared_make_no_difference() -> None:
    assert found(claim(LINE), (1, 98), (0, 27), (1, 9)) == []


def test_reasons_that_are_known() -> None:
    blank = {**LINE, "procedure_code": None}
    assert found(claim(blank, bill_type="0341"), (1, 48)) == [(1, 48, False, "conflict")]
    assert found(claim({**LINE, "revenue_code": "0002"}), (0, 27)) == [(1, 41, True, "stopped")]
    assert found(claim(blank), (1, 49)) == [(1, 48, True, "inpatient")]
    assert found(claim({**LINE, "procedure_code": "C1713"}, bill_type="0711"), (1, 6)) == [
        (1, 6, False, None),
        (1, 55, True, "invalid"),
    ]


def test_every_reason_is_told_by_something() -> None:
    assert list(REASONS) == list(told._HOLDS)


def test_the_port_says_of_a_claim_what_it_is_known_to_say(tmp_path: Path) -> None:
    """Revenue code 0510 without a procedure code gets edit 48, and 0002 is none (41). Needs the port's environment."""
    from tools.benchmarks.differential.__main__ import _peer

    folder = Path(os.environ.get("CLAIMCHECK_BENCHMARKS", Path(__file__).parents[3] / "build" / "benchmarks"))
    python = folder / "environments" / "pyoce" / "bin" / "python"
    if not python.exists():
        pytest.skip(f"no environment of pyoce under {folder}: run python -m tools.benchmarks.differential once")
    common = {"birth_date": "1960-01-01", "sex": "F", "billing_npi": "1234567893", "patient_status": "01"}
    common |= {"statement_through": "2024-07-15", "received_date": "2024-07-20", "diagnoses": ["J449"]}
    blank = {key: value for key, value in LINE.items() if key != "procedure_code"}
    one = claim(blank, {**LINE, "revenue_code": "0002"}, claim_id="1", **common)
    (answer,) = _peer(python, folder, json.loads(json.dumps([one])))
    assert {(1, 48), (2, 41)} <= {tuple(edit) for edit in answer["edits"]}  # type: ignore[attr-defined]


def test_claims_of_daily_life_are_the_same_for_a_seed_and_of_every_kind():
    one, other = ([*realistic_claims(5, 400)] for _ in range(2))
    assert one == other
    assert one != [*realistic_claims(6, 400)]
    bills = {claim["bill_type"] for claim in one}
    assert bills == {"0121", "0131", "0141", "0341", "0711", "0721", "0761", "0771", "0851"}
    assert len(KINDS) == 18
    assert all(line["service_date"] <= claim["statement_through"] for claim in one for line in claim["lines"])


def editor() -> Editor:
    """A table in which each flag and each status indicator that a kind asks for has codes of its own."""

    class Everything(Editor):
        def with_flag(self, flag: str, day: object = None) -> list[str]:
            return [f"{flag[:4].upper()}{number}" for number in range(6)]

        def of_status(self, *statuses: str, day: object = None) -> list[str]:
            return [f"{status}00{number}" for status in statuses for number in range(6)]

        def diagnosed(self, flag: str) -> list[str]:
            return ["A000", "B000"]

        def paired(self, kind: str) -> list[tuple[str, str]]:
            return [("C1000", "20000")]

        def dated(self, flag: str) -> list[dict[str, str]]:
            return [
                {"code": "J9999", "approved": "2024-07-15", "terminated": "", "effective": "2024-07-01", "deletion": ""}
            ]

        def aged(self, table: str) -> list[dict[str, str]]:
            return [{"code": "99381", "age_min": "0", "age_max": "1"}]

    return Everything((), (), ())


def test_claims_to_the_point_are_the_same_for_a_seed_and_of_every_kind():
    one, other = ([*pointed_claims(editor(), 5, 2 * len(POINTED))] for _ in range(2))
    assert one == other
    assert one != [*pointed_claims(editor(), 6, 2 * len(POINTED))]
    assert all(claim["lines"] and claim["diagnoses"] for claim in one)
    assert all(line["service_date"] <= claim["statement_through"] for claim in one for line in claim["lines"])
