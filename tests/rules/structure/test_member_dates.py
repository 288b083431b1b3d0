import json

from claimcheck.rules.structure.member_dates import AFTER_DEATH, BEFORE_BIRTH
from support.cases import Case, line, rule_tests

HITS = {
    "before birth": Case([line("99213")], {"birth_date": "2024-07-16"}, line=1, outcome=BEFORE_BIRTH),
    "after death": Case([line("99213")], {"death_date": "2024-07-14"}, line=1, outcome=AFTER_DEATH),
    "ends after death": Case(
        [line("99213", service_date_end="2024-07-17")], {"death_date": "2024-07-16"}, line=1, outcome=AFTER_DEATH
    ),
}
MISSES = {
    "on the days themselves": Case([line("99213")], {"birth_date": "2024-07-15", "death_date": "2024-07-15"}),
    "unknown dates": Case([line("99213")]),
    "dates that cannot be read": Case([line("99213")], {"birth_date": "x", "death_date": "y"}),
    "a line without a date": Case([line("99213", day=None)], {"birth_date": "2024-07-16"}),
}
test_hits, test_misses = rule_tests("STR402", HITS, MISSES)


def test_the_dates_are_never_shown():
    result = Case([line("99213")], {"birth_date": "2031-03-17"}).judge()
    assert "2031" not in json.dumps(result.to_dict()) + str(result) + repr(result)
