from claimcheck import Claim
from claimcheck.claims import Problem
from claimcheck.rules.structure.statement_file_date import AFTER, SOON_AFTER
from support.cases import Case, institutional, line, rule_tests


def later(days: int, **fields: object) -> Claim:
    made = [Problem("after_creation", field="DTP*434", detail=str(days))]
    return Claim(claim_type="institutional", problems=made, **fields)


HITS = {
    "long after": Case(claim=later(365), outcome=AFTER, evidence={"days": 365}),
    "soon after": Case(claim=later(1), outcome=SOON_AFTER),
}
MISSES = {
    "a claim that is no 837": Case([line("99213")], institutional(statement_through="2034-07-15")),
    "a predetermination": Case(claim=later(400, predetermination=True)),
}
test_hits, test_misses = rule_tests("STR514", HITS, MISSES)
