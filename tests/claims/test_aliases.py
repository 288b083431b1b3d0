"""The table of other names: each means one field at its level, and what mappings make of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import attrs
import pytest

from claimcheck import Claim, ServiceLine
from claimcheck.claims import Diagnosis, InpatientProcedure, OccurrenceCode, Problem, ValueCode, aliases
from claimcheck.claims.aliases import CLAIM, CODED, DIAGNOSIS, LINE
from claimcheck.io import read_claims

KINDS: dict[str, tuple[type[Any], ...]] = {
    CLAIM: (Claim,),
    LINE: (ServiceLine,),
    DIAGNOSIS: (Diagnosis,),
    CODED: (InpatientProcedure, OccurrenceCode, ValueCode),
}


def own(level: str) -> set[str]:
    return {field.name for kind in KINDS[level] for field in attrs.fields(kind)} - {"source", "problems"}


@pytest.mark.parametrize("level", KINDS)
def test_a_name_means_one_field_and_every_field_has_its_own(level: str) -> None:
    meanings = defaultdict(set)
    for alias in aliases.ALIASES:
        if alias.level == level:
            for name, number in aliases.names_of(alias):
                meanings[name].add((alias.field, number, alias.role))
    assert {name: means for name, means in meanings.items() if len(means) > 1} == {}
    assert {alias.field for alias in aliases.ALIASES if alias.level == level} == own(level)
    assert all(aliases.meant(field, level) == aliases.Place(field) for field in own(level))


@pytest.mark.parametrize(("level", "kind"), [(CLAIM, Claim), (LINE, ServiceLine)])
def test_each_name_fills_its_field(level: str, kind: Any) -> None:
    for name, place in aliases.names(level).items():
        if place.field in ("lines", "reporting_only"):
            continue
        read = kind.from_dict({name: "1"})
        assert not {problem.kind for problem in read.problems} - {"read_as"}, name
        assert getattr(read, place.field), name


CONFLICT = "conflicting_fields"


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"units": 1, "qty": 1}, []),
        ({"units": 1, "qty": "1.00"}, []),
        ({"units": 1, "qty": None}, []),
        ({"units": None, "qty": 1}, []),
        ({"units": " ", "Qty": 1}, []),
        ({"units": 1, "qty": 2}, [(CONFLICT, "units", "qty")]),
        ({"qty": 1, "quantity": 2}, [(CONFLICT, "units", "quantity")]),
        ({"modifiers": ["25"], "mod1": "25"}, []),
        ({"modifiers": ["25"], "mod1": "59"}, [(CONFLICT, "modifiers", "numbered items")]),
        ({"mod2": "59", "mod1": "25"}, []),
    ],
)
def test_two_names_of_one_field(given: dict[str, Any], problems: list[tuple[str, str, str]]) -> None:
    line = ServiceLine.from_dict(given)
    assert line.problems == tuple(Problem(*problem) for problem in problems)
    assert line.units in (None, 1)
    assert line.modifiers in ((), ("25",), ("25", "59"))


def roles(**given: Any) -> list[tuple[str, str]]:
    return [(one.code, one.role) for one in Claim.from_dict(given).diagnoses]  # type: ignore[union-attr, misc]


def test_diagnoses_by_their_roles() -> None:
    assert roles(principal_dx="I10", diagnoses=["E11.9"]) == [("I10", "principal"), ("E11.9", "other")]
    assert roles(principal_dx="E119", diagnoses=["I10", "E11.9"]) == [("I10", "other"), ("E119", "principal")]
    assert roles(dx2="E11.9", dx1="I10", admitting_dx="R07.9") == [
        ("I10", "principal"),
        ("E11.9", "other"),
        ("R07.9", "admitting"),
    ]


def test_a_table_by_other_names_is_read_and_one_by_its_own_goes_first() -> None:
    (claim,) = read_claims(
        b"Claim Number,CPT Code,procedure_code,Mod 1,dos,fl67,dx1,npi\nA,36415,99213,25,7/1/24,I10,E11.9,1\n"
    )
    line = claim.lines[0]
    assert (line.procedure_code, line.modifiers, claim.billing_npi, line.rendering_npi) == ("99213", ("25",), "1", None)
    assert [(one.code, one.role) for one in claim.diagnoses] == [("I10", "principal"), ("E11.9", "other")]  # type: ignore[union-attr]
    assert [problem.kind for problem in claim.problems] == ["unknown_key"]  # the column that is not taken


def test_claims_as_json_by_other_names_are_claims_and_shared_by_their_members() -> None:
    lines = b"".join(
        b'{"claim_number": "%d", "patient_id": "M%d", "service_lines": [{"cpt": "99213"}]}\n' % (number, number % 2)
        for number in range(4)
    )
    assert [claim.lines[0].procedure_code for claim in read_claims(lines)] == ["99213"] * 4
    assert [claim.claim_id for claim in read_claims(lines, wanted=lambda member: member == "M1")] == ["1", "3"]


@pytest.mark.parametrize(
    ("level", "key", "field", "shown"),
    [
        (LINE, "unit", "units", True),
        (LINE, "modifer", "modifiers", True),
        (LINE, "diagnoses", "diagnoses of the claim", True),
        (LINE, "member", "member_id of the claim", True),
        (LINE, "claim", "claim_id of the claim", True),
        (LINE, "productOrService", "procedure_code", True),
        (LINE, "net", "charge", True),
        (LINE, "count", None, True),
        (LINE, "amount", None, True),
        (CLAIM, "insured", "member_id", True),
        (CLAIM, "insurer", "payer_id", True),
        (CLAIM, "created", None, True),
        (CLAIM, "patientName", None, True),
        (CLAIM, "Quixote", None, False),
    ],
)
def test_the_guess_at_an_unknown_key(level: str, key: str, field: str | None, shown: bool) -> None:
    """No far-fetched one: `count` is no NDC unit, `member` no line number, `insured` no source."""
    kind = ServiceLine if level == LINE else Claim
    (problem,) = kind.from_dict({key: "1"}).problems
    assert problem == Problem("unknown_key", field=field, detail=key if shown else "")
    assert aliases.meant(key, level) is None
