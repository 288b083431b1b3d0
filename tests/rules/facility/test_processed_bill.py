from claimcheck.policies import Policy
from claimcheck.rules.facility.processed_bill import NOT_PARTIAL, NOT_PROCESSED
from support.cases import Case, institutional, line, rule_tests

ANY = Policy.load("default").replace(facility__processed_bills={"bills": []})


def on(bill_type: str, *conditions: str, day: str = "2024-07-15", **fields: object) -> Case:
    lines = [line("G0463", revenue_code="0510", day=day)]
    return Case(lines, institutional(bill_type, condition_codes=list(conditions)), **fields)


HITS = {
    # Integrated Outpatient Code Editor, edit 118: a bill type that is not programmed to process
    "a bill type that no editor processes": on("0611", outcome=NOT_PROCESSED, evidence={"edit": 118}),
    "a mental health center without its condition code": on("0761", outcome=NOT_PROCESSED),
    "partial hospitalization of a laboratory": on("0141", "41", outcome=NOT_PROCESSED, evidence={"edit": 118}),
    "a laboratory before 2024": on("0141", "41", day="2023-07-15", outcome=NOT_PARTIAL, evidence={"edit": 46}),
    "a religious institution": on("0431", "41", outcome=NOT_PARTIAL, evidence={"edit": 46}),
}
MISSES = {
    "a hospital": on("0131"),
    "partial hospitalization of a hospital": on("0131", "41"),
    "a mental health center": on("0761", "41"),
    "intensive outpatient services": on("0761", "92"),
    "a mental health center before 2024": on("0761", day="2023-07-15"),
    "an inpatient bill": on("0111", "41"),
    "a bill type that is malformed": on("013"),
    "a payer that takes any bill": on("0611", policy=ANY),
    "a professional claim": Case([line("99213")], {"bill_type": "0611"}),
}
test_hits, test_misses = rule_tests("FAC112", HITS, MISSES)
