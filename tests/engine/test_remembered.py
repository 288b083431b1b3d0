"""What is remembered of claims beside others is what is said of them when it is worked out anew."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import MemoryHistory, Policy, Validator
from claimcheck.engine import batches
from claimcheck.engine.judgement import Judgement
from claimcheck.rules.registry import all_rules

pytestmark = pytest.mark.exhaustive

NPIS = ("1234567893", "1003000126", None)
LINES = st.fixed_dictionaries(
    {
        "procedure_code": st.sampled_from(["45378", "45380", "99213", "71046", "97110", "36415", "3044F", "3046F"]),
        "modifiers": st.sampled_from([[], [], ["59"], ["25"], ["76"]]),
        "units": st.sampled_from([1, 1, 2, 9, 40]),
        "charge": st.sampled_from(["0.00", "100.00"]),
    }
)
DAYS = st.sampled_from(["2024-07-15", "2024-07-15", "2024-07-16"])
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "lines": st.lists(LINES, min_size=1, max_size=2),
            "day": DAYS,
            "billing_npi": st.sampled_from(NPIS),
            "last": st.sampled_from([None, None, "2024-07-17"]),
            "institutional": st.sampled_from([False, False, False, True]),
        }
    ),
    min_size=2,
    max_size=9,
)
TIMES_OVER = 3
POLICIES = ["default", "zero"]
assert set(POLICIES) <= set(Policy.names())


def batch(drawn):
    """The claims of several members, alike but for whose they are and what they are called."""
    for member in range(TIMES_OVER):
        for number, one in enumerate(drawn):
            lines = [
                {**line, "service_date": one["day"], **({"service_date_end": one["last"]} if one["last"] else {})}
                for line in one["lines"]
            ]
            kind = {"claim_type": "professional"}
            if one["institutional"]:
                kind = {"claim_type": "institutional", "bill_type": "0131"}
                lines = [{**line, "revenue_code": "0510"} for line in lines]
            yield {
                "claim_id": f"{member}-{number}",
                "member_id": f"M{member}",
                "billing_npi": one["billing_npi"],
                "received_date": "2024-08-01",
                "lines": lines,
                **kind,
            }


def told(result):
    return result.to_dict(), result.overturned, result.services


@pytest.mark.parametrize("policy", POLICIES)
def test_it_is_the_same(policy):
    remembering, anew = Validator(policy), Validator(policy)
    remembered = []

    @given(drawn=CLAIMS)
    @settings(max_examples=60, deadline=None)
    def holds(drawn):
        claims = [*batch(drawn)]
        for given_as in (list, iter):
            found = [told(result) for result in remembering.validate_many(given_as(claims))]
            with (
                patch.object(Judgement, "is_beside_others", new=False),
                patch.object(batches, "met_alike", new=lambda *_: None),
            ):
                assert found == [told(result) for result in anew.validate_many(given_as(claims))]
        beside = [known for known in remembering._workshop.together.values() if isinstance(known, tuple)]
        remembered.append(len(beside))

    holds()
    assert remembered[-1] > 20


def test_a_rule_of_another_package_is_asked_of_every_claim(monkeypatch):
    """Of what it reads of other claims' lines nothing is known."""
    import attrs

    from claimcheck.rules.ncci.procedure_to_procedure import procedure_to_procedure

    seen = []

    def check(day):
        seen.extend(line.recorded.claim for line in day.lines if line.recorded)
        yield from ()

    foreign = attrs.evolve(procedure_to_procedure, id="ACME-101", name="acme-pairs", check=check)
    line = {"procedure_code": "99213", "units": 1, "charge": "100.00", "service_date": "2024-07-15"}
    claims = [
        {
            "claim_id": f"{member}{number}",
            "claim_type": "professional",
            "member_id": member,
            "billing_npi": NPIS[0],
            "lines": [line],
        }
        for member in "AB"
        for number in (1, 2)
    ]
    for _ in Validator(history=MemoryHistory(), rules=[*all_rules(), foreign]).validate_many(claims):
        pass
    assert {"A1", "A2", "B1", "B2"} == set(seen)
