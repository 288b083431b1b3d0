"""Every verdict on pairs, units and frequency is that of a slow oracle, which knows the published rows and no more."""

from __future__ import annotations

import gzip
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from csv import reader
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, Policy, SqliteHistory, Tables, Validator
from claimcheck.claims.verdict import strongest
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Phase
from proof import oracle, scenes
from proof.oracle import Limit, Past, Said, Source

pytestmark = pytest.mark.exhaustive

EDITS = {"NCCI101": "pairs", "NCCI201": "units", "FRQ101": "excess"}
REFUSED = ("denied", "rejected")
UNPAID = ("denied", "report_only")  # what is rejected comes again, and its pairs are found now
BEFORE_THE_PAIRS = {rule.id for rule in all_rules() if rule.phase < Phase.BUNDLING}
STARTER = oracle.starter()
VALIDATOR = Validator()
WITH_HISTORY = Validator(history=MemoryHistory())


def said_by(result: ClaimResult) -> Said:  # noqa: C901
    """What claimcheck said, in the oracle's words."""
    said = Said()
    for line in result.lines:
        for finding in line.findings:
            evidence = dict(finding.evidence)
            if finding.rule_id == "NCCI101":
                assert (finding.severity, finding.disposition, finding.carc) == ("error", "denied", "236")
                said.pairs.add((line.position, str(evidence["column_one"]), str(evidence["column_two"])))
            elif finding.rule_id == "NCCI201":
                assert (finding.severity, finding.disposition, finding.carc) == ("error", "denied", "151")
                said.units.add((line.position, str(evidence["code"])))
            elif finding.rule_id == "FRQ101":
                assert (finding.severity, finding.disposition) == ("warning", "report_only")
                said.excess.add(line.position)
    for entry in result.not_checked:
        if entry.reason == "later_claims":
            continue  # the oracle too judges claims as they come
        if not entry.lines:
            said.unseen |= {EDITS[rule] for rule in entry.rules if rule in EDITS}
        if "NCCI101" in entry.rules:
            said.pairs_unchecked |= set(entry.lines)
        if "NCCI201" in entry.rules:
            said.units_unchecked |= set(entry.lines)
        if "FRQ101" in entry.rules:
            said.excess_unchecked |= set(entry.lines)
    for other in result.overturned:
        evidence = dict(other.finding.evidence)
        if other.finding.rule_id in ("NCCI101", "NCCI201"):
            code = evidence["column_two"] if other.finding.rule_id == "NCCI101" else evidence["code"]
            said.upon_others.add((other.claim, other.finding.position or 0, str(code)))
    return said


def refused(result: ClaimResult) -> list[int]:
    """The lines that are denied or rejected. No rule after the frequency's does so at the charges of these claims."""
    return [line.position for line in result.lines if line.disposition in REFUSED]


def unpaid(result: ClaimResult) -> set[tuple[str, int]]:
    """The lines, by claim and position, that findings of the phases before the pairs leave unpaid.

    A line that one denies and another rejects is rejected: it is sent again, and its pairs are found now.
    """
    own = result.claim_id or ""
    early = {
        line.position: [finding.disposition for finding in line.findings if finding.rule_id in BEFORE_THE_PAIRS]
        for line in result.lines
    }
    some = {(own, position) for position, found in early.items() if strongest(found) in UNPAID}
    return some | {
        (other.claim, other.finding.position or 0)
        for other in result.overturned
        if other.finding.rule_id in BEFORE_THE_PAIRS and other.finding.disposition in UNPAID
    }


def judged(
    claim: dict[str, Any], result: ClaimResult, past: Past, source: Source, limit: Limit = oracle.YEARLY
) -> Said:
    """What the oracle expects of a claim, of which other edits said what the result says."""
    return oracle.judge(claim, past, source, refused(result), limit, unpaid(result))


def agree(claim: dict[str, Any], result: ClaimResult, past: Past, source: Source, limit: Limit) -> None:
    expected, got = judged(claim, result, past, source, limit), said_by(result)
    undated = {place for place, line in enumerate(claim["lines"], 1) if line["service_date"] is None}
    got.pairs_unchecked -= undated
    got.units_unchecked -= undated
    for said in (expected, got):  # a line that falls is settled, whatever is not known of another of its days
        said.units_unchecked -= {position for position, _ in said.units}
    assert got == expected


def record(past: Past, claim: dict[str, Any], result: ClaimResult) -> None:
    beyond = refused(result)
    accepted = [place not in beyond for place in range(1, len(claim["lines"]) + 1)]
    reports = [line.position for line in result.lines if line.disposition == "report_only"]
    past.record(claim, accepted, rejected=result.disposition == "rejected", reports=reports)


