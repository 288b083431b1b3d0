"""The sums of the report, and the page around them."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections import Counter
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Claim, ClaimResult, Finding, LineResult, Validator, validate_claim, validate_claims
from claimcheck.cli.summary import Summary
from claimcheck.io import read_claims
from claimcheck.report import Report, entry_of
from claimcheck.report.entry import NO_CODE, NO_DATE, NO_PROVIDER
from claimcheck.report.tally import Rows, Tally

from .conftest import entries

DEMO = resources.files("claimcheck.demo") / "example.837"


@pytest.fixture(scope="module")
def judged() -> list[tuple[Claim, ClaimResult]]:
    claims = list(read_claims(Path(str(DEMO))))
    return list(zip(claims, Validator("penny_from_2021_06_01").validate_many(claims, "2024-10-01"), strict=True))


@pytest.fixture(scope="module")
def page(judged: list[tuple[Claim, ClaimResult]]) -> str:
    report = Report()
    for claim, result in judged:
        report.add(claim, result)
    return report.html()


def _data(page: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    data: dict[str, Any] = json.loads(text)
    return data


def _counted(claim: Claim, result: ClaimResult) -> list[tuple[LineResult, str, Finding | None]]:
    """How a report counts each line, and what decides it: a hospital bill is returned whole for one rejected line."""
    wrong = [line for line in result.lines if line.disposition == "rejected"]
    if claim.claim_type != "institutional" or not wrong:
        return [(line, str(line.disposition), line.deciding) for line in result.lines]
    return [(line, "rejected", line.deciding if line in wrong else wrong[0].deciding) for line in result.lines]


def test_the_sums_are_those_of_the_verdicts(judged: list[tuple[Claim, ClaimResult]]) -> None:
    tally = Tally(Rows(1000))
    for claim, result in judged:
        tally.add(entry_of(claim, result))
    verdicts = [result for _, result in judged]
    lines = [one for claim, result in judged for one in _counted(claim, result)]
    assert tally.claims == len(verdicts)
    assert tally.with_errors == sum(not result.ok for result in verdicts)
    assert tally.incomplete == sum(not result.complete for result in verdicts)
    assert tally.lines == Counter(stands for _, stands, _ in lines)  # no claim of the demo is rejected by itself
    assert tally.findings == len(tally.rows) == sum(len(result.findings) for result in verdicts)
    lost = [(line.charge or 0, by) for line, stands, by in lines if stands in ("denied", "rejected", "review")]
    assert tally.at_stake == sum(charge for charge, _ in lost)
    assert sum(group.at_stake for group in tally.rules.values()) == sum(charge for charge, by in lost if by)
    for groups in (tally.providers, tally.months, tally.codes):
        assert sum(group.at_stake for group in groups.values()) == tally.at_stake
    for groups in (tally.providers, tally.months):
        assert sum(group.total for group in groups.values()) == tally.findings


def test_the_lines_of_a_claim_that_is_rejected_as_a_whole_are_at_stake_by_its_rule() -> None:
    line = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
    claim = Claim.from_dict({"claim_type": "professional", "billing_npi": "3000000000", "lines": [line]})
    tally = Tally(Rows(10))
    tally.add(entry_of(claim, validate_claim(claim)))
    assert tally.lines == {"rejected": 1}
    assert tally.at_stake == tally.rules["STR701"].at_stake == Decimal("125.00")


def test_every_finding_is_in_the_list(page: str, judged: list[tuple[Claim, ClaimResult]]) -> None:
    data = _data(page)
    texts, columns = data["texts"], data["columns"]
    listed = [
        (claim, texts[rule], texts[message], line)
        for claim, rule, message, line in zip(
            columns["claim"], columns["rule"], columns["message"], columns["line"], strict=True
        )
    ]
    assert listed == [
        (number, finding.rule_id, finding.message, finding.line_number)
        for number, (_, result) in enumerate(judged, 1)
        for finding in result.findings
    ]


def test_nothing_of_a_member_or_claim_is_on_the_page(page: str) -> None:
    for canary in ("EX0000001", "MARY", "1960", "COLONOSCOPY", "DIABETES-VISIT", "2024-07-15", "2024-08-20"):
        assert canary not in page


def test_claim_ids_and_days_are_shown_when_asked_for(judged: list[tuple[Claim, ClaimResult]]) -> None:
    report = Report(show_claim_ids=True)
    for claim, result in judged:
        report.add(claim, result)
    page = report.html()
    assert "COLONOSCOPY" in _data(page)["claimIds"].values()
    assert "2024-08-20" in _data(page)["texts"]
    assert "EX0000001" not in page
    assert "Claim ids are shown" in page


def test_the_page_fetches_nothing_and_allows_nothing_else(page: str) -> None:
    assert "default-src 'none'" in page
    assert re.findall(r'(?:src|href)="(?!#|data:)', page) == []
    assert re.findall(r"url\((?!#)|@import", page) == []
    assert page.count("<figure>") == 6


def test_what_was_not_checked_is_said_with_what_to_do(page: str) -> None:
    assert "a claim without findings is not known to be clean." in page
    assert "claimcheck tables add" in page
    assert "member history" in page


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"&\u2028'])
def test_markup_in_data_is_text(text: str) -> None:
    [entry] = entries(1)
    line = entry.lines[0]._replace(code=text, provider=text)
    found = entry.findings[0]._replace(rule=text, name=text, source=text, message=text, codes=text)
    report = Report()
    report.take(entry._replace(claim_id=text, file=text, lines=(line, *entry.lines[1:]), findings=(found,)))
    page = report.html()
    assert text in _data(page)["texts"]
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize("show", [True, False])
def test_a_superseded_claim_names_its_successor_where_ids_are_shown(show: bool) -> None:
    line = {"procedure_code": "99213", "units": 1, "charge": "10.00", "service_date": "2024-07-15"}
    first = {"claim_id": "FIRST-1", "claim_type": "professional", "member_id": "M1", "lines": [line]}
    second = {**first, "claim_id": "SECOND-2", "frequency_code": "7", "original_claim_id": "FIRST-1"}
    report = Report(show_claim_ids=show)
    for given, result in zip([first, second], validate_claims([first, second]), strict=True):
        report.add(Claim.from_dict(given), result)
    page = report.html()
    assert re.search(r"STR507|another version", page)
    assert (re.search(r"[a-z]: claim SECOND-2", page) is not None) is show
    assert ("SECOND-2" in page) is show


def test_what_is_not_well_formed_is_not_shown() -> None:
    lines = [
        {"procedure_code": "SMITH", "units": 1},
        {"revenue_code": "0450", "units": 1, "service_date": "2024-07-15"},
        {"revenue_code": "SMITH", "rendering_npi": "1234567893"},
    ]
    claim = Claim(claim_type="institutional", billing_npi="SMITH", statement_from="2024-07-01", lines=lines)
    entry = entry_of(claim, Validator().validate(claim))
    assert [line.code for line in entry.lines] == [NO_CODE, "revenue 0450", NO_CODE]
    assert [line.provider for line in entry.lines] == [NO_PROVIDER, NO_PROVIDER, "1234567893"]
    assert [line.time for line in entry.lines] == 3 * ["2024-07"]
    empty = Claim()
    assert entry_of(empty, Validator().validate(empty)).time == NO_DATE


def test_a_report_on_nothing_is_a_page_too() -> None:
    page = Report().html()
    assert "<dt>Claims</dt><dd>0, with 0 lines</dd>" in page
    assert '<span class="number">none</span><span>expected denial rate' in page
    assert "No line has a service date." in page
    assert _data(page) == {"texts": [], "columns": {}, "claimIds": {}}


def _section(page: str, key: str) -> str:
    return page.partition(f'id="by-{key}"')[2].partition("</section>")[0]


def _bars(page: str, key: str) -> dict[str, str]:
    """The bars of a section: their names and values."""
    found = re.findall(r'class="name" title="([^"]*)".*?class="value">([^<]*)<', _section(page, key))
    return dict(found)


def test_findings_by_carc_begin_with_the_commonest_even_where_nothing_is_at_risk() -> None:
    """Twelve codes deny one line each; a thirteenth only informs, on all of them."""
    report = Report()
    for entry in entries(12, findings_each=1):
        [judged], [found] = entry.lines, entry.findings
        common = found._replace(codes="CO-246/N620", severity="info")
        own = f"CO-{100 + entry.place}"
        findings = (found._replace(codes=own, severity="error"), common)
        report.take(entry._replace(lines=(judged._replace(disposition="denied", carc=own),), findings=findings))
    bars = _bars(report.html(), "carc")
    assert len(bars) == 10
    assert next(iter(bars.items())) == ("CO-246", "12")


def test_dollars_and_findings_are_those_of_the_verdicts(judged: list[tuple[Claim, ClaimResult]], page: str) -> None:
    lines = [one for claim, result in judged for one in _counted(claim, result)]
    by_rule, by_carc, counted = Counter[str](), Counter[str](), Counter[str]()
    for line, stands, deciding in lines:
        if stands in ("denied", "rejected", "review"):
            assert deciding is not None
            by_rule[deciding.rule_id] += line.charge or 0
            by_carc[f"{deciding.group_code}-{deciding.carc}"] += line.charge or 0
    for _, result in judged:
        counted.update(f"{one.group_code}-{one.carc}" for one in result.findings if one.carc is not None)
    assert {name: Decimal(value.strip("$").replace(",", "")) for name, value in _bars(page, "rule").items()} == {
        name: amount for name, amount in by_rule.items() if amount
    }
    assert {name: int(value) for name, value in _bars(page, "carc").items()} == counted
    for name, amount in by_carc.items():
        assert re.search(rf'>{name}</button>.*?<td class="n">\${amount:,.2f}</td>', _section(page, "carc"))
    processed = [line for line, stands, _ in lines if stands != "rejected"]
    denied = [line for line, stands, _ in lines if stands == "denied"]
    share = 100 * float(sum(line.charge or 0 for line in denied) / sum(line.charge or 0 for line in processed))
    assert (
        f"{share:.1f}%</span><span>expected denial rate by dollars ({100 * len(denied) / len(processed):.1f}% of lines)"
        in page
    )


def test_the_axis_has_every_month_and_a_wrong_year_does_not_stretch_it() -> None:
    report = Report()
    days = ["2023-11"] * 3 + ["2024-02"] * 2 + ["2024-03", "1924-03", NO_DATE]
    for entry, day in zip(entries(len(days), findings_each=1), days, strict=True):
        line = entry.lines[0]._replace(time=day, charge=Decimal("100.00"), disposition="denied")
        report.take(entry._replace(lines=(line,)))
    section = _section(report.html(), "time")
    heights = [
        sum(float(size) for size in re.findall(r"height:([0-9.]+)%", column))
        for column in section.split('<span class="column">')[1:]
    ]
    assert len(heights) == 5  # from November to March
    assert heights[1] == heights[2] == 0
    assert heights[0] == pytest.approx(1.5 * heights[3], abs=0.02)
    assert "2 lines without a service date, or far from these months, not shown." in section
    assert re.findall(r'data-value="([^"]+)"', section) == ["2024-03", "2024-02", "2023-11"]


def test_the_head_says_whose_run_it_is_and_of_which_day() -> None:
    report = Report(run_date=date(2024, 10, 1), payer="<Example> Plan", policy_title="ours")
    for entry in entries(1):
        report.take(entry)
    head = report.html().partition("<header>")[2].partition("</header>")[0]
    assert "<dt>Run date</dt><dd>2024-10-01</dd>" in head
    assert "<dt>Payer</dt><dd>&lt;Example&gt; Plan</dd>" in head
    assert "<small>ours</small>" in head
    assert "Run date" not in Report().html()


def test_the_same_claims_are_the_same_page(judged: list[tuple[Claim, ClaimResult]], page: str) -> None:
    again = Report()
    for claim, result in judged:
        again.add(claim, result)
    assert again.html() == page


def test_only_so_many_findings_are_listed_and_all_are_counted() -> None:
    report = Report(most_findings=10)
    for entry in entries(40):
        report.take(entry)
    page = report.html()
    assert len(_data(page)["columns"]["claim"]) == 10
    assert "The first 10 of 80 findings are listed" in page


def test_memory_does_not_grow_with_the_claims() -> None:
    report = Report(most_findings=1000)
    given = entries(12_000)
    sizes = []
    tracemalloc.start()
    try:
        for _ in range(2):
            for _ in range(4_000):
                report.take(next(given))
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    # The codes are ninety thousand; of them alone there are more as claims go by.
    assert sizes[1] < 2.2 * sizes[0]
    assert len(report._tally.rows) == 1000


def test_a_file_is_written_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    Report().write(path)
    before = path.read_text()
    monkeypatch.setattr("claimcheck.report.report.render", lambda *_: "\ud800")
    with pytest.raises(UnicodeEncodeError):
        Report().write(path)
    assert path.read_text() == before


def test_negative_charges_and_lines_without_one_are_told() -> None:
    [entry] = entries(1)
    tally = Tally(Rows(10))
    charges = (Decimal(-5), None)
    lines = [line._replace(charge=one, disposition="denied") for line, one in zip(entry.lines, charges, strict=True)]
    tally.add(entry._replace(lines=(lines[0], lines[1]._replace(rule=None))))
    assert tally.at_stake == Decimal(-5)
    assert tally.rows.columns["cents"] == [-500, None]


def test_the_total_line_of_a_claim_is_in_no_sum_of_what_is_billed() -> None:
    lines = [("0300", "80053", "60.00"), ("0510", "99213", "120.00"), ("0001", None, "180.00")]
    claim = {
        "claim_id": "A",
        "claim_type": "institutional",
        "bill_type": "0131",
        "lines": [
            {"revenue_code": revenue, "procedure_code": code, "charge": charge, "service_date": "2024-07-15"}
            for revenue, code, charge in lines
        ],
    }
    result = validate_claim(claim)
    assert [line.billed for line in result.lines] == [Decimal("60.00"), Decimal("120.00"), None]
    summary, report = Summary(), Report()
    summary.add(result)
    assert sum(summary.charges.values()) == Decimal("180.00")
    report.add(Claim.from_dict(claim), result)
    assert "$180.00" in report.html()
    assert "$360.00" not in report.html()
