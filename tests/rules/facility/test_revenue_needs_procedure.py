from datetime import date

import pytest

from claimcheck import validate_claim
from claimcheck.policies import Policy
from claimcheck.rules.facility.revenue_needs_procedure import MISSING
from support.cases import Case, institutional, line, of_rule, rule_tests

PAYERS = Policy.load("default").replace(
    facility__revenue_needs_procedure={
        "bills": [{"types": ["13"]}],
        "required": ["0260", "0637"],
        "exempt": ["0637"],
        "others": False,
    },
    facility__revenue_codes={"bills": [], "valid": []},
)


def bare(revenue_code: str, *modifiers: str, **fields: object) -> list[dict]:
    return [line(None, *modifiers, revenue_code=revenue_code, **fields)]


HITS = {
    "neither packaged nor exempt": Case(bare("0450"), institutional(), line=1, outcome=MISSING),
    "whatever the charge": Case(bare("0450", charge="0.00"), institutional(), line=1, outcome=MISSING),
    "no condition code 41 on 12x": Case(bare("0450"), institutional("0121"), line=1, outcome=MISSING),
    "condition code 41 on 13x": Case(bare("0450"), institutional(condition_codes=["41"]), line=1, outcome=MISSING),
    "a rehabilitation facility": Case(bare("0420"), institutional("0741"), line=1, outcome=MISSING),
    "a bill type in two characters": Case(
        bare("0450"), institutional("13", frequency_code="1"), line=1, outcome=MISSING
    ),
    "required by the payer's own list, which wins over exempt": Case(
        bare("0637"), institutional(), policy=PAYERS, line=1, outcome=MISSING
    ),
    "0161 for a claim received when it was known": Case(
        bare("0161", day="2022-06-15"), institutional(received_date="2022-07-05"), line=1, outcome=MISSING
    ),
}
MISSES = {
    "packaged": Case(bare("0250"), institutional()),
    "exempt": Case(bare("0637"), institutional()),
    "of corneal tissue and anesthetists": Case(bare("0964"), institutional()),
    "a procedure code": Case([line("99283", revenue_code="0450")], institutional()),
    "a malformed procedure code": Case([line("9928", revenue_code="0450")], institutional()),
    "condition code 89 on 13x": Case(bare("0450"), institutional(condition_codes=["89"])),
    "condition code 41 on 12x": Case(bare("0450"), institutional("0121", condition_codes=["41"])),
    "an inpatient bill": Case(bare("0450"), institutional("0111")),
    "a critical access hospital": Case(bare("0450"), institutional("0851")),
    "a hospice": Case(bare("0651"), institutional("0811")),
    "a professional claim": Case(bare("0450")),
    "a revenue code that the payer does not know": Case(bare("0458"), institutional()),
    "0161 before it was known": Case(bare("0161", day="2022-06-15"), institutional(received_date="2022-06-20")),
    "the total line": Case(bare("0001"), institutional()),
    "no revenue code": Case([line(None)], institutional()),
    "not on the payer's own list": Case(bare("0450"), institutional(), policy=PAYERS),
    "a bill type that cannot be read": Case(bare("0450"), institutional("013X9")),
}
test_hits, test_misses = rule_tests("FAC101", HITS, MISSES)

# Counts of CMS's Integrated Outpatient Code Editor, version 25.2, run over 0000 to 9999 on a 13x bill, each alone and
# without a HCPCS code: edit 48 on 405 codes and, with edit 79, on two more; edit 41 on 9460 numbers; edit 65 on 33.
# 0001 is one of the 407, and is kept out here as the total line; of the numbers of edit 41, some are reserved.


@pytest.fixture(scope="module")
def each_alone():
    claim = institutional(received_date="2024-07-20", statement_through="2024-07-15")
    lines = [line(None, revenue_code=f"{number:04}") for number in range(10_000)]
    return validate_claim({**claim, "lines": lines})


def test_as_many_codes_need_a_procedure_as_in_the_published_editor(each_alone):
    assert len(of_rule(each_alone, "FAC101")) == 407 - 1


def test_as_many_codes_are_unknown_as_in_the_published_editor(each_alone):
    assert len(of_rule(each_alone, "FAC102")) == 9460


def test_as_many_codes_are_unrecognized_as_in_the_published_editor(each_alone):
    assert len(of_rule(each_alone, "FAC103")) == 33


def test_the_receipt_decides_and_not_the_service():
    policy = Policy.load("default")
    assert policy.boundaries.index(date(2022, 7, 1)) > 0
    for received, rules in (("2022-06-30", {"FAC102"}), ("2022-07-01", {"FAC101"})):
        result = validate_claim({**institutional(received_date=received), "lines": bare("0161", day="2022-06-15")})
        assert {finding.rule_id for finding in result.findings} & {"FAC101", "FAC102"} == rules
