from claimcheck.rules.coding.modifier_category import ELSEWHERE, MISPLACED, NOT_A_VISIT
from claimcheck.tables.rows import FeeScheduleRow
from support.cases import Case, institutional, line, rule_tests
from support.made_tables import made_tables

SCHEDULE = made_tables("fee_schedule", [FeeScheduleRow("36620", "", "A", "000", "1.0", "1.0", "0", "0", "0")])
HITS = {
    **{
        f"{modifier} on {code}": Case([line(code, modifier)], line=1, outcome=MISPLACED, evidence={"code": code})
        for code, modifier in (
            ("99213", "1P"),
            ("99213", "8P"),
            ("0042T", "2P"),
            ("J1885", "3P"),
            ("00811", "1P"),
            ("3044F", "P1"),
            ("99213", "P3"),
            ("J1885", "P6"),
            ("0042T", "P2"),
            ("0500F", "P2"),
        )
    },
    "25 on surgery": Case([line("20610", "25")], line=1, outcome=NOT_A_VISIT, evidence={"modifier": "25"}),
    "25 on the last code of surgery": Case([line("69990", "25")], line=1, outcome=NOT_A_VISIT),
    "24 on radiology": Case([line("71046", "24")], line=1, outcome=NOT_A_VISIT),
    "57 on a laboratory test": Case([line("80053", "57")], line=1, outcome=NOT_A_VISIT),
    "anesthesia on a visit": Case([line("99213", "AA")], line=1, outcome=ELSEWHERE),
    "anesthesia on radiology": Case([line("71046", "QZ")], line=1, outcome=ELSEWHERE),
    "rented surgery": Case([line("20610", "RR")], line=1, outcome=ELSEWHERE, evidence={"modifier": "RR"}),
    "a month of rental on a visit": Case([line("99213", "KH")], line=1, outcome=ELSEWHERE),
    "a repeated visit, as if a test": Case([line("99213", "91")], line=1, outcome=ELSEWHERE),
    "surgery of an outside laboratory": Case([line("20610", "90")], line=1, outcome=ELSEWHERE),
    "a split operation": Case([line("27447", "FS")], line=1, outcome=ELSEWHERE, evidence={"modifier": "FS"}),
    "an x-ray of record": Case([line("71046", "AI")], line=1, outcome=ELSEWHERE),
    "a discarded test": Case([line("80053", "JW")], line=1, outcome=ELSEWHERE),
    "nothing discarded of a visit": Case([line("99213", "JZ")], line=1, outcome=ELSEWHERE),
    "anesthesia on an operation": Case([line("27447", "AA")], line=1, outcome=ELSEWHERE, evidence={"modifier": "AA"}),
    "an operation that is not known": Case([line("39499", "QZ")], unchecked="starter_table"),
    "27 on a physician's claim": Case([line("99213", "27")], line=1, outcome=ELSEWHERE),
    "73 on a physician's claim": Case([line("45378", "73")], line=1, outcome=ELSEWHERE),
}
MISSES = {
    "exclusions on Category II": Case([line("3044F", modifier) for modifier in ("1P", "2P", "3P", "8P")]),
    "physical status in anesthesia": Case([line("00811", "P3"), line("01999", "P1", description="x")]),
    "other modifiers": Case([line("99213", "25"), line("3044F", "25"), line("20610", "59")]),
    "25 on a visit": Case([line("99499", "25"), line("92014", "25"), line("G0101", "25"), line("96372", "25")]),
    "anesthesia": Case([line("00811", "AA")]),
    "a line, by an anesthetist": Case([line("36620", "QZ")], tables=SCHEDULE),
    "27 on a hospital's claim": Case([line("99213", "27")], institutional()),
    "73 of a surgery center": Case([line("45378", "73")], {"provider_kind": "asc"}),
    "73 in a surgery center": Case([line("45378", "73")], {"place_of_service": "24"}),
    "equipment": Case([line("E0601", "RR", "KH"), line("L1833", "NU")]),
    "a drug": Case([line("J9271", "JZ"), line("Q4101", "JW"), line("90378", "JZ")]),
    "a repeated test": Case([line("82947", "91"), line("84443", "90")]),
    "a split visit": Case([line("99232", "FS"), line("99223", "AI"), line("99291", "FS")]),
    "no code": Case([line(None, "1P")]),
}
test_hits, test_misses = rule_tests("COD305", HITS, MISSES)