def prove(
    claims: list[dict[str, Any]], results: Iterable[ClaimResult], source: Source, limit: Limit = oracle.YEARLY
) -> None:
    """Claims that came one by one, each judged in the light of those before it."""
    past = Past()
    for claim, result in zip(claims, results, strict=True):
        agree(claim, result, past, source, limit)
        record(past, claim, result)


@given(scenes.batches())
@settings(max_examples=150)
def test_a_batch_over_a_history(claims: list[dict[str, Any]]) -> None:
    prove(claims, WITH_HISTORY.validate_many(iter(claims)), STARTER)


@pytest.mark.slow
@given(scenes.batches(most=6))
@settings(max_examples=10_000)
def test_many_batches_over_a_history(claims: list[dict[str, Any]]) -> None:
    prove(claims, WITH_HISTORY.validate_many(iter(claims)), STARTER)


@pytest.mark.parametrize("kind", [MemoryHistory, SqliteHistory])
def test_claims_that_are_recorded_one_by_one(kind: type, tmp_path: Path) -> None:
    """What a later claim denies of an earlier one is denied for every claim that comes after."""
    numbers = iter(range(10_000))

    @given(scenes.batches())
    @settings(max_examples=50)
    def proven(claims: list[dict[str, Any]]) -> None:
        history = MemoryHistory() if kind is MemoryHistory else SqliteHistory(tmp_path / f"{next(numbers)}.db")
        validator, past = Validator(history=history), Past()
        for claim in claims:
            result = validator.validate(claim)
            agree(claim, result, past, STARTER, oracle.YEARLY)
            record(past, claim, result)
            history.record(Claim.from_dict(claim), result)
            if result.disposition != "rejected" and claim["member_id"] is not None:
                for other, position, _ in said_by(result).upon_others:
                    past.deny(other, position)

    proven()


# ---------------------------------------------------------------------------------------------- frequency


LIMITS = st.builds(
    Limit,
    first=st.just("0001F"),
    last=st.just("9007F"),
    most=st.integers(1, 2),
    per=st.sampled_from(["member", "member_and_provider", "member_and_group"]),
    window=st.sampled_from(["calendar_year", "policy_year", "rolling_12_months", "lifetime", "pregnancy"]),
    year_starts=st.sampled_from(["07-01", "10-15"]),
)
REPORTS = st.sampled_from(["3044F", "3046F", "1111F"])
DAYS = st.sampled_from(
    [
        *("2022-03-01", "2022-06-30", "2022-07-01", "2023-02-28", "2023-03-01", "2023-06-30", "2023-12-31"),
        *("2024-01-01", "2024-02-28", "2024-02-29", "2024-07-01", "2024-10-14", "2024-10-15"),
    ]
)


