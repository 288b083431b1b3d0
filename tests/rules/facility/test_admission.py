import pytest

from claimcheck.policies import Policy
from claimcheck.rules.facility.admission import ORIGIN, TYPE
from support.cases import Case, institutional, line, of_rule, rule_tests

ANY = Policy.load("default").replace(facility__admission={})


def bill(kind: object, origin: object, day: str = "2024-07-15", **fields: object) -> Case:
    room = [line(None, day=day, revenue_code="0120")]
    return Case(room, institutional("0111", admission_type=kind, admission_source=origin), **fields)


HITS = {
    "a reserved type": bill("7", "1", outcome=TYPE, evidence={"code": "7"}),
    "no type at all": bill("ELECTIVE", "1", outcome=TYPE, evidence={"code": None}),
    "a reserved point of origin": bill("3", "7", outcome=ORIGIN, evidence={"code": "7"}),
    "a letter that is reserved": bill("3", "Q", outcome=ORIGIN),
    "a newborn from a clinic": bill("4", "2", outcome=ORIGIN, evidence={"admission_type": "4"}),
    "a disaster site before it was assigned": bill("1", "G", "2020-06-30", outcome=ORIGIN),
}
MISSES = {
    "elective, from home": bill("3", "1"),
    "a newborn of this hospital": bill("4", "5"),
    "in small letters": bill("1", "d"),
    "a disaster site": bill("1", "G", "2020-07-01"),
    "the emergency room, while it was a point of origin": bill("1", "7", "2010-06-30"),
    "neither": bill(None, None),
    "a professional claim": Case([line("99213")], {"admission_type": "7", "admission_source": "Q"}),
    "a payer that takes every code": bill("7", "Q", policy=ANY),
}
test_hits, test_misses = rule_tests("FAC302", HITS, MISSES)


@pytest.mark.parametrize("kind", ["3", "4"])
def test_what_is_no_code_is_not_shown(kind):
    (finding,) = of_rule(bill(kind, "SMITH").judge(), "FAC302")
    assert "smith" not in f"{finding.message} {dict(finding.evidence)}".lower()
