from claimcheck.rules.professional.therapy_threshold import REACHED
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

MEMBER = {"claim_id": "B", "member_id": "1EG4TE5MK73", "billing_npi": "1234567893"}
AMOUNTS = codes(therapy_amount=[list_row(code, amount="40.00") for code in ("97110", "97530", "92507")])


def given(count: int, modifier: str = "GP", code: str = "97110", year: int = 2024, **more: object) -> list[dict]:
    """Lines of 40.00 each by day, in the first days of July."""
    return [line(code, modifier, units=4, day=f"{year}-07-{day:02}", **more) for day in range(1, count + 1)]


def last(*modifiers: str, code: str = "97110", day: str = "2024-07-31") -> dict:
    return line(code, *(modifiers or ("GP",)), day=day)


def medicare(lines: list[dict], **more: object) -> Case:
    return Case(lines, **{"policy": "medicare", "tables": AMOUNTS, **more})


def reached(lines: list[dict], **evidence: object) -> Case:
    return medicare(lines, line=len(lines), outcome=REACHED, evidence=evidence)


#: Four units of 40.00: one in full and three at half are 100.00 a day, so that 24 days are 2,400.00.
HITS = {
    "beyond the threshold": reached([*given(24), last()], code="97110"),
    "speech and physical therapy together": reached([*given(14), *given(14, "GN", "92507"), last("GN", code="92507")]),
    "occupational": reached([*given(24, "GO", "97530"), last("GO", code="97530")]),
    "an assistant's": reached([*given(24), last("GP", "CQ")]),
    "on earlier claims": Case(
        [last()],
        MEMBER,
        policy="medicare",
        tables=AMOUNTS,
        before=[{**MEMBER, "claim_id": "A", "lines": given(24)}],
        line=1,
        outcome=REACHED,
    ),
    "no list": Case([last()], policy="medicare", unchecked="no_table"),
}
MISSES = {
    "not reached": medicare([*given(23), last()]),
    "with KX": medicare([*given(24), last("GP", "KX")]),
    "the other threshold": medicare([*given(24), last("GO", code="97530")]),
    "the year before": medicare([*given(24), last(day="2025-01-02")]),
    "no discipline, of which another rule speaks": medicare([*given(24), last("59")]),
    "later in the year": medicare([*given(23), last(day="2024-06-30")]),
    "returned": medicare([*({**one, "units": -4} for one in given(24)), last()]),
    "no therapy": medicare([*given(24), line("99213", day="2024-07-31")]),
    "another payer": Case([*given(24), last()], policy="commercial", tables=AMOUNTS),
    "a facility's claim": medicare([*given(24), last()], claim=institutional()),
}
test_hits, test_misses = rule_tests("PRO313", HITS, MISSES)
