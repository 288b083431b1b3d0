from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

MISSING, CONFLICT = outcomes("4", "N822"), outcomes("4", "N519")
FEES = codes(
    dmepos=[
        list_row("E0601", modifier="RR", category="CR"),
        *(list_row("E0100", modifier=modifier, category="IN") for modifier in ("NU", "RR", "UE")),
        list_row("A4253", modifier="", category="IN"),
        list_row("L1832", modifier="", category="PO"),
    ]
)


def then(what: str) -> Policy:
    return Policy.load("default").replace(professional__equipment={"months": ["KH", "KI", "KJ"], "otherwise": what})


HITS = {
    "neither new nor rented": Case([line("E0100")], tables=FEES, line=1, outcome=MISSING[Then.WARN]),
    "a rental without its month": Case([line("E0601", "RR")], tables=FEES, line=1, outcome=MISSING[Then.WARN]),
    "new, of what is rented alone": Case([line("E0601", "NU")], tables=FEES, line=1, outcome=MISSING[Then.WARN]),
    "new and rented": Case([line("E0100", "NU", "RR")], line=1, outcome=CONFLICT[Then.WARN]),
    "two months": Case([line("E0601", "RR", "KH", "KI")], tables=FEES, line=1, outcome=CONFLICT[Then.WARN]),
    "a later month of what is new": Case([line("K0823", "NU", "KI")], line=1, outcome=CONFLICT[Then.WARN]),
    "of what is used": Case([line("K0823", "UE", "KJ")], line=1, outcome=CONFLICT[Then.WARN]),
    "no fee schedule": Case([line("E0601", "RR", "KH")], unchecked="no_table"),
    "no fee schedule, and no such modifier": Case([line("E0601")], unchecked="no_table"),
    "a supply, and no fee schedule": Case([line("A4253")], unchecked="no_table"),
    **{
        f"{name}, {what}": Case([billed], policy=then(what), tables=FEES, line=1, outcome=said[Then(what)])
        for what in ("deny", "review")
        for name, billed, said in (
            ("missing", line("E0100"), MISSING),
            ("conflict", line("E0100", "NU", "UE"), CONFLICT),
        )
    },
}
MISSES = {
    "new": Case([line("E0100", "NU")], tables=FEES),
    "a rental of the first month": Case([line("E0601", "RR", "KH", "KX")], tables=FEES),
    "a purchase, on its first claim": Case([line("E0100", "NU", "KH")], tables=FEES),
    "a supply": Case([line("A4253")], tables=FEES),
    "an orthosis": Case([line("L1832", "RT")], tables=FEES),
    "not on the fee schedule": Case([line("E1399")], tables=FEES),
    "no equipment": Case([line("99213")], tables=FEES),
    "an ambulance, and no fee schedule": Case([line("A0429", "RH")]),
    "a facility's claim": Case([line("E0100")], institutional(), tables=FEES),
}
test_hits, test_misses = rule_tests("PRO306", HITS, MISSES)
