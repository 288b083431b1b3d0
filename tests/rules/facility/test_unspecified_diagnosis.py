from datetime import date

from claimcheck.rules.facility.unspecified_diagnosis import UNSPECIFIED
from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.shelf import Volume, shelved
from rules.facility.stays import editor, stay
from support.cases import rule_tests
from support.code_tables import list_row

EDITOR = editor({"C3400": "unspecified"})


def in_2022() -> Tables:
    rows = [list_row("C3400", flags="unspecified", age_min="", age_max="", sex="")]
    edition = Edition("medicare", "inpatient_diagnosis", "made", date(2022, 1, 1), date(2022, 12, 31))
    return Tables(None, shelved([Volume(edition, RecordTable.over(memoryview(pack_records(rows)), edition.table))]))


HITS = {
    "the principal diagnosis": stay("C34.00", tables=EDITOR, outcome=UNSPECIFIED, evidence={"code": "C34.00"}),
    "a secondary diagnosis": stay("J18.9", "C34.00", tables=EDITOR, outcome=UNSPECIFIED),
    "on the first day of the edit": stay("C34.00", day="2022-04-01", tables=in_2022(), outcome=UNSPECIFIED),
    "by the starter list": stay("G81.00", outcome=UNSPECIFIED),
    "no list of the day": stay("C34.00", day="2028-01-01", unchecked="stale"),
}
MISSES = {
    "the day before": stay("C34.00", day="2022-03-31", tables=in_2022()),
    "a side": stay("C34.01", tables=EDITOR),
    "the admitting diagnosis": stay("C34.01", {"code": "C34.00", "role": "admitting"}, tables=EDITOR),
    "an outpatient": stay("C34.00", bill_type="0131", tables=EDITOR),
}
test_hits, test_misses = rule_tests("FAC606", HITS, MISSES)
