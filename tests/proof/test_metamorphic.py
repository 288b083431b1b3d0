"""What a verdict must not hang on: each property changes a claim in a way that means nothing, and compares."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, LineResult, MemoryHistory, Validator
from claimcheck.testing import strategies as library
from engine.generated import claims as rough_claims
from proof import oracle, scenes

VALIDATOR = Validator()
WITH_HISTORY = Validator(history=MemoryHistory())
GROUPS = oracle.groups()
BLOOD_PRESSURES = {code for bands in oracle.BLOOD_PRESSURES for code in bands}

Mapped = dict[str, Any]


def told(result: ClaimResult, **changes: Any) -> Mapped:
    """All that is said, but for what the test changes on purpose."""
    return {**plainly(result), **changes}


def plainly(result: ClaimResult) -> Mapped:
    """The verdict, without what its receipt says was read: that is another of a claim that is billed another way."""
    plain = result.to_dict()
    del plain["receipt"]["reads"]
    return plain


def undated(result: ClaimResult) -> Mapped:
    """The verdict without the dates of service that its lines and findings say."""
    findings = tuple(attrs.evolve(finding, service_date=None) for finding in result.findings)
    lines = tuple(
        attrs.evolve(
            line,
            service_date=None,
            deciding=None if line.deciding is None else attrs.evolve(line.deciding, service_date=None),
            findings=tuple(attrs.evolve(finding, service_date=None) for finding in line.findings),
        )
        for line in result.lines
    )
    upon = tuple(attrs.evolve(one, finding=attrs.evolve(one.finding, service_date=None)) for one in result.overturned)
    return plainly(attrs.evolve(result, lines=lines, findings=findings, overturned=upon))


def renumbered(result: ClaimResult, shift: int) -> Mapped:
    """The verdict with `shift` taken off every line number."""

    def back(number: int | None) -> int | None:
        return None if number is None else number - shift

    plain = plainly(result)
    for line in plain["lines"]:
        line["line_number"] = back(line["line_number"])
    for finding in plain["findings"]:
        finding["line_number"] = back(finding["line_number"])
        finding["related_lines"] = [back(number) for number in finding["related_lines"]]
    for entry in plain["not_checked"]:
        entry["lines"] = [back(number) for number in entry["lines"]]
    return plain


def with_lines(claim: Mapped, change: Callable[[Mapped], Mapped]) -> Mapped:
    return {**claim, "lines": [change(line) for line in claim["lines"]]}


# ---------------------------------------------------------------------------------------------- labels


@given(rough_claims())
def test_ids_are_labels(claim: Mapped) -> None:
    one = VALIDATOR.validate({**claim, "claim_id": "C1", "member_id": "M1"})
    other = VALIDATOR.validate({**claim, "claim_id": "ZZ/17", "member_id": "1EG4TE5MK73"})
    assert told(one, claim_id="") == told(other, claim_id="")


@given(scenes.batches())
def test_ids_of_a_batch_are_labels(claims: list[Mapped]) -> None:
    """Claim ids keep their order, which decides between claims of one day; members may have any."""
    names = {"M1": "zeta", "M2": "alpha", None: None}
    relabelled = [
        {
            **claim,
            "claim_id": "ZZ-" + claim["claim_id"],
            "member_id": names[claim["member_id"]],
            **({"original_claim_id": "ZZ-" + claim["original_claim_id"]} if "original_claim_id" in claim else {}),
        }
        for claim in claims
    ]
    for one, other in zip(WITH_HISTORY.validate_many(claims), WITH_HISTORY.validate_many(relabelled), strict=True):
        upon = [{**entry, "claim": entry["claim"].removeprefix("ZZ-")} for entry in plainly(other)["overturned"]]
        by = None if other.superseded_by is None else other.superseded_by.removeprefix("ZZ-")
        instead_of = [name.removeprefix("ZZ-") for name in other.supersedes]
        assert told(one) == told(other, claim_id=one.claim_id, overturned=upon, superseded_by=by, supersedes=instead_of)


@given(rough_claims(), st.integers(1, 900))
def test_line_numbers_are_labels(claim: Mapped, shift: int) -> None:
    moved = with_lines(claim, lambda line: {**line, "line_number": line["line_number"] + shift})
    assert renumbered(VALIDATOR.validate(moved), shift) == plainly(VALIDATOR.validate(claim))


# ---------------------------------------------------------------------------------------------- spelling


def decided(result: ClaimResult) -> Mapped:
    """The verdict without its infos, which may say how a code is written, and without the words of findings."""
    return {
        "disposition": result.disposition,
        "lines": [(line.position, line.disposition, line.allowed_amount) for line in result.lines],
        "findings": [
            (finding.rule_id, finding.severity, finding.disposition, finding.line_number, finding.related_lines)
            for finding in result.findings
            if finding.severity != "info"
        ],
        "not_checked": result.not_checked,
        "services": result.services,
    }


@given(library.claims())
def test_case_and_dots_of_a_well_formed_claim(claim: Claim) -> None:
    lower = attrs.evolve(
        claim,
        claim_type=str(claim.claim_type).upper(),
        diagnoses=[
            attrs.evolve(diagnosis, code=str(diagnosis.code).replace(".", "").lower()) for diagnosis in claim.diagnoses
        ],
        lines=[attrs.evolve(line, procedure_code=str(line.procedure_code).lower()) for line in claim.lines],
    )
    assert decided(VALIDATOR.validate(lower)) == decided(VALIDATOR.validate(claim))


@given(rough_claims())
def test_case_dots_and_blanks_of_any_claim(claim: Mapped) -> None:
    def plain(text: Any) -> Any:
        return f" {text.lower()} " if isinstance(text, str) else text

    changed = with_lines(
        {**claim, "diagnoses": [code.replace(".", "").lower() for code in claim["diagnoses"]]},
        lambda line: {
            **line,
            "procedure_code": plain(line["procedure_code"]),
            "modifiers": [plain(modifier) for modifier in line["modifiers"]],
        },
    )
    assert decided(VALIDATOR.validate(changed)) == decided(VALIDATOR.validate(claim))


@given(rough_claims())
def test_a_claim_and_its_mapping_are_one(claim: Mapped) -> None:
    assert VALIDATOR.validate(Claim.from_dict(claim)) == VALIDATOR.validate(claim) == VALIDATOR.validate(Claim(**claim))


@given(rough_claims())
def test_what_is_absent_is_null(claim: Mapped) -> None:
    bare = {name: value for name, value in claim.items() if value is not None}
    bare["lines"] = [{name: value for name, value in line.items() if value is not None} for line in claim["lines"]]
    assert VALIDATOR.validate(bare) == VALIDATOR.validate(claim)


# ---------------------------------------------------------------------------------------------- company


def content(line: Mapped) -> str:
    return repr(sorted((name, value) for name, value in line.items() if name != "line_number"))


def untied(claim: Mapped) -> Mapped:
    """Without lines that their place alone tells apart: duplicates, two uses of one service on one day (but for blood
    pressures, of which the lowest band comes first), and the second hours of observation of a claim, which are counted
    once."""
    kept = {}
    for line in claim["lines"]:
        code = line["procedure_code"]
        if code == "G0378" and any(other["procedure_code"] == code for other in kept.values()):
            continue
        report = (code if code in BLOOD_PRESSURES else GROUPS.get(code, code),)
        told_by = report if code.endswith("F") else (code, *sorted(line["modifiers"]))
        kept.setdefault((line["service_date"], *told_by), line)
    return {**claim, "lines": list(kept.values())}


def said_of_lines(claim: Mapped, result: ClaimResult) -> Counter[Any]:
    """What is said of each line, by what it holds and not by where it stands."""
    held = [content(line) for line in claim["lines"]]
    counted: Counter[Any] = Counter()
    for line in result.lines:
        findings = sorted(
            (
                finding.rule_id,
                str(finding.disposition),
                finding.message,
                repr(sorted(finding.evidence.items())),
                tuple(sorted(held[number - 1] for number in finding.related_lines)),
            )
            for finding in line.findings
        )
        counted[held[line.position - 1], line.disposition, str(line.allowed_amount), tuple(findings)] += 1
    for entry in result.not_checked:
        for number in entry.lines:
            counted[held[number - 1], entry.rule_id, entry.reason, entry.table] += 1
    return counted


@given(scenes.batches(most=1), st.randoms(use_true_random=False))
def test_the_order_of_lines(claims: list[Mapped], seed: random.Random) -> None:
    claim = untied(claims[0])
    shuffled = {**claim, "lines": seed.sample(claim["lines"], len(claim["lines"]))}
    one, other = VALIDATOR.validate(claim), VALIDATOR.validate(shuffled)
    assert one.disposition == other.disposition
    assert said_of_lines(claim, one) == said_of_lines(shuffled, other)


UNRELATED = {
    "procedure_code": "83036",
    "modifiers": [],
    "units": 1,
    "charge": "40.00",
    "service_date": "2024-08-20",
    "revenue_code": "0301",
}


@given(rough_claims(max_lines=5))
def test_a_line_of_another_day_changes_nothing_of_the_others(claim: Mapped) -> None:
    more = {**claim, "lines": [*claim["lines"], UNRELATED]}
    alone, beside = VALIDATOR.validate(claim), VALIDATOR.validate(more)
    assert beside.lines[:-1] == alone.lines
    of_others = [
        (entry.rule_id, entry.reason, entry.table, number)
        for result in (alone, beside)
        for entry in result.not_checked
        for number in entry.lines
        if number <= len(claim["lines"])
    ]
    assert all(times == 2 for times in Counter(of_others).values())


DAY_RULES = ("NCCI101", "NCCI201", "FRQ101")


def of_days(findings: Any) -> set[Any]:
    """What was found of a line by the rules that look across claims, without whether it was across claims."""
    return {
        (
            finding.rule_id,
            *(finding.evidence.get(key) for key in ("column_one", "column_two", "code", "units", "service")),
        )
        for finding in findings
        if finding.rule_id in DAY_RULES
    }


def refused_by(line: LineResult) -> set[str]:
    """The rules that deny or reject a line."""
    return {finding.rule_id for finding in line.findings if finding.disposition in ("denied", "rejected")}


@st.composite
def one_outpatient_claim(draw: st.DrawFn) -> Mapped:
    """A claim of one known provider, its lines in the order of their days."""
    codes = [*draw(st.sampled_from(scenes.FAMILIES)), *draw(st.sampled_from(scenes.FAMILIES))]
    day = scenes.mostly(["2024-07-15"], ["2024-07-16", "2024-09-30"], 4)
    lines = draw(st.lists(scenes.lines(codes, day, scenes.NPIS[0]), min_size=2, max_size=6))
    return {
        **draw(st.sampled_from([{"claim_type": "professional"}, {"claim_type": "institutional", "bill_type": "0131"}])),
        "claim_id": "C1",
        "member_id": "M1",
        "billing_npi": scenes.NPIS[0],
        "received_date": "2024-10-15",
        "lines": sorted(
            ({**line, "units": line["units"] or 1} for line in lines), key=lambda line: str(line["service_date"])
        ),
    }


@given(one_outpatient_claim(), st.data())
@settings(max_examples=80)
def test_a_claim_that_is_split_in_two(whole: Mapped, data: st.DataObject) -> None:
    """Said of the parts, and by the second of the first, is what is said of the whole."""
    cut = data.draw(st.integers(1, len(whole["lines"]) - 1))
    parts = [{**whole, "lines": whole["lines"][:cut]}, {**whole, "claim_id": "C2", "lines": whole["lines"][cut:]}]
    # On one claim the lowest blood pressure of a day counts, of two claims that of the first.
    assume(not all(any(line["procedure_code"] in BLOOD_PRESSURES for line in part["lines"]) for part in parts))
    together = WITH_HISTORY.validate(whole)
    first, second = WITH_HISTORY.validate_many(parts)
    # What is refused already stands beside nothing that another claim brings.
    assume(not any(line.disposition in ("denied", "rejected") for line in first.lines))
    # What is refused on the second for another reason, such as a duplicate, counts against nothing on the first.
    uncounted = {line.procedure_code for line in second.lines if refused_by(line) - {"NCCI201"}}
    for line in first.lines:
        if line.procedure_code in uncounted:
            continue
        upon = [entry.finding for entry in second.overturned if entry.finding.position == line.position]
        assert of_days([*line.findings, *upon]) == of_days(together.lines[line.position - 1].findings)
    for line in second.lines:
        assert of_days(line.findings) == of_days(together.lines[cut + line.position - 1].findings)


@given(st.lists(rough_claims(max_lines=3), min_size=1, max_size=5))
@settings(max_examples=15)
def test_claims_of_other_members_and_warm_caches_change_nothing(claims: list[Mapped]) -> None:
    claims = [{**claim, "member_id": f"M{number}"} for number, claim in enumerate(claims)]
    alone = [Validator().validate(claim) for claim in claims]
    assert list(VALIDATOR.validate_many(claims)) == alone
    assert list(VALIDATOR.validate_many(claims[::-1])) == alone[::-1]


@given(scenes.batches(most=3))
def test_a_batch_that_is_judged_again(claims: list[Mapped]) -> None:
    assert list(WITH_HISTORY.validate_many(claims)) == list(Validator(history=MemoryHistory()).validate_many(claims))


# ---------------------------------------------------------------------------------------------- time and money


@pytest.mark.parametrize("days", [7, 28])
@given(scenes.batches(most=3))
@settings(max_examples=30)
def test_a_quarter_has_one_edition(days: int, claims: list[Mapped]) -> None:
    """Moved together within the days of one edition, claims are judged alike."""

    def moved(text: str | None) -> str | None:
        return None if text is None else (date.fromisoformat(text) + timedelta(days)).isoformat()

    def move(line: Mapped) -> Mapped:
        return {
            **line,
            "service_date": moved(line["service_date"]),
            "service_date_end": moved(line["service_date_end"]),
        }

    inside = [
        {**claim, "lines": [line for line in claim["lines"] if (line["service_date"] or "")[:7] == "2024-07"]}
        for claim in claims
    ]
    later = [with_lines(claim, move) for claim in inside]
    for one, other in zip(WITH_HISTORY.validate_many(inside), WITH_HISTORY.validate_many(later), strict=True):
        assert undated(one) == undated(other)


@given(scenes.batches(most=3))
@settings(max_examples=30)
def test_no_edit_hangs_on_the_amount(claims: list[Mapped]) -> None:
    def dearer(line: Mapped) -> Mapped:
        return {**line, "charge": "100.00" if line["charge"] == "0.00" else "7431.19"}

    def kept(result: ClaimResult) -> list[Any]:
        return [
            (line.position, sorted(f.rule_id for f in line.findings if f.rule_id in DAY_RULES)) for line in result.lines
        ]

    without_reports = [
        {**claim, "lines": [line for line in claim["lines"] if not line["procedure_code"].endswith("F")]}
        for claim in claims
    ]
    changed = [with_lines(claim, dearer) for claim in without_reports]
    for one, other in zip(
        WITH_HISTORY.validate_many(without_reports), WITH_HISTORY.validate_many(changed), strict=True
    ):
        assert [line.disposition for line in one.lines] == [line.disposition for line in other.lines]
        assert kept(one) == kept(other)
