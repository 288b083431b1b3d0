"""What a notebook shows: escaped, masked, well formed, and readable on light and dark grounds."""

from __future__ import annotations

import pickle
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from hypothesis import given

from claimcheck import ClaimResult, Findings, Policy, Results, Tables, Validator, codes
from claimcheck.claims import Disposition, Severity
from claimcheck.markup import Html, badge, table
from claimcheck.rules.registry import all_rules
from claimcheck.testing import a_claim, a_line
from claimcheck.testing.strategies import broken

VALIDATOR = Validator()
VOID = {"br"}


class Reader(HTMLParser):
    """Reads HTML: the text, and whether every element is closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data} "


def read(value: Any) -> Reader:
    reader = Reader()
    shown = value._repr_html_()
    reader.feed(shown)
    reader.close()
    assert reader.open == [], shown
    assert set(reader.seen) <= {"div", "span", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
    return reader


@given(broken())
def test_a_verdict_says_every_finding_and_nothing_of_the_member(mistake: Any) -> None:
    claim = attrs.evolve(mistake.claim, claim_id="SECRET-1", member_id="SECRET-2", birth_date="1931-02-03")
    result = VALIDATOR.validate(claim)
    text = read(result).text
    for finding in result.findings:
        assert finding.message in text
        assert finding.rule_id in text
        assert finding.message in read(finding).text
    for entry in result.not_checked:
        assert entry.rule_id in text
    for line in result.lines:
        assert all(finding.source in read(line).text for finding in line.findings)
    for some in (result.findings, result.errors, result.warnings):
        shown_findings = read(some).text
        assert all(finding.message in shown_findings for finding in some)
    for shown in (result, *result.lines, *result.findings):
        html = shown._repr_html_()
        assert "SECRET" not in html
        assert "1931" not in html


DAY = date(2024, 7, 15)


def some_results() -> Results:
    claims = [a_claim("45378", "45380"), a_claim("99213"), {"lines": []}, a_claim(a_line("99213", "25", units=0))]
    return Results(map(VALIDATOR.validate, claims))  # apart: in one batch they would be versions of one bill


def test_findings_show_as_a_table_with_the_code_of_their_line() -> None:
    result = some_results()[0]
    assert isinstance(result.findings, Findings)
    assert all(isinstance(line.findings, Findings) for line in result.lines if line.findings)
    text = read(result.findings).text
    for finding in result.findings:
        assert finding.message in text
        assert finding.rule_id in text
    assert "45378" in text
    assert "CO-236" in text
    assert isinstance(ClaimResult.from_dict(result.to_dict()).findings, Findings)
    assert isinstance(result.findings[:1], Findings)
    assert pickle.loads(pickle.dumps(result)) == result


def test_results_show_every_line_with_its_code_and_what_becomes_of_it_with_its_claim() -> None:
    results = some_results()
    text = read(results).text.split()
    for word in ("45378", "45380", "99213", "99213-25", "NCCI101", "STR301", "CO-236", str(DAY)):
        assert word in text
    assert text.count("rejected") >= 2
    assert repr(results).startswith("Results(4 claims, 4 lines: ")
    assert isinstance(results[1:], Results)
    assert results[0].findings == results.findings[: len(results[0].findings)]
    assert "claim-1" not in results._repr_html_()


def test_of_very_many_results_the_first_are_shown() -> None:
    results = Results([VALIDATOR.validate(a_claim("99213"))] * 150)
    assert results._repr_html_().count("<tr>") == 101
    assert "and more" in read(results).text
    assert "and 50 more findings" in read(Findings([some_results().findings[0]] * 150)).text


def test_a_verdict_without_findings() -> None:
    result = attrs.evolve(VALIDATOR.validate(a_claim("99213")), not_checked=())
    assert "clean" in read(result).text
    assert "not checked" not in read(result).text
    bare = attrs.evolve(result.lines[0], charge=None)
    assert "charge" not in read(bare).text


def test_text_is_escaped() -> None:
    [finding] = [f for f in VALIDATOR.validate(a_claim("45378", "45380")).findings if f.rule_id == "NCCI101"]
    evil = "<script>alert('&')</script>"
    for name in ("message", "source", "edition", "rule_name", "carc"):
        html = attrs.evolve(finding, **{name: evil})._repr_html_()
        assert "<script" not in html
        assert "&lt;script&gt;" in html
    policy = attrs.evolve(Policy.load("zero"), title=evil)
    assert "<script" not in policy._repr_html_()
    assert read(attrs.evolve(finding, evidence=type(finding.evidence)({"of": ["<b>", 1]}))).text.count("<b>") == 1


@pytest.mark.parametrize("rule", all_rules(), ids=repr)
def test_a_rule_shows_its_documentation(rule: Any) -> None:
    text = read(rule).text
    assert rule.title in text
    assert rule.sources[0] in text


@pytest.mark.parametrize("name", Policy.names())
def test_a_policy_shows_every_value_with_its_reference(name: str) -> None:
    policy = Policy.load(name)
    text = read(policy).text
    for key, entries in policy.describe():
        assert key in text
        assert all(entry.reference in text for entry in entries)


def test_the_names_of_policies_show_what_each_is() -> None:
    names = Policy.names()
    assert names == tuple(sorted(names))
    text = read(names).text
    for name in names:
        assert name in text
        assert Policy.load(name).title in text


def test_tables_show_their_editions() -> None:
    text = read(Tables.starter()).text
    assert "ptp_practitioner" in text
    assert "2024-07-01" in text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (codes.parse_procedure("3044F"), "3044F   CPT, Category II, HCPCS Level I, (category ii)"),
        (codes.parse_procedure("J1885"), "J1885   HCPCS, HCPCS Level II, (level ii)"),
        (codes.icd10cm.parse("E11.65"), "E1165   Icd10Cm"),
    ],
)
def test_codes(value: Any, said: str) -> None:
    assert read(value).text.split() == said.split()


def test_identifiers_of_members_are_masked() -> None:
    html = codes.mbi.parse("1EG4TE5MK73")._repr_html_()
    assert "1EG4" not in html
    assert "****" in html


def test_badges_are_readable_on_any_ground() -> None:
    """White on each ground, at a contrast of at least 4.5 to 1 (WCAG 2.2, AA)."""
    for word in (*Disposition, *Severity):
        [ground] = re.findall(r"background:#([0-9a-f]{6})", badge(word))
        channels = [int(ground[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
        assert 1.05 / (luminance + 0.05) >= 4.5, word


def test_what_is_html_already_is_left_as_it_is() -> None:
    assert "<i>x</i>" in table(("a",), [(Html("<i>x</i>"),)])
    assert "None" not in table(("a",), [(None,)])


def test_lines_of_a_claim_are_told_apart() -> None:
    text = read(VALIDATOR.validate(a_claim("99213", a_line("3044F", charge="0.00"), total_charge=1))).text
    assert "claim" in text.split()[0]
    assert "STR501" in text
