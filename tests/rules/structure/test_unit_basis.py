from claimcheck.rules.structure.unit_basis import MINUTES, UNKNOWN
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "minutes of a visit": Case([line("99213", unit_basis="MJ")], line=1, outcome=MINUTES),
    "days on a professional claim": Case([line("99213", unit_basis="DA")], line=1, outcome=UNKNOWN),
    "minutes on an institutional claim": Case(
        [line("00811", unit_basis="MJ")], institutional(), line=1, outcome=UNKNOWN
    ),
    "another measure": Case([line("99213", unit_basis="F2")], line=1, outcome=UNKNOWN),
    "not text": Case([line("99213", unit_basis=7)], line=1, outcome=UNKNOWN),
}
MISSES = {
    "none": Case([line("99213")]),
    "units": Case([line("99213", unit_basis="UN"), line("00811", unit_basis="UN")]),
    "minutes of anesthesia": Case([line("00811", unit_basis="MJ", units=45), line("00811", unit_basis="mj")]),
    "minutes of what is no code": Case([line("0081", unit_basis="MJ")]),
    "days on an institutional claim": Case([line("99213", unit_basis="DA")], institutional()),
}
test_hits, test_misses = rule_tests("STR302", HITS, MISSES)
