"""Wrong policies of all kinds: each is refused with its file, the key, and what is expected there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck import Policy, PolicyError


def entry(key: str, *values: str) -> str:
    return "\n".join([f"[[{key}]]", 'reference = "a letter"', *values, ""])


def charge(*values: str) -> str:
    return entry("category_ii.charge", *values)


def limit(*values: str, name: str = "ours", codes: str = '"3044F"') -> str:
    table = ", ".join([f'name = "{name}"', f"codes = [{codes}]", *values])
    return entry("frequency.limits", f"limits = [{{ {table} }}]")


def incentive(*values: str) -> str:
    return entry("category_ii.incentives", f"listed = [{{ {', '.join(values)} }}]")


def results(*bands: str, more: str = "") -> str:
    return entry("category_ii.results", f'groups = [{{ name = "test", bands = [{", ".join(bands)}] }}{more}]')


EXTENDS = 'extends = "default"\n'
LIMITS, CHARGE, RESULTS = "frequency.limits", "category_ii.charge", "category_ii.results"
INCENTIVES = "category_ii.incentives"

#: what is wrong: the file, the key, and what the error says
WRONG: dict[str, tuple[str | bytes, str | None, str]] = {
    # the file
    "an empty file": ("", None, 'it says nothing: `extends = "default"`, or a parameter'),
    "a file of white space": ("\n \n", None, "it says nothing"),
    "a file of remarks": ("# to be written\n", None, "it says nothing"),
    "a file of a title": ('title = "Ours"\n', None, "it says nothing"),
    "a name alone, after a mark": (b'\xef\xbb\xbfname = "ours"\n', None, "it says nothing"),
    "UTF-16": (charge('accepts = ["0.00"]').encode("utf-16"), None, "it is no UTF-8 text; save it as UTF-8"),
    "Latin-1": ('title = "Médicaid"\n'.encode("latin-1"), None, "save it as UTF-8"),
    "JSON": ('{"extends": "default"}', None, "not a TOML file"),
    "a key twice": (EXTENDS + EXTENDS, None, "not a TOML file"),
    "text without quotes": ("extends = default\n", None, "not a TOML file"),
    "a number of 5,000 digits": (f"[[a.b]]\nx = {'9' * 5000}\n", None, "not a TOML file"),
    # the head
    "a number as a title": ("title = 5\n" + EXTENDS, "title", "text is expected, not 5"),
    "a blank name": ('name = " "\n' + EXTENDS, "name", "text is expected, not ' '"),
    "a blank extends": ('extends = ""\n', "extends", "text is expected, not ''"),
    "two to extend": ('extends = ["default", "zero"]\n', "extends", "text is expected, not a list"),
    "a slip in extends": ('extend = "default"\n', "extend", "unknown; did you mean extends?"),
    "a slip in the extended name": ('extends = "medicaer"\n', "extends", "did you mean medicare?"),
    "a library's name as a file": ('extends = "default.toml"\n', "extends", 'the library\'s own is "default"'),
    "a file that is not there": ('extends = "base.toml"\n', "extends", "base.toml: there is no such file"),
    "itself": ('extends = "own.toml"\n', "extends", "the policy extends itself"),
    # the shape
    "a family of its own": (EXTENDS + "[[ours.charge]]\nx = 1\n", "ours.charge", "unknown parameter; families are"),
    "a parameter of its own": (EXTENDS + "[[ncci.charge]]\nx = 1\n", "ncci.charge", "known: ncci.add_on_codes"),
    "a slip in a family": (
        EXTENDS + charge().replace("ii.", "i."),
        "category_i.charge",
        "did you mean category_ii.charge?",
    ),
    "a slip in a parameter": (EXTENDS + entry("frequency.limit"), "frequency.limit", "did you mean frequency.limits?"),
    "one table": (EXTENDS + '[category_ii.charge]\nallowed = "0.00"\n', CHARGE, "[[category_ii.charge]]"),
    "a value at the top": (EXTENDS + "most = 1\n", "most", "unknown; a policy holds"),
    "an empty list of entries": (EXTENDS + "[category_ii]\ncharge = []\n", CHARGE, "a list of entries is expected"),
    "text as entries": (EXTENDS + '[category_ii]\ncharge = "0.00"\n', CHARGE, "a list of entries is expected"),
    "a slip in a field": (
        EXTENDS + charge('alowed = "0.00"'),
        CHARGE,
        "alowed: unknown; known: accepts, allowed; did you mean allowed?",
    ),
    "a field of nobody": (EXTENDS + charge("colour = 1"), CHARGE, "colour: unknown; known: accepts, allowed"),
    "no reference": (EXTENDS + '[[category_ii.charge]]\nallowed = "0.00"\n', CHARGE, "a `reference` is missing"),
    "a number as a reference": (
        EXTENDS + "[[category_ii.charge]]\nreference = 2024\n",
        CHARGE,
        "a `reference` is missing on the entry from the beginning: text",
    ),
    # days
    "a day in quotes": (EXTENDS + charge() + charge('from = "2024-01-01"'), CHARGE, "a date without quotes"),
    "a year as a day": (EXTENDS + charge() + charge("from = 2024"), CHARGE, "such as 2021-06-01, not 2024"),
    "a moment as a day": (EXTENDS + charge() + charge("from = 2024-01-01T00:00:00Z"), CHARGE, "a date without quotes"),
    "a gap": (EXTENDS + charge("from = 2024-01-01"), CHARGE, "nothing is said before 2024-01-01"),
    "two from one day": (
        EXTENDS + charge() + charge("from = 2024-01-01") + charge("from = 2024-01-01"),
        CHARGE,
        "the entry from 2024-01-01 overlaps the one before it",
    ),
    "two from the beginning": (EXTENDS + charge() + charge(), CHARGE, "from the beginning overlaps the one before it"),
    "backwards": (
        EXTENDS + charge() + charge("from = 2024-01-01") + charge("from = 2023-01-01"),
        CHARGE,
        "the entry from 2023-01-01 overlaps",
    ),
    # amounts
    "a negative amount": (EXTENDS + charge('allowed = "-0.01"'), CHARGE, 'in whole cents, "0.00" or more, is expected'),
    "a fraction of a cent": (EXTENDS + charge('allowed = "0.001"'), CHARGE, "is expected, not '0.001'"),
    "a negative charge among several": (EXTENDS + charge('accepts = ["0.00", "-0.01"]'), CHARGE, "not '-0.01'"),
    "a fraction among several": (EXTENDS + charge('accepts = ["0.005"]'), CHARGE, "accepts: an amount in whole cents"),
    "an integer as an amount": (
        EXTENDS + charge("allowed = 0"),
        CHARGE,
        'an amount in quotes ("0.01") is expected, not 0',
    ),
    "an integer among amounts": (EXTENDS + charge("accepts = [0, 1]"), CHARGE, "accepts: an amount in quotes"),
    "a float as an amount": (EXTENDS + charge("allowed = 0.01"), CHARGE, "is expected, not 0.01"),
    "infinity": (EXTENDS + charge("allowed = inf"), CHARGE, "an amount in quotes"),
    "a currency sign": (EXTENDS + charge('allowed = "$0.01"'), CHARGE, "is expected, not '$0.01'"),
    "a decimal comma": (EXTENDS + charge('allowed = "0,01"'), CHARGE, "is expected, not '0,01'"),
    "a word as an amount": (EXTENDS + charge('allowed = "a penny"'), CHARGE, "is expected, not 'a penny'"),
    "text for a list of amounts": (EXTENDS + charge('accepts = "0.00"'), CHARGE, "accepts: a list is expected"),
    "no accepted charge": (EXTENDS + charge("accepts = []"), CHARGE, "at least one amount is expected"),
    "allowed above accepts": (
        EXTENDS + charge('accepts = ["0.00", "0.01"]', 'allowed = "0.02"'),
        CHARGE,
        "allowed: 0.02 is above every accepted charge, and the lesser of the two is paid: at most 0.01 is expected",
    ),
    "allowed above the default of accepts": (EXTENDS + charge('allowed = "10.00"'), CHARGE, "at most 0.01 is expected"),
    "an incentive of nothing": (
        EXTENDS + incentive('codes = ["3044F"]', 'amount = "0.00"'),
        INCENTIVES,
        'an amount above "0.00" is expected',
    ),
    "a negative incentive": (EXTENDS + incentive('codes = ["3044F"]', 'amount = "-5.00"'), INCENTIVES, "whole cents"),
    "an incentive in an integer": (EXTENDS + incentive('codes = ["3044F"]', "amount = 20"), INCENTIVES, "in quotes"),
    "an incentive for nothing": (
        EXTENDS + incentive("codes = []", 'amount = "5.00"'),
        INCENTIVES,
        "at least one procedure",
    ),
    "an incentive without an amount": (EXTENDS + incentive('codes = ["3044F"]'), INCENTIVES, "amount: missing"),
    # codes
    "a word as a code": (EXTENDS + limit(codes='"HbA1c"'), LIMITS, "codes: a procedure code, such as 99213"),
    "a code that is cut": (EXTENDS + limit(codes='"9921"'), LIMITS, "is expected, not '9921'"),
    "a number as a code": (EXTENDS + limit(codes="99213"), LIMITS, "codes: text is expected, not 99213"),
    "a span to half a code": (EXTENDS + limit(codes='"A0021-A099"'), LIMITS, "is expected, not 'A099'"),
    "a span backwards": (EXTENDS + limit(codes='"99215-99202"'), LIMITS, "the span 99215-99202 ends before it begins"),
    "a span between two lists": (EXTENDS + limit(codes='"0001F-9999T"'), LIMITS, "from one list of codes into another"),
    "a span without an end": (EXTENDS + limit(codes='"99202-"'), LIMITS, "is no code and no span of codes"),
    "codes in one text": (EXTENDS + limit(codes='"99213, 99214"'), LIMITS, "a procedure code"),
    "a word as a diagnosis": (
        EXTENDS + incentive('codes = ["3044F"]', 'amount = "5.00"', 'diagnoses = ["diabetes"]'),
        INCENTIVES,
        "diagnoses: a diagnosis code, such as E11.65, is expected, not 'DIABETES'",
    ),
    "a modifier of three": (EXTENDS + limit('except_modifiers = ["25X"]'), LIMITS, "a modifier, such as 25 or LT"),
    "a modifier in lower case": (EXTENDS + limit('except_modifiers = ["lt"]'), LIMITS, "is expected, not 'lt'"),
    "one modifier for a pair": (
        EXTENDS + entry("coding.modifier_conflicts", 'warned = ["26"]'),
        "coding.modifier_conflicts",
        'a pair of modifiers, such as "26 TC", is expected',
    ),
    "a revenue code of three digits": (
        EXTENDS + entry("facility.accommodations", 'codes = ["100-219"]'),
        "facility.accommodations",
        "codes: a revenue code of four digits, such as 0450, is expected, not '100'",
    ),
    "a bill type of three digits": (
        EXTENDS + entry("facility.accommodations", 'bills = [{ types = ["131"] }]'),
        "facility.accommodations",
        "bills: no. 1: types: a bill type by its first two digits, such as 13 for 013x",
    ),
    "bills of no type": (
        EXTENDS + entry("facility.accommodations", 'bills = [{ without = ["41"] }]'),
        "facility.accommodations",
        "bills: no. 1: types: missing",
    ),
    "a condition code of one": (
        EXTENDS + entry("facility.multiple_visits", 'condition_codes = ["G"]'),
        "facility.multiple_visits",
        "a condition code of two characters",
    ),
    "a place of service that is none": (
        EXTENDS + entry("coverage.fee_schedule_status", 'supplied_at = ["home"]'),
        "coverage.fee_schedule_status",
        "a place of service of two digits, such as 11, is expected, not 'home'",
    ),
    "a claim type that is none": (
        EXTENDS + entry("coverage.fee_schedule_status", 'claim_types = ["dental"]'),
        "coverage.fee_schedule_status",
        "one of professional, institutional is expected",
    ),
    "a field that no claim has": (
        EXTENDS + entry("structure.required_fields", 'wanted_professional = ["npi"]'),
        "structure.required_fields",
        "a field of a claim, such as \"member_id\", is expected, not 'npi'",
    ),
    # words
    "a slip in a window": (EXTENDS + limit('window = "calender_year"'), LIMITS, "did you mean calendar_year?"),
    "a window that is none": (EXTENDS + limit('window = "month"'), LIMITS, "window: one of calendar_year, policy_year"),
    "a provider for a member": (EXTENDS + limit('per = "provider"'), LIMITS, "per: one of member, member_and_provider"),
    "yes for true": (EXTENDS + limit('paid_only = "yes"'), LIMITS, "paid_only: true or false is expected, not 'yes'"),
    "one for true": (EXTENDS + limit("grouped = 1"), LIMITS, "grouped: true or false is expected, not 1"),
    "a version of ICD that is none": (
        EXTENDS + entry("coding.icd_version", 'version = "ICD-10"'),
        "coding.icd_version",
        "one of ICD-9-CM, ICD-10-CM is expected, not 'ICD-10'",
    ),
    "a program that is none": (
        EXTENDS + entry("ncci.settings", 'program = "Medicare"'),
        "ncci.settings",
        "program: one of medicare, medicaid is expected, not 'Medicare'; did you mean medicare?",
    ),
    # numbers
    "a limit of none": (EXTENDS + limit("most = 0"), LIMITS, "most: a whole number from 1 to 9,999 is expected, not 0"),
    "a negative limit": (EXTENDS + limit("most = -1"), LIMITS, "is expected, not -1"),
    "a limit without sense": (EXTENDS + limit("most = 1_000_000"), LIMITS, "is expected, not 1000000"),
    "a limit in text": (EXTENDS + limit('most = "1"'), LIMITS, "most: a whole number is expected, not '1'"),
    "half a use": (EXTENDS + limit("most = 1.5"), LIMITS, "most: a whole number is expected, not 1.5"),
    "a claim of no lines": (
        EXTENDS + entry("structure.counts", "professional_lines = 0"),
        "structure.counts",
        "professional_lines: a whole number from 1 to 9,999 is expected, not 0",
    ),
    "an edition for ever": (
        EXTENDS + entry("tables.accepted", "staleness_days = 999999999999"),
        "tables.accepted",
        "staleness_days: a whole number from 0 to 36,525 is expected",
    ),
    "an edition for less than a day": (
        EXTENDS + entry("tables.accepted", "staleness_days = -1"),
        "tables.accepted",
        "is expected, not -1",
    ),
    "a year that begins on February 29": (EXTENDS + limit('year_starts = "02-29"'), LIMITS, "a day of every year"),
    "a year of a window that has none": (
        EXTENDS + limit('window = "lifetime"', 'year_starts = "07-01"'),
        LIMITS,
        "year_starts: a window of lifetime has no year that begins on a day of its own: leave it out, or say window =",
    ),
    "a year of one's own in a calendar year": (
        EXTENDS + limit('year_starts = "07-01"'),
        LIMITS,
        "a window of calendar",
    ),
    "a year that begins on no day": (EXTENDS + limit('year_starts = "July"'), LIMITS, 'as month and day ("07-01")'),
    "a band that ends before it begins": (
        results('{ code = "3044F", at_least = "8.0", below = "7.0" }'),
        RESULTS,
        "the band of 3044F ends at 7.0 before it begins at 8.0",
    ),
    "a band of nothing": (results('{ code = "3044F", above = "7.0", at_most = "7.0" }'), RESULTS, "ends at 7.0 before"),
    "a band that begins twice": (
        results('{ code = "3044F", at_least = "7.0", above = "7.0" }'),
        RESULTS,
        "at_least, above: one of the two is expected for 3044F, not both",
    ),
    "a result in a float": (results('{ code = "3044F", below = 7.0 }'), RESULTS, "bands: no. 1: below: an amount in"),
    "a test without bands": (results(), RESULTS, "bands: at least one band is expected, not an empty list"),
    "a code of two tests": (
        results('{ code = "3044F" }', more=', { name = "other", bands = [{ code = "3044F" }] }'),
        RESULTS,
        "groups: 3044F stands in 'test' and again in 'other': once is expected",
    ),
    # names
    "two limits of one name": (
        EXTENDS + entry(LIMITS, 'limits = [{ name = "a", codes = ["3044F"] }, { name = "a", codes = ["3046F"] }]'),
        LIMITS,
        "limits: two are named 'a': a name of its own is expected of each",
    ),
    "a limit without a name": (EXTENDS + entry(LIMITS, 'limits = [{ codes = ["3044F"] }]'), LIMITS, "name: missing"),
    "a limit of a blank name": (EXTENDS + limit(name=" "), LIMITS, "name: a name of 1 to 100 characters is expected"),
    "a limit without codes": (EXTENDS + limit(codes=""), LIMITS, "codes: at least one procedure code is expected"),
    "a limit that is inherited": (
        EXTENDS + limit(name="Category II, once a year"),
        LIMITS,
        "'Category II, once a year' is inherited already: give yours another name, or add replaces = ",
    ),
    "replacing what is not there": (
        EXTENDS + limit('replaces = "Category II, once per year"'),
        LIMITS,
        "which is not inherited in its time; did you mean 'Category II, once a year'?",
    ),
    "replacing nothing": (limit('replaces = "x"'), LIMITS, "'ours' replaces 'x', which is not inherited"),
    "replacing by number": (EXTENDS + limit("replaces = 1"), LIMITS, "the name of what is replaced is expected, not 1"),
    "replacing in words": (EXTENDS + entry(LIMITS, 'replace = "all"'), LIMITS, "replace: true or false is expected"),
    "replacing what stands alone": (EXTENDS + charge("replace = true"), CHARGE, "replace: unknown here"),
    "a limit as text": (EXTENDS + entry(LIMITS, 'limits = ["3044F"]'), LIMITS, "limits: a table is expected"),
    "one limit for a list": (EXTENDS + entry(LIMITS, 'limits = { name = "a" }'), LIMITS, "limits: a list is expected"),
    # rules
    "rules as a list": (EXTENDS + "[[rules]]\nignore = []\n", "rules", "a table is expected: [rules], not a list"),
    "a slip in rules": (EXTENDS + '[rules]\nignored = ["STR501"]\n', "rules.ignored", "did you mean ignore?"),
    "one rule in text": (EXTENDS + '[rules]\nignore = "STR501"\n', "rules.ignore", "a list of rule ids"),
    "a rule by number": (EXTENDS + "[rules]\nignore = [501]\n", "rules.ignore", "a list of rule ids"),
    "nothing selected": (EXTENDS + "[rules]\nselect = []\n", "rules.select", "at least one rule id"),
    "a severity that is none": (
        EXTENDS + '[rules]\nseverity = { NCCI101 = "off" }\n',
        "rules.severity",
        "NCCI101: one of error, warning, info is expected, not 'off'",
    ),
    "severities in a list": (EXTENDS + '[rules]\nseverity = ["NCCI101"]\n', "rules.severity", "a table is expected"),
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write(text: str | bytes) -> Path:
        path = tmp_path / "own.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_policy_is_refused_with_its_key_and_what_is_expected(
    written: Callable[[str | bytes], Path], case: str
) -> None:
    text, key, words = WRONG[case]
    path = written(text)
    with pytest.raises(PolicyError) as caught:
        Policy.load(path)
    assert (caught.value.file, caught.value.place) == (str(path), key)
    assert words in caught.value.reason
    assert not caught.value.reason.endswith(".")


def test_there_are_many_of_them() -> None:
    assert len(WRONG) >= 60


def test_all_faults_of_a_file_are_told_at_once(written: Callable[[str | bytes], Path]) -> None:
    path = written(
        "title = 5\nextends = 'default'\n"
        + charge('allowed = "-1"', 'accepts = ["0.001"]', "colour = 1")
        + limit("most = 0", codes='"x"')
        + '[rules]\nselect = "NCCI"\n'
    )
    faults = Policy.faults(path)
    assert {fault.file for fault in faults} == {str(path)}
    assert [fault.place for fault in faults] == ["title", "rules.select", *[CHARGE] * 3, *[LIMITS] * 2]
    assert Policy.faults("default") == ()


def test_the_faults_of_what_is_extended_are_told_too(written: Callable[[str | bytes], Path], tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(charge("allowed = 1"))
    faults = Policy.faults(written('extends = "base.toml"\n' + limit("most = 0")))
    assert {(Path(fault.file or "").name, fault.place) for fault in faults} == {
        ("base.toml", CHARGE),
        ("own.toml", LIMITS),
    }


def test_a_byte_order_mark_is_read(written: Callable[[str | bytes], Path]) -> None:
    text = b"\xef\xbb\xbf" + (EXTENDS + charge('accepts = ["0.00"]')).encode()
    assert Policy.load(written(text)).hash == Policy.load(written(text[3:])).hash


def mappings() -> Iterator[str]:
    """Those that are TOML; but a mapping may hold days in text, and is no file that could extend itself."""
    for case, (text, _, words) in WRONG.items():
        if "TOML" not in words and "UTF-8" not in words and case not in ("a day in quotes", "itself"):
            assert tomllib.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text) is not None
            yield case


@pytest.mark.parametrize("case", list(mappings()))
def test_a_mapping_is_refused_as_a_file_is(case: str) -> None:
    text, key, words = WRONG[case]
    mapping = tomllib.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    with pytest.raises(PolicyError) as caught:
        Policy.from_dict(mapping)
    assert (caught.value.file, caught.value.place) == (None, key)
    assert words in caught.value.reason


def test_a_mapping_of_json_is_a_policy() -> None:
    said = {
        "extends": "zero",
        "category_ii": {
            "charge": [
                {"accepts": ["0.00"], "reference": "x"},
                {"from": "2024-01-01", "accepts": ["0.00", "0.01"], "allowed": "0.01", "reference": "y"},
            ]
        },
    }
    policy = Policy.from_dict(json.loads(json.dumps(said)), name="ours")
    assert policy.name == "ours"
    assert [str(day) for day in policy.boundaries if day.year == 2024][:1] == ["2024-01-01"]
    said["category_ii"]["charge"][1]["allowed"] = Decimal("0.01")  # type: ignore[index]
    assert Policy.from_dict(said).hash == policy.hash


@pytest.mark.parametrize("given", [[], "default", None, 5])
def test_what_is_no_mapping_is_refused(given: object) -> None:
    with pytest.raises(PolicyError, match="a mapping is expected"):
        Policy.from_dict(given)  # type: ignore[arg-type]
