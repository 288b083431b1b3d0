from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.surgeons import NOT_APPLICABLE
from claimcheck.tables.rows import FeeScheduleRow
from support.cases import Case, institutional, line, rule_tests
from support.made_tables import made_tables

SAYS = outcomes("54")
WARN = Policy.load("default").replace(professional__surgeons={"never": "warn", "documented": "warn"})
TEAMS = made_tables(
    "fee_schedule",
    [
        FeeScheduleRow(f"1000{team}", "", "A", "090", "1.0", "1.0", "0", "2", pctc="0", team=str(team))
        for team in (0, 1, 2, 9)
    ],
)

HITS = {
    "an assistant by law": Case([line("66984", "80")], line=1, outcome=SAYS[Then.DENY], evidence={"indicator": "1"}),
    "an assistant who is no physician": Case([line("66984", "AS")], line=1, outcome=SAYS[Then.DENY]),
    "a minimum assistant": Case([line("20610", "81")], line=1, outcome=SAYS[Then.DENY]),
    "an assistant for want of a resident": Case([line("20610", "82")], line=1, outcome=SAYS[Then.DENY]),
    "an assistant, with documents": Case(
        [line("29881", "80")], line=1, outcome=SAYS[Then.REVIEW], evidence={"indicator": "0"}
    ),
    "an assistant at no operation": Case([line("80053", "80")], line=1, outcome=NOT_APPLICABLE),
    "a co-surgeon": Case([line("66984", "62")], line=1, outcome=SAYS[Then.DENY], evidence={"indicator": "0"}),
    "a co-surgeon, with documents": Case([line("27447", "62")], line=1, outcome=SAYS[Then.REVIEW]),
    "a co-surgeon at no operation": Case([line("80053", "62")], line=1, outcome=NOT_APPLICABLE),
    "a team": Case([line("10000", "66")], tables=TEAMS, line=1, outcome=SAYS[Then.DENY]),
    "a team, with documents": Case([line("10001", "66")], tables=TEAMS, line=1, outcome=SAYS[Then.REVIEW]),
    "a team, by report": Case([line("10002", "66")], tables=TEAMS, line=1, outcome=SAYS[Then.REVIEW]),
    "a team at no operation": Case([line("10009", "66")], tables=TEAMS, line=1, outcome=NOT_APPLICABLE),
    "a payer that warns": Case([line("66984", "80")], policy=WARN, line=1, outcome=SAYS[Then.WARN]),
    "a payer whose law it is not": Case([line("66984", "80")], policy="commercial", line=1, outcome=SAYS[Then.REVIEW]),
    "a code that is not known": Case([line("99499", "80")], unchecked="starter_table"),
}
MISSES = {
    "an assistant who may be paid": Case([line("27447", "80")]),
    "a co-surgeon who may be paid": Case([line("22612", "62")]),
    "the surgeon": Case([line("66984")]),
    "a facility's claim": Case([line("66984", "80")], institutional()),
}
test_hits, test_misses = rule_tests("PRO202", HITS, MISSES)
