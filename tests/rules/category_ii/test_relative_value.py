import csv
import gzip

from claimcheck.rules.category_ii.relative_value import DATA_ERROR
from support.cases import Case, line, rule_tests
from support.made_tables import fee_schedule

HITS = {
    "a schedule that prices a report": Case(
        [line("3044F", charge="0.00")],
        tables=fee_schedule(rvu="0.55", _3044F="M"),
        line=1,
        outcome=DATA_ERROR,
        evidence={"code": "3044F"},
    ),
}
MISSES = {
    "no relative value": Case([line("3044F", charge="0.00"), line("3046F", charge="0.00")]),
    "no schedule for the date": Case([line("3044F", charge="0.00", day="2023-07-15")]),
    "a code that is priced, and bundled": Case([line("97010")]),
    "a malformed code": Case([line("304F")]),
}
test_hits, test_misses = rule_tests("CAT102", HITS, MISSES)


def test_no_category_ii_code_of_the_published_schedule_has_a_relative_value(reference_data):
    with gzip.open(reference_data / "pfs" / "pprrvu24c_jul_no_descriptions.csv.gz", "rt") as lines:
        rows = [row for row in csv.DictReader(lines) if row["hcpcs"][:4].isdigit() and row["hcpcs"].endswith("F")]
    assert len(rows) == 565
    totals = {row[column] for row in rows for column in row if "rvu" in column.lower() or "total" in column.lower()}
    assert {float(total) for total in totals if total} <= {0.0}
