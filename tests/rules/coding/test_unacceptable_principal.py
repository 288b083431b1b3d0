from claimcheck.rules.coding.unacceptable_principal import PRINCIPAL
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

LIST = codes(unacceptable_principal=[list_row("Z79.4"), list_row("Z9981")])

EXAMINATION = list_row("Z0000", flags="unacceptable_pdx unacceptable_pdx_exclusion")
EDITOR = codes(
    outpatient_diagnosis=[
        list_row("B9561", flags="unacceptable_pdx"),
        list_row("D631", flags="manifestation"),
        EXAMINATION,
    ]
)
INPATIENT = codes(
    inpatient_diagnosis=[
        list_row(code, flags=flags, age_min="", age_max="", sex="")
        for code, flags in (("Z794", "unacceptable_pdx"), ("Z5189", "requires_secondary"))
    ]
)
BOTH = codes(
    outpatient_diagnosis=[EXAMINATION],
    inpatient_diagnosis=[list_row("Z5189", flags="requires_secondary", age_min="", age_max="", sex="")],
)


def stay(code: object, *others: object, day: str | None = "2024-07-15", **fields: object) -> Case:
    return Case([line(None, day=day, revenue_code="0120")], institutional("0111", diagnoses=[code, *others]), **fields)


HITS = {
    "as principal": stay("Z79.4", tables=LIST, outcome=PRINCIPAL, evidence={"code": "Z79.4"}),
    "a list without dots": stay("Z99.81", tables=LIST, outcome=PRINCIPAL),
    "of an outpatient": Case(
        [line("99283", revenue_code="0450")], institutional(diagnoses=["Z79.4"]), tables=LIST, outcome=PRINCIPAL
    ),
    "by the outpatient code editor's table": stay("B95.61", tables=EDITOR, outcome=PRINCIPAL),
    "an examination as the reason for a stay": stay("Z00.00", tables=EDITOR, outcome=PRINCIPAL),
    "by the Medicare Code Editor's list": stay("Z79.4", tables=INPATIENT, outcome=PRINCIPAL),
    "acceptable with a secondary diagnosis, alone": stay("Z51.89", tables=INPATIENT, outcome=PRINCIPAL),
    "by the starter list": stay("B95.61", outcome=PRINCIPAL),
    "no list of the day": stay("I10", day="2028-01-01", unchecked="no_table"),
    "no list of outpatients": Case([line("99283")], institutional(diagnoses=["Z79.4"]), unchecked="no_table"),
    "no date": stay("Z79.4", day=None, tables=LIST, unchecked="no_service_date"),
}
MISSES = {
    "in another role": stay("E11.9", "Z79.4", tables=LIST),
    "a code that is not on the list": stay("I10", tables=LIST),
    "an examination as the reason for a visit": Case(
        [line("99283", revenue_code="0450")], institutional(diagnoses=["Z00.00"]), tables=EDITOR
    ),
    "of no such flag in the editor's table": stay("D63.1", tables=EDITOR),
    "not on the Medicare Code Editor's list": stay("I10", tables=INPATIENT),
    "acceptable with a secondary diagnosis": stay("Z51.89", "I10", tables=INPATIENT),
    "acceptable with a secondary diagnosis, of an outpatient": Case(
        [line("99283", revenue_code="0450")], institutional(diagnoses=["Z51.89"]), tables=BOTH
    ),
    # Z79.4 is on no version of the Medicare Code Editor's list, as Z79.84 is (CMS, Definitions of Medicare Code Edits,
    # version 36).
    "insulin, by the starter list": stay("Z79.4"),
    "malformed": stay("Z7", tables=LIST),
    "a professional claim": Case([line("99213")], {"diagnoses": ["Z79.4"]}, tables=LIST),
}
test_hits, test_misses = rule_tests("COD210", HITS, MISSES)
