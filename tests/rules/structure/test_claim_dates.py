from claimcheck.rules.structure.claim_dates import AFTER_REFERENCE, LIFE, PROCEDURE, REVERSED, STAY
from support.cases import Case, institutional, rule_tests

HITS = {
    "a statement that runs backwards": Case(
        [], institutional(statement_from="2024-07-02", statement_through="2024-07-01"), outcome=REVERSED
    ),
    "a statement of days to come": Case(
        [], institutional(statement_through="2024-07-02"), as_of="2024-07-01", outcome=AFTER_REFERENCE
    ),
    "a stay that runs backwards": Case(
        [], institutional("0111", admission_date="2024-07-02", discharge_date="2024-07-01"), outcome=STAY
    ),
    "an admission after the statement": Case(
        [], institutional("0111", admission_date="2024-07-02", statement_through="2024-07-01"), outcome=STAY
    ),
    "a discharge before the end of the statement": Case(
        [], institutional("0111", statement_through="2024-07-03", discharge_date="2024-07-02"), outcome=STAY
    ),
    "a procedure after the statement": Case(
        [],
        institutional("0111", statement_through="2024-07-03", procedures=[{"code": "0DTJ4ZZ", "date": "2024-07-04"}]),
        outcome=PROCEDURE,
    ),
    "a life that runs backwards": Case([], {"birth_date": "2024-07-02", "death_date": "2024-07-01"}, outcome=LIFE),
}
MISSES = {
    "dates that agree": Case(
        [],
        institutional(
            "0111",
            statement_from="2024-07-01",
            statement_through="2024-07-02",
            admission_date="2024-07-01",
            discharge_date="2024-07-02",
            birth_date="1960-01-01",
            death_date="2024-07-02",
            procedures=["0DTJ4ZZ", {"code": "0DTJ4ZZ", "date": "2024-07-02"}],
        ),
        as_of="2024-07-02",
    ),
    "dates that are missing": Case([]),
    "dates that cannot be read": Case([], institutional(statement_from="2024-07-02", statement_through="x")),
}
test_hits, test_misses = rule_tests("STR406", HITS, MISSES)
