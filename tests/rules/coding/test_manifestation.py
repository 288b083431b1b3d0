from claimcheck.policies import Policy
from claimcheck.rules.coding.manifestation import PRINCIPAL
from support.cases import Case, line, rule_tests
from support.code_tables import codes, list_row

LIST = codes(manifestation=[list_row("D63.0"), list_row("E0800")])
EDITOR = codes(
    outpatient_diagnosis=[list_row("D631", flags="manifestation"), list_row("W19XXXA", flags="external_cause")]
)
NONE = Policy.load("default").replace(coding__manifestations={})


def first(code: object, *others: object, day: str | None = "2024-07-15", **fields: object) -> Case:
    return Case([line("99213", day=day)], {"diagnoses": [code, *others]}, **fields)


INPATIENT = codes(inpatient_diagnosis=[list_row("D630", flags="manifestation", age_min="", age_max="", sex="")])

HITS = {
    "by the Medicare Code Editor's list": first("D63.0", tables=INPATIENT, outcome=PRINCIPAL),
    "as principal": first("H42", outcome=PRINCIPAL, evidence={"code": "H42"}),
    "of a longer title": first("F02.80", outcome=PRINCIPAL),
    "without its dot, beside its disease": first("G63", "E11.42", outcome=PRINCIPAL),
    "on a list of one's own": first("E08.00", tables=LIST, outcome=PRINCIPAL),
    "a list that writes the dot": first("D630", tables=LIST, outcome=PRINCIPAL),
    "a title that does not say so, and no list of the day": first("E08.00", day="2028-01-01", unchecked="no_table"),
    "by the starter list": first("D63.1", outcome=PRINCIPAL),
    "neither a list nor a date": first("D630", day=None, unchecked="no_service_date"),
    # D63.1 is on the editor's list, and its title does not say that the disease is classified elsewhere
    "by the outpatient code editor's table": first("D63.1", tables=EDITOR, outcome=PRINCIPAL),
    "no date": first("D630", day=None, tables=LIST, unchecked="no_service_date"),
    "a day that the list does not hold": first("D630", day="2031-01-01", tables=LIST, unchecked="stale"),
}
MISSES = {
    "a code that is not on the list": first("B95.0", tables=LIST),
    "of no such flag in the editor's table": first("W19.XXXA", tables=EDITOR),
    "off the editor's table": first("I10", tables=EDITOR),
    "a payer that names none": first("H42", policy=NONE),
    "behind its disease": first("E10.39", "H42", tables=LIST),
    "malformed": first("H4", tables=LIST),
    "of ICD-9-CM": first({"code": "V42.0", "version": "ICD-9-CM"}),
}
test_hits, test_misses = rule_tests("COD206", HITS, MISSES)
