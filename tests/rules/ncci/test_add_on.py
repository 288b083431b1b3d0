from datetime import date

from claimcheck.policies import Policy
from claimcheck.rules.ncci.add_on import ALONE, LEFT_TO_REVIEW, PRIMARY_NOT_PAID
from claimcheck.tables.rows import AddOnRow, FeeScheduleRow
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, procedure_row
from support.made_tables import made_tables

NPI = {"billing_npi": "1234567893"}
SINCE = date(2013, 1, 1)


def rows(*entries: tuple[int, str, str | None]) -> list[AddOnRow]:
    return [AddOnRow(type_, add_on, primary, SINCE, None) for type_, add_on, primary in entries]


ADD_ONS = made_tables(
    "add_on",
    rows(
        (1, "17003", "17000"),
        (1, "11045", "11042"),
        (1, "11046", "11045"),  # borne by an add-on code
        (1, "96375", "96365"),
        (1, "99292", "99291"),
        (2, "99100", None),
        (3, "88311", "88305"),
        (3, "88311", None),
        (1, "C7902", "C7900"),
        (1, "0649T", "72148"),
    ),
)
NOT_COVERED = codes(add_on=rows((2, "99100", None)), outpatient_procedure=[procedure_row("99100", "N", "non_covered")])
BOTH_SIDES = codes(
    add_on=rows((2, "99100", None)),
    fee_schedule=[FeeScheduleRow("99100", "", "A", "000", "1.0", "1.0", "2", "0")],
)
WINTER = made_tables("add_on", rows((1, "17003", "17000")), date(2023, 10, 1), date(2024, 3, 31))
OWN = Policy.load("default").replace(
    ncci__add_on_codes={"own_primaries": [{"add_on": ["99100"], "primaries": ["00100-01999"]}]}
)
ELSEWHERE = Policy.load("default").replace(ncci__add_on_codes={"elsewhere": ["99292"], "without_primary": "review"})
PAID = Policy.load("default").replace(ncci__add_on_codes={"reported_suffices": False, "anywhere_on_claim": ["96375"]})
SAME_DAY = Policy.load("default").replace(ncci__add_on_codes={"day_before": False})
OFF = Policy.load("default").replace(ncci__add_on_codes={"applies": False})


def billed(code: str, revenue_code: str = "0510", **fields: object) -> dict:
    return line(code, revenue_code=revenue_code, **fields)