@st.composite
def reports(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims of reports only, of one member, over some years."""
    some = []
    for number in range(draw(st.integers(1, 5))):
        lines = draw(st.lists(st.tuples(REPORTS, DAYS, st.sampled_from([[], [], ["8P"]])), min_size=1, max_size=4))
        some.append(
            {
                "claim_type": "professional",
                "claim_id": f"C{number}",
                "member_id": "M1",
                "billing_npi": draw(st.sampled_from([*scenes.NPIS, None])),
                "rendering_npi": draw(st.sampled_from([*scenes.NPIS, None])),
                "received_date": draw(st.sampled_from(["2024-11-01", "2024-11-02"])),
                "delivery_date": draw(st.sampled_from(["2022-09-01", "2024-03-01"])),
                "diagnoses": ["E11.9"],
                "lines": [
                    {"procedure_code": code, "units": 1, "charge": "0.00", "service_date": day, "modifiers": modifiers}
                    for code, day, modifiers in lines
                ],
            }
        )
    return some


def policy_with(limit: Limit, folder: Path) -> Policy:
    fields = [f'name = "tested", codes = ["{limit.first}-{limit.last}"], most = {limit.most}, per = "{limit.per}"']
    fields.append(f'window = "{limit.window}"')
    if limit.window == "policy_year":
        fields.append(f'year_starts = "{limit.year_starts}"')
    file = folder / "limited.toml"
    text = (
        f'[[frequency.limits]]\nreplace = true\nreference = "made for a test"\nlimits = [{{ {", ".join(fields)} }}]\n'
    )
    file.write_text(f'title = "of a test"\nextends = "default"\n\n{text}')
    return Policy.load(file)


@pytest.mark.parametrize("sort", [False, True])
def test_every_limit(sort: bool, tmp_path: Path) -> None:
    """One by one, and sorted, where each claim is judged in the light of all the others."""

    @given(reports(), LIMITS)
    @settings(max_examples=40)
    def proven(claims: list[dict[str, Any]], limit: Limit) -> None:
        validator = Validator(policy_with(limit, tmp_path), history=MemoryHistory())
        results = list(validator.validate_many(iter(claims), sort=sort))
        if not sort:
            prove(claims, results, STARTER, limit)
            return
        by_id = {claim["claim_id"]: claim for claim in claims}
        past = Past()
        for result in results:
            record(past, by_id[result.claim_id or ""], result)
        for result in results:
            agree(by_id[result.claim_id or ""], result, past, STARTER, limit)

    proven()


# ---------------------------------------------------------------------------------------------- the official tables


def official_pairs(folder: Path, table: str, stem: str) -> Iterator[tuple[tuple[str, str, str], Any]]:
    for file in sorted((folder / "ncci").glob(f"{stem}-v302r0-f*.txt.gz")):
        with gzip.open(file, "rt", encoding="latin-1") as lines:
            for number, line in enumerate(lines):
                if number >= 6:
                    one, two, _, first, last, indicator, _ = line.rstrip("\r\n").split("\t")
                    day = None if last == "*" else date.fromisoformat(last)
                    yield (table, one, two), (date.fromisoformat(first), day, int(indicator))


def official_units(folder: Path, table: str, name: str) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    with gzip.open(folder / "mue" / f"MCR_MUE_{name}_Eff_04-01-2024.csv.gz", "rt", encoding="latin-1") as file:
        for row in reader(file):
            if len(row) == 4 and len(row[0]) == 5:
                yield (table, row[0]), (int(row[1]), int(row[2][0]))


@pytest.fixture(scope="module")
def official(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Validator:
    from claimcheck.tables.store import add

    path = tmp_path_factory.mktemp("official")
    add([*(reference_data / "ncci").glob("cc*-v302r0-f?.txt.gz"), *(reference_data / "mue").glob("*.gz")], path)
    return Validator(tables=Tables.open(path), history=MemoryHistory())


@pytest.mark.slow
def test_pairs_of_the_official_tables(official: Validator, reference_data: Path) -> None:
    """Families of codes that the official files pair densely, on days of the third quarter of 2024."""
    pairs: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(list)
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for table, stem in (("ptp_practitioner", "ccipra"), ("ptp_outpatient_hospital", "ccioph")):
        for key, window in official_pairs(reference_data, table, stem):
            pairs[key].append(window)
            partners[key[1]].add(key[2])
    source = Source(pairs, {}, oracle.groups(), date(2024, 7, 1), date(2024, 9, 30), whole=True)
    chosen = random.Random(9)
    ones = chosen.sample(sorted(one for one, twos in partners.items() if len(twos) > 20), 400)
    families = [[one, *chosen.sample(sorted(partners[one]), 4)] for one in ones]

    @given(scenes.batches(families, most=3))
    @settings(max_examples=2000)
    def proven(claims: list[dict[str, Any]]) -> None:
        past = Past()
        for claim, result in zip(claims, official.validate_many(iter(claims)), strict=True):
            expected, got = judged(claim, result, past, source), said_by(result)
            undated = {place for place, line in enumerate(claim["lines"], 1) if line["service_date"] is None}
            assert (got.pairs, got.pairs_unchecked - undated) == (expected.pairs, expected.pairs_unchecked)
            record(past, claim, result)

    proven()


@pytest.mark.slow
def test_units_of_the_official_tables(official: Validator, reference_data: Path) -> None:
    """On days of the second quarter of 2024, of which the files are."""
    units = dict(official_units(reference_data, "mue_practitioner", "PractitionerServices"))
    units |= dict(official_units(reference_data, "mue_outpatient_hospital", "OutpatientHospitalServices"))
    source = Source({}, units, {}, date(2024, 4, 1), date(2024, 6, 30), whole=True)
    codes = random.Random(9).sample(sorted({code for _, code in units if not "A4206" <= code <= "L9999"}), 900)
    families = [codes[at : at + 3] for at in range(0, 900, 3)]

    @given(scenes.batches(families, ["2024-04-01", "2024-04-02", "2024-06-28"], most=3))
    @settings(max_examples=2000)
    def proven(claims: list[dict[str, Any]]) -> None:
        past = Past()
        for claim, result in zip(claims, official.validate_many(iter(claims)), strict=True):
            expected, got = judged(claim, result, past, source), said_by(result)
            assert got.units == expected.units
            record(past, claim, result)

    proven()
