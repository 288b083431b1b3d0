from claimcheck import Claim, ServiceLine
from claimcheck.claims import Problem
from claimcheck.policies import Policy
from claimcheck.policies.parameters.structure import FileDates
from claimcheck.rules.structure.file_date import AFTER, SOON_AFTER
from support.cases import Case, line, rule_tests


def later(days: int, **fields: object) -> Claim:
    made = ServiceLine("99213", problems=[Problem("after_creation", field="DTP*472", detail=str(days))])
    return Claim(claim_type="professional", lines=[made], **fields)


NONE_AHEAD = Policy.load("default").replace(**{"structure.file_dates": FileDates(days_ahead=0)})
HITS = {
    "long after": Case(claim=later(32), line=1, outcome=AFTER, evidence={"days": 32}),
    "soon after": Case(claim=later(31), line=1, outcome=SOON_AFTER, evidence={"days": 31}),
    "as the policy says": Case(claim=later(1), policy=NONE_AHEAD, line=1, outcome=AFTER),
}
MISSES = {
    "a claim that is no 837": Case([line("99213", day="2034-07-15")]),
    "a predetermination": Case(claim=later(400, predetermination=True)),
}
test_hits, test_misses = rule_tests("STR513", HITS, MISSES)
