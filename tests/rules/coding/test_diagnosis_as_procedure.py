from claimcheck.rules.coding.diagnosis_as_procedure import DIAGNOSIS
from support.cases import Case, line, rule_tests
from support.code_tables import codes, diagnosis_rows, hcpcs_row

BOTH = codes(hcpcs=[hcpcs_row("J4520")], icd10cm=diagnosis_rows({"E1165": True, "E119": True, "J4520": True}))

HITS = {
    "with its dot": Case([line("E11.65")], line=1, outcome=DIAGNOSIS, evidence={"pattern": "text of 6: A99.99"}),
    "without, by its table": Case([line("E119")], tables=BOTH, line=1, outcome=DIAGNOSIS),
    "what looks like Level II and is none": Case(
        [line("E1165")], tables=BOTH, line=1, outcome=DIAGNOSIS, evidence={"code": "E1165"}
    ),
}
MISSES = {
    "a code that is on both tables": Case([line("J4520")], tables=BOTH),
    "the tables are not there": Case([line("E1165"), line("E119")]),
    "neither": Case([line("E9999"), line("A123F")], tables=BOTH),
    "a code that is no diagnosis in form": Case([line("99213"), line("W1234"), line("C1713")], tables=BOTH),
}
test_hits, test_misses = rule_tests("COD104", HITS, MISSES)
