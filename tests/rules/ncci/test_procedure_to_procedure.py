from support.cases import DAY, Case, institutional, line, rule_tests

from claimcheck.rules.ncci.procedure_to_procedure import DENIED

PAIR = [line("45385"), line("45380")]  # column one, column two; indicator 1
NEVER = [line("45380"), line("45378")]  # indicator 0

HITS = {
    "column two is denied": Case(PAIR, line=2, outcome=DENIED, evidence={"column_one": "45385"}),
    "whatever the order of the lines": Case(PAIR[::-1], line=1, outcome=DENIED),
    "indicator 0 admits no modifier": Case([line("45380", "59"), line("45378", "59")], line=2, outcome=DENIED),
    "76 does not bypass": Case([line("45385"), line("45380", "76")], line=2, outcome=DENIED),
    "59 is ignored on evaluation and management": Case([line("20610"), line("99213", "59")], line=2, outcome=DENIED),
    "one unbypassed pair denies": Case([line("45385", "59"), line("45385"), line("45380")], line=3, outcome=DENIED),
    "a denied line still denies": Case(
        [line("45385"), line("45380"), line("45378")], line=3, evidence={"column_one": "45380"}
    ),
    "the hospital's table on an outpatient bill": Case(
        [line("45385", revenue_code="0360"), line("45380", revenue_code="0360")],
        institutional(),
        line=2,
        outcome=DENIED,
    ),
    "a pair that the starter table does not hold": Case([line("45385"), line("29580")], unchecked="starter_table"),
    "a date before the edition": Case(
        [line("45385", day="2023-07-15"), line("45380", day="2023-07-15")], unchecked="outside_edition"
    ),
    "a claim that does not say its type": Case(PAIR, {"claim_type": None}, unchecked="missing_field"),
    "across claims of one member and provider": Case(
        [line("45380")],
        {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"},
        before=[{"member_id": "M1", "claim_id": "A", "billing_npi": "1234567893", "lines": [line("45385")]}],
        line=1,
        evidence={"on_another_claim": True},
    ),
}
MISSES = {
    "a bypass modifier on column two": Case([line("45385"), line("45380", "59")]),
    "a bypass modifier on column one": Case([line("45385", "XS"), line("45380")]),
    "25 on the visit": Case([line("20610"), line("99213", "25")]),
    "another date": Case([line("45385"), line("45380", day="2024-07-16")]),
    "another provider": Case([line("45385", rendering_npi="1234567893"), line("45380", rendering_npi="1003000126")]),
    "the hospital's table where only the practitioner's holds the pair": Case(
        [line("20610", revenue_code="0360"), line("99213", revenue_code="0510")],
        institutional(),
        unchecked="starter_table",
    ),
    "an inpatient bill": Case([line("45385"), line("45380")], institutional("0111", discharge_date=DAY)),
    "a pair known to be no pair": Case([line("99213"), line("36415")]),
    "one line": Case([line("45385")]),
    "another member's claim": Case(
        [line("45380")],
        {"member_id": "M2", "claim_id": "B"},
        before=[{"member_id": "M1", "claim_id": "A", "lines": [line("45385")]}],
    ),
}
test_hits, test_misses = rule_tests("NCCI101", HITS, MISSES)
