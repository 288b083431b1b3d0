"""What was compiled once is answered as if it were compiled anew."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, Diagnosis, ServiceLine, Validator
from claimcheck.engine import shared
from claimcheck.tables.rows import PtpRow
from engine.generated import claims
from tables.making import DAY, PTP, opened, reading

VALIDATOR = Validator()


@given(some=st.lists(claims(max_lines=3), min_size=1, max_size=4))
def test_a_used_validator_says_what_a_new_one_says(some):
    used = [VALIDATOR.validate(claim) for claim in some]
    assert used == [Validator(VALIDATOR.policy).validate(claim) for claim in some]


@given(some=st.lists(claims(max_lines=3), min_size=2, max_size=4))
def test_the_order_of_claims_changes_nothing_where_they_are_apart(some):
    one, other = Validator(VALIDATOR.policy), Validator(VALIDATOR.policy)
    forward = [one.validate(claim) for claim in some]
    backward = [other.validate(claim) for claim in reversed(some)]
    assert forward == backward[::-1]


def test_a_full_cache_is_thinned_and_changes_nothing(monkeypatch):
    claim = Claim(
        claim_type="professional",
        diagnoses=[Diagnosis("E11.9"), Diagnosis("I10")],
        lines=[
            ServiceLine(code, units=1, service_date=day) for code in ("99213", "3044F") for day in ("2024-07-15", None)
        ],
    )
    expected = Validator().validate(claim)
    for bound in ("_MOST_KEPT", "_MOST_DIAGNOSES"):
        monkeypatch.setattr(shared, bound, 1)
    small = Validator()
    assert [small.validate(claim) for _ in range(3)] == [expected] * 3
    (setting,) = small._workshop._settings.values()
    assert len(setting.lines) == len(setting.as_billed) == len(small._workshop._diagnoses) == 1
    assert len(small._workshop._eras) == 1


def test_lines_that_are_alike_are_compiled_once():
    validator = Validator()
    lines = [
        ServiceLine("99213", units=1, charge=charge, service_date=day, rendering_npi=npi)
        for charge, day, npi in (
            ("100.00", "2024-07-15", "1234567893"),
            ("125.37", "2024-07-16", "1003000126"),
            ("99.00", "2024-07-17", "1245319599"),
        )
    ]
    validator.validate(Claim(claim_type="professional", received_date="2024-09-01", lines=lines))
    (setting,) = validator._workshop._settings.values()
    assert len(setting.lines) == 1


LINE = {"procedure_code": "99213", "units": "1", "charge": "100.00", "service_date": "2024-07-15", "line_number": 1}
#: What a line may say beside, of which each makes it another line; and claims on which one line says something else.
OTHERS = [
    *({**LINE, **change} for change in ({"line_number": "one"}, {"units": "1.5"}, {"charge": "0.01"}, {"charge": "x"})),
    *({**LINE, **change} for change in ({"rendering_npi": "1234567890"}, {"clia": "no"}, {"ndc": "1"})),
    *({**LINE, **change} for change in ({"tooth_numbers": ["33"]}, {"tooth_surfaces": ["X"]}, {"oral_cavity": ["50"]})),
    *({**LINE, **change} for change in ({"description": "as said"}, {"description": 5}, {"result_value": "7"})),
    *({**LINE, **change} for change in ({"service_date": "2024-12-31"}, {"service_date_end": "2024-07-01"})),
    *(
        {**LINE, **change}
        for change in ({"diagnosis_pointers": [2]}, {"diagnosis_pointers": ["?"]}, {"modifiers": ["ZZ"]})
    ),
]
ON = [{}, {"diagnoses": ["I10", "E119"]}, {"received_date": "2024-07-01"}, {"birth_date": "2024-08-01"}]


def test_a_line_is_told_from_each_other_by_all_that_stands_on_it():
    claims = [
        {"claim_type": "professional", "received_date": "2024-09-01", **on, "lines": [line]}
        for line in [LINE, *OTHERS]
        for on in ON
    ]
    anew = [Validator(VALIDATOR.policy).validate(claim) for claim in claims]
    assert len({str(result.to_dict()["findings"]) + str(result.to_dict()["lines"]) for result in anew}) > len(OTHERS)
    for order in (1, -1):
        used = Validator(VALIDATOR.policy)
        assert [used.validate(claim) for claim in claims[::order]] == anew[::order]


def test_a_line_is_found_by_what_stands_on_it_where_nothing_is_there_that_few_lines_have():
    used = Validator(VALIDATOR.policy)
    for line in (
        LINE,
        {**LINE, "charge": "120.00"},
        {**LINE, "description": "as said"},
        {**LINE, "line_number": "one"},
    ):
        used.validate({"claim_type": "professional", "lines": [line]})
    (setting,) = used._workshop._settings.values()
    assert len(setting.as_billed) == 1
    assert len(setting.lines) == 3


def test_a_pair_is_asked_for_on_each_day(tmp_path):
    rows = [PtpRow("11719", "11720", date(2020, 1, 1), DAY, 1, "")]
    validator = Validator(tables=opened(tmp_path, reading(PTP, rows)))
    denied = []
    for day in (DAY + timedelta(1), DAY, DAY + timedelta(1)):
        lines = [ServiceLine(code, units=1, service_date=day) for code in ("11719", "11720")]
        result = validator.validate(Claim(claim_type="professional", received_date="2024-09-01", lines=lines))
        denied.append([found.line_number for found in result.findings if found.rule_id == "NCCI101"])
    assert denied == [[], [2], []]
