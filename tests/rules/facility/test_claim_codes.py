from claimcheck.policies import Policy
from claimcheck.rules.facility.claim_codes import AMOUNT, CONDITION, NO_DATE, OCCURRENCE, SPAN, VALUE
from support.cases import Case, institutional, line, rule_tests


def claim(**fields: object) -> dict:
    return institutional(**fields)


ANY = Policy.load("default").replace(facility__condition_codes={})
LINES = [line("G0463", revenue_code="0510")]
HITS = {
    "a condition code of three": Case(LINES, claim(condition_codes=["G00"]), outcome=CONDITION),
    "a condition code with a sign": Case(LINES, claim(condition_codes=["G0", "4-"]), outcome=CONDITION),
    "an occurrence code of three": Case(
        LINES, claim(occurrence_codes=[{"code": "ZZZ", "date": "2024-07-01"}]), outcome=OCCURRENCE
    ),
    "a value code of one": Case(LINES, claim(value_codes=[{"code": "A", "amount": 1}]), outcome=VALUE),
    "a condition code that is reserved": Case(
        LINES, claim(condition_codes=["93", "C9"]), outcome=CONDITION, evidence={"code": "C9"}
    ),
    "an occurrence without its date": Case(LINES, claim(occurrence_codes=["11"]), outcome=NO_DATE),
    "a span that ends before it begins": Case(
        LINES, claim(occurrence_codes=[{"code": "72", "date": "2024-07-02", "through": "2024-07-01"}]), outcome=SPAN
    ),
    "a value without its amount": Case(LINES, claim(value_codes=["80"]), outcome=AMOUNT),
    "a negative value": Case(LINES, claim(value_codes=[{"code": "80", "amount": "-1"}]), outcome=AMOUNT),
    "digits of another script": Case(LINES, claim(condition_codes=["\u0661\u0662"]), outcome=CONDITION),
}
MISSES = {
    "every condition code, where the payer takes them": Case(LINES, claim(condition_codes=["C9"]), policy=ANY),
    "good codes": Case(
        LINES,
        claim(
            condition_codes=["G0", "w2"],
            occurrence_codes=[
                {"code": "11", "date": "2024-07-01"},
                {"code": "72", "date": "2024-07-01", "through": "2024-07-01"},
            ],
            value_codes=[{"code": "A8", "amount": 1}, {"code": "A9", "amount": 0}],
        ),
    ),
    "what is no text": Case(
        LINES, claim(condition_codes=[44.5], occurrence_codes=[{"code": []}], value_codes=[{"code": []}])
    ),
    "a professional claim": Case([line("99213")], {"condition_codes": ["G00"]}),
}
test_hits, test_misses = rule_tests("FAC108", HITS, MISSES)
