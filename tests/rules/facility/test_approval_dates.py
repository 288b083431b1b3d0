from claimcheck.rules.facility.approval_dates import ENDED, MODIFIER_ENDED, NOT_APPROVED, NOT_COVERED, NOT_IN_FORCE
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("C9001", "G", "dated_67", approved="2024-07-15", terminated=""),
        procedure_row("C9002", "G", "dated_68", approved="2024-07-15", terminated=""),
        procedure_row("C9003", "G", "dated_69", approved="2024-07-15", terminated="2024-07-20"),
        procedure_row("C9004", "G", "dated_83", approved="", terminated="2024-07-15"),
        procedure_row("J9005", "K", "dated_110", approved="2024-07-15", terminated=""),
        procedure_row("C9006", "G", "dated_134", approved="2024-07-15", terminated=""),
        procedure_row("90684", "L", "dated_136", approved="2024-06-27", terminated=""),
        procedure_row("U0005", "A", "cms_mid_quarter_termination"),
        procedure_row("G0463", "V"),
    ]
)


def on(code: str, day: str, *modifiers: str, bill: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    given = line(code, *modifiers, day=day, revenue_code="0636")
    return Case([given], institutional(bill, condition_codes=list(conditions)), tables=TABLES, **fields)


def hit(code: str, day: str, outcome: object, edit: int, *modifiers: str) -> Case:
    return on(code, day, *modifiers, line=1, outcome=outcome, evidence={"edit": edit})


HITS = {
    "before its FDA approval": hit("C9001", "2024-07-14", NOT_APPROVED, 67),
    "before it was covered": hit("C9002", "2024-07-14", NOT_COVERED, 68),
    "before the period of its approval": hit("C9003", "2024-07-14", NOT_COVERED, 69),
    "after the period of its approval": hit("C9003", "2024-07-21", NOT_COVERED, 69),
    "after its coverage ended": hit("C9004", "2024-07-16", NOT_COVERED, 83),
    "before it was marketed": hit("J9005", "2024-07-14", NOT_IN_FORCE, 110),
    "before the period, of a rejection": hit("C9006", "2024-07-14", NOT_IN_FORCE, 134),
    "a vaccine before it was recommended": hit("90684", "2024-06-26", NOT_IN_FORCE, 136),
    "a code of the public health emergency": hit("U0005", "2024-07-15", ENDED, 124),
    "modifier CS after the emergency": hit("G0463", "2024-07-15", MODIFIER_ENDED, 123, "CS"),
    "the editor's table is not loaded": Case(
        [line("90684", revenue_code="0636")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "on the day of its approval": on("C9001", "2024-07-15"),
    "on the last day": on("C9003", "2024-07-20"),
    "a vaccine from its recommendation on": on("90684", "2024-06-27"),
    "a vaccine before the editor had the edit": on("90684", "2024-03-31"),
    "a religious institution": on("C9001", "2024-07-14", bill="0431"),
    "a health center's condition code": on("C9001", "2024-07-14", bill="0771", conditions=["65"]),
    "a code that is not dated": on("G0463", "2024-07-14"),
    "a bill for inpatients": on("C9001", "2024-07-14", bill="0111"),
}
test_hits, test_misses = rule_tests("FAC501", HITS, MISSES)


def test_a_day_within_a_quarter_divides_it():
    """The same claim on either side of the day, judged in one go: an answer of one is not given for the other."""
    claims = [on("C9001", f"2024-07-{day}").judge() for day in ("14", "15", "14")]
    assert [[found.rule_id for found in one.findings if found.rule_id == "FAC501"] for one in claims] == [
        ["FAC501"],
        [],
        ["FAC501"],
    ]