HITS = {
    # CMS MLN MM13473: G2211 is an add-on code, which the add-on files of 2024 lack
    "an add-on code that the table lacks": Case([line("G2211")], tables=ADD_ONS, line=1, outcome=ALONE),
    "of end-stage renal disease managed on 84x": Case(
        [billed("G2211")], institutional("0841"), tables=ADD_ONS, line=1, outcome=ALONE
    ),
    "beside a visit at home, before 2026": Case([line("G2211"), line("99348")], tables=ADD_ONS, line=1, outcome=ALONE),
    "type 1 alone": Case([line("17003")], line=1, outcome=ALONE),
    "type 1 beside what is no primary of it": Case([line("17003"), line("11042")], line=1, outcome=ALONE),
    "type 1, the primary on another day": Case([line("17003"), line("17000", day="2024-07-16")], line=1, outcome=ALONE),
    "type 1, the primary by another provider": Case(
        [line("17003", rendering_npi="1234567893"), line("17000", rendering_npi="1003000126")], line=1, outcome=ALONE
    ),
    "type 1, the primary denied": Case(
        [line("17000", units=2), line("17003")], line=2, outcome=PRIMARY_NOT_PAID, evidence={"code": "17003"}
    ),
    "type 1, borne by an add-on code without a primary": Case(
        [line("11046"), line("11045")], tables=ADD_ONS, line=1, outcome=PRIMARY_NOT_PAID
    ),
    "type 2": Case([line("99100"), line("00142")], tables=ADD_ONS, line=1, outcome=LEFT_TO_REVIEW),
    "type 2, none of the payer's own primaries": Case(
        [line("99100"), line("99213")], tables=ADD_ONS, policy=OWN, line=1, outcome=LEFT_TO_REVIEW
    ),
    "type 3 without a listed primary": Case(
        [line("88311"), line("88300")], tables=ADD_ONS, line=1, outcome=LEFT_TO_REVIEW
    ),
    "critical care says where the primary may be": Case([line("99292")], line=1, outcome=ALONE),
    "critical care left to review where the policy says so": Case(
        [line("99292")], policy=ELSEWHERE, line=1, outcome=LEFT_TO_REVIEW
    ),
    "a facility that is not under OPPS": Case([billed("17003")], institutional("0851"), line=1, outcome=ALONE),
    "a facility, the primary of two days before": Case(
        [billed("17003"), billed("17000", day="2024-07-13")], institutional("0741"), line=1, outcome=ALONE
    ),
    "a facility, the primary of the day after": Case(
        [billed("17003"), billed("17000", day="2024-07-16")], institutional("0741"), line=1, outcome=ALONE
    ),
    "a facility, the day before, where the policy wants the same": Case(
        [billed("17003"), billed("17000", day="2024-07-14")],
        institutional("0741"),
        policy=SAME_DAY,
        line=1,
        outcome=ALONE,
    ),
    "a home health agency": Case([billed("17003"), billed("99213")], institutional("0341"), line=1, outcome=ALONE),
    "a home health agency, beside wound therapy, after that": Case(
        [billed("17003", day="2024-01-01"), billed("97607", day="2024-01-01")],
        institutional("0341"),
        tables=WINTER,
        line=1,
        outcome=ALONE,
    ),
    "a rural health clinic, beside a splint": Case(
        [billed("17003"), billed("29125")], institutional("0711"), line=1, outcome=ALONE
    ),
    "a critical access hospital, the primary among professional lines": Case(
        [billed("17003"), billed("17000", "0981")], institutional("0851"), line=1, outcome=ALONE
    ),
    "a critical access hospital, the day before among professional lines": Case(
        [billed("17003"), billed("17000", "0981", day="2024-07-14")], institutional("0851"), line=1, outcome=ALONE
    ),
    "a critical access hospital, drug administration, the primary among professional lines": Case(
        [billed("96375"), billed("96365", "0973", day="2024-07-17")],
        institutional("0851"),
        tables=ADD_ONS,
        line=1,
        outcome=ALONE,
    ),
    "a facility, drug administration, the primary of another day denied, at a payer that pays none then": Case(
        [billed("96375"), billed("96365", units=-1, day="2024-07-10")],
        institutional("0741"),
        tables=ADD_ONS,
        line=1,
        policy=PAID,
        outcome=PRIMARY_NOT_PAID,
    ),
    "a critical access hospital, professional drug administration, the primary among the others": Case(
        [billed("96375", "0973"), billed("96365")], institutional("0851"), tables=ADD_ONS, line=1, outcome=ALONE
    ),
    "under OPPS, what it does not package": Case(
        [billed("C7902"), billed("17003")], institutional(), tables=ADD_ONS, line=1, outcome=ALONE
    ),
    "under OPPS, what it does not package, on 12x": Case(
        [billed("C7902")], institutional("0121"), tables=ADD_ONS, line=1, outcome=ALONE
    ),
    "under OPPS, the primary of the day before": Case(
        [billed("C7902"), billed("C7900", day="2024-07-14")], institutional(), tables=ADD_ONS, line=1, outcome=ALONE
    ),
    "under OPPS, software as a service": Case(
        [billed("0649T"), billed("99213")], institutional(), tables=ADD_ONS, line=1, outcome=ALONE
    ),
    "a facility, type 2 on professional revenue": Case(
        [billed("99100", "0963"), billed("00142", "0963")],
        institutional("0851"),
        tables=ADD_ONS,
        line=1,
        outcome=LEFT_TO_REVIEW,
    ),
    "a facility, type 2 on professional revenue, of a code that edit 17 rejects": Case(
        [billed("99100", "0963", units=2)], institutional("0851"), tables=BOTH_SIDES, line=1, outcome=LEFT_TO_REVIEW
    ),
    "a code that the starter table does not hold": Case([line("99214")], unchecked="starter_table"),
    "a line without a day": Case([line("17003", day=None)], unchecked="no_service_date"),
    "a claim that does not say its type": Case([line("17003")], {"claim_type": None}, unchecked="missing_field"),
}
MISSES = {
    # the text of edit 106 asks for a primary that is reported
    "a facility, drug administration, the primary of another day denied": Case(
        [billed("96375"), billed("96365", units=-1, day="2024-07-10")],
        institutional("0741"),
        tables=ADD_ONS,
    ),
    "the primary of an add-on code that the table lacks": Case([line("G2211"), line("99214")], tables=ADD_ONS),
    "a home health agency, beside a splint, under OPPS": Case(
        [billed("17003"), billed("29125", day="2024-07-18")], institutional("0341")
    ),
    "a home health agency, beside wound therapy, until it was taken out of OPPS": Case(
        [billed("17003", day="2023-12-31"), billed("97607", day="2023-12-31")], institutional("0341"), tables=WINTER
    ),
    "type 1 beside its primary": Case([line("17000"), line("17003", units=3)], tables=ADD_ONS),
    "type 1 borne by an add-on code that is borne": Case([line("11046"), line("11045"), line("11042")], tables=ADD_ONS),
    "the primary on another claim of the day": Case(
        [line("17003")],
        {"member_id": "M1", "claim_id": "B", **NPI},
        tables=ADD_ONS,
        before=[{"member_id": "M1", "claim_id": "A", **NPI, "lines": [line("17000")]}],
    ),
    "type 2 beside a primary of the payer's own": Case([line("99100"), line("00142")], tables=ADD_ONS, policy=OWN),
    "type 3 beside a listed primary": Case([line("88311"), line("88305")], tables=ADD_ONS),
    "no add-on code": Case([line("17000")], tables=ADD_ONS),
    "a facility, the primary of the day before": Case(
        [billed("17003"), billed("17000", day="2024-07-14")], institutional("0741"), tables=ADD_ONS
    ),
    "a critical access hospital, the primary of the day before": Case(
        [billed("17003"), billed("17000", day="2024-07-14")], institutional("0851"), tables=ADD_ONS
    ),
    "a facility, drug administration anywhere on the claim": Case(
        [billed("96375"), billed("96365", day="2024-07-10")], institutional("0741"), tables=ADD_ONS
    ),
    "a facility, type 2 on professional revenue, denied by another edit": Case(
        [billed("99100", "0963")], institutional("0851"), tables=NOT_COVERED
    ),
    "a facility, type 2 elsewhere than on professional revenue": Case(
        [billed("99100")], institutional("0741"), tables=ADD_ONS
    ),
    "a critical access hospital, drug administration and its primary among professional lines": Case(
        [billed("96375", "0973"), billed("96365", "0981", day="2024-07-17")], institutional("0851"), tables=ADD_ONS
    ),
    "an outpatient hospital under OPPS": Case([billed("17003")], institutional(), tables=ADD_ONS),
    "under OPPS, beside a primary": Case([billed("C7902"), billed("C7900")], institutional(), tables=ADD_ONS),
    "under OPPS, software as a service, the primary anywhere on the claim": Case(
        [billed("0649T"), billed("72148", day="2024-07-18")], institutional(), tables=ADD_ONS
    ),
    "under OPPS, software as a service on 12x": Case([billed("0649T")], institutional("0121"), tables=ADD_ONS),
    "under OPPS, before the edit knew of software as a service": Case(
        [billed("0649T", day="2022-12-31")],
        institutional(),
        tables=made_tables("add_on", rows((1, "0649T", "72148")), date(2022, 10, 1), date(2022, 12, 31)),
    ),
    "an inpatient bill": Case([line("17003")], institutional("0111", discharge_date="2024-07-15")),
    "a payer that does not apply the edits": Case([line("17003")], policy=OFF),
}
test_hits, test_misses = rule_tests("NCCI301", HITS, MISSES)


def test_the_finding_on_critical_care_mentions_the_group():
    (finding,) = of_rule(HITS["critical care says where the primary may be"].judge(), "NCCI301")
    assert "same group and specialty" in finding.message


def test_a_primary_of_type_3_that_is_denied_is_told_from_one_that_is_not_there():
    denied = Case([line("88311"), line("88305", units=-1)], tables=ADD_ONS)
    absent = Case([line("88311"), line("88300")], tables=ADD_ONS)
    messages = [of_rule(case.judge(), "NCCI301")[0].message for case in (denied, absent)]
    assert ["not payable" in message for message in messages] == [True, False]
