from claimcheck.policies import Policy
from claimcheck.rules.structure.zero_charge import ZERO_CHARGE
from claimcheck.tables.rows import FeeScheduleRow
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, schedule_rows

SPLIT = codes(
    fee_schedule=[*schedule_rows(_83020="X"), FeeScheduleRow("83020", "26", "A", "XXX", "0.5", "0.5", "0", "0")]
)
SCHEDULE = codes(fee_schedule=schedule_rows(_99213="A", _99024="B", _90901="R"))
ANY = Policy.load("default").replace(structure__zero_charge={})


def free(code: str, *modifiers: str, claim: dict[str, object] | None = None, **fields: object) -> Case:
    return Case([line(code, *modifiers, charge="0.00")], claim or {}, **{"tables": SCHEDULE, **fields})


HITS = {
    "a paid service": free("99213", line=1, outcome=ZERO_CHARGE, evidence={"code": "99213", "status": "A"}),
    "of restricted coverage": free("90901", line=1, outcome=ZERO_CHARGE),
    "the paid component of a test that another schedule pays": free(
        "83020", "26", tables=SPLIT, line=1, outcome=ZERO_CHARGE, evidence={"code": "83020", "status": "A"}
    ),
    "not in the starter table": free("99024", tables=None, unchecked="starter_table"),
}
MISSES = {
    "a cent": Case([line("99213", charge="0.01")], tables=SCHEDULE),
    "a follow-up visit, which is never paid": free("99024"),
    "a test that another schedule pays, of which this one pays a component": free("83020", tables=SPLIT),
    "a code that is not on the schedule": free("99999"),
    "at no charge, by a modifier": free("99213", "FB"),
    "a claim that only reports": free("99213", claim={"reporting_only": True}),
    "Category II": free("3044F"),
    "an institutional claim": free("99213", claim=institutional()),
    "a payer that takes it": free("99213", policy=ANY),
}
test_hits, test_misses = rule_tests("STR203", HITS, MISSES)
