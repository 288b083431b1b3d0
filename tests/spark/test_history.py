"""What members already had as a DataFrame says what the history says that holds the same lines."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import polars as pl
import pytest

from claimcheck import MemoryHistory, Validator
from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.frames import recorded_frame, recorded_lines
from claimcheck.frames.recorded import WITHOUT_DIGESTS
from claimcheck.history import LookUp, RecordedHistory, RecordedLine, by_date
from frames.directed import Directed, directed
from frames.reference import claims_of, expected
from frames.tables_of import frame_of
from frames.test_frames import some_lines
from spark.test_spark import assert_agrees, on_spark, said

pytestmark = pytest.mark.exhaustive

MEMBERS = ["M1", "M2", "M3", "M4"]


def lines_of(history: LookUp, members: list[str]) -> dict[str, tuple[RecordedLine, ...]]:
    """All that a history holds of some members."""
    return {member: history.lines(member, date.min, date.max) for member in members}


def as_dataframe(spark: Any, lines: dict[str, tuple[RecordedLine, ...]]) -> Any:
    return spark.createDataFrame(recorded_frame(lines).to_arrow())


def a_claim(claim_id: str, member: str | None, day: str, *codes: str, **fields: Any) -> Claim:
    lines = [{"procedure_code": code, "units": 1, "charge": "0.00", "service_date": day} for code in codes]
    given = {"claim_type": "professional", "billing_npi": "1234567893", "received_date": "2024-12-01", **fields}
    return Claim.from_dict({**given, "claim_id": claim_id, "member_id": member, "lines": lines})


BEFORE = [
    a_claim("old 1", "M1", "2024-02-01", "3044F"),  # this year's report was made
    a_claim("old 2", "M2", "2024-07-15", "45380"),  # column one, beside which 45378 is not paid
    a_claim("old 3", "M3", "2024-07-15", "45378"),  # and here column two, which was
    *(a_claim(f"older {number}", "M3", f"2023-03-{number:02}", "99213") for number in range(1, 20)),
    a_claim("old 5", "M5", "2024-02-01", "3044F"),  # of whom no claim comes
]
CLAIMS = [
    a_claim("new 1", "M1", "2024-08-01", "3046F"),
    a_claim("new 2", "M2", "2024-07-15", "45378"),
    a_claim("new 3", "M3", "2024-07-15", "45380"),
    a_claim("new 4", "M4", "2024-08-01", "3046F"),  # of a member without a history
    a_claim("new 5", None, "2024-08-01", "3046F"),
    a_claim("new 6", None, "2023-08-01", "3046F"),
    *(a_claim(f"visit {number}", "M1", f"2024-09-{number:02}", "99213", "36415", "80053") for number in range(1, 8)),
    a_claim("old 2", "M2", "2024-07-15", "45380"),  # comes again, and is no other claim to itself
]


@pytest.fixture(scope="module")
def recorded() -> dict[str, tuple[RecordedLine, ...]]:
    history = MemoryHistory()
    validator = Validator(history=history)
    for claim in BEFORE:
        history.record(claim, validator.validate(claim))
    return lines_of(history, [*MEMBERS, "M5"])


@pytest.mark.parametrize(
    ("known_from", "unchecked"),
    [("0001-01-01", []), (None, ["no_history"]), ("2024-08-02", ["no_history"])],
    ids=["all is known", "not from when", "from a day that comes later"],
)
def test_limits_and_pairs_across_claims(
    spark: Any, recorded: dict[str, tuple[RecordedLine, ...]], known_from: str | None, unchecked: list[str]
) -> None:
    from claimcheck.spark import validate

    frame = frame_of(CLAIMS)
    day = None if known_from is None else date.fromisoformat(known_from)
    wanted = expected(frame, history=RecordedHistory(recorded, day))
    found = said(
        validate(on_spark(spark, frame), history=as_dataframe(spark, recorded), known_from=known_from, partitions=2)
    )
    assert_agrees(found, wanted)
    against = {*found["findings"].select("claim_id", "rule_id").rows()}
    assert {("new 1", "FRQ101"), ("new 2", "NCCI101")} <= against
    of_limits = pl.col("rules").list.contains("FRQ101") & (pl.col("claim_id") == "new 4")
    assert found["not_checked"].filter(of_limits)["reason"].to_list() == unchecked


TABLES = [
    table
    for table in directed()
    if table.options["tables"] is None and "history" in table.options and isinstance(table.options["policy"], str)
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_of_the_hits_and_misses_of_every_rule_that_looks_back(spark: Any, table: Directed) -> None:
    from claimcheck.spark import validate

    options = {**table.options, "known_from": table.options["history"].known_from}
    members = table.frame["member_id"].drop_nulls().unique().to_list() if "member_id" in table.frame.columns else []
    lines = lines_of(table.options["history"], members)
    options["history"] = as_dataframe(spark, lines)
    found = said(validate(on_spark(spark, table.frame), **options, partitions=2))
    # A frame of recorded lines holds no billing digests, by which exact duplicates of recorded claims are told.
    without = {member: [attrs.evolve(one, billing_digest=None) for one in some] for member, some in lines.items()}
    known = RecordedHistory(without, options["known_from"])
    assert_agrees(found, expected(table.frame, **{**table.options, "history": known}))


def test_rows_of_one_claim_that_name_several_members(spark: Any) -> None:
    """The claim is that of the member whom its first line names, by line numbers, and has that one's history."""
    from claimcheck.spark import validate

    frame = frame_of([a_claim("new 1", "M2", "2024-08-01", "3046F", "99213")]).with_columns(
        pl.Series("member_id", ["M1", "M2"]), pl.Series("line_number", ["2", "1"])
    )
    history = MemoryHistory()
    had = a_claim("old", "M2", "2024-02-01", "3044F")
    history.record(had, Validator().validate(had))
    wanted = expected(frame, history=history)
    assert "119" in wanted["findings"]["carc"]
    told = as_dataframe(spark, lines_of(history, ["M1", "M2"]))
    assert_agrees(said(validate(on_spark(spark, frame), history=told, known_from=date.min)), wanted)


def test_the_next_run_is_given_what_this_one_recorded(
    spark: Any, recorded: dict[str, tuple[RecordedLine, ...]]
) -> None:
    """What a history holds that recorded all claims, the earlier ones and these, with the same verdicts."""
    from claimcheck.spark import validate

    undone = [
        a_claim("new 7", "M3", "2023-03-01", "99213", frequency_code="7", original_claim_id="older 1"),
        a_claim("new 8", "M3", "2023-03-02", "99213", frequency_code="8", original_claim_id="older 2"),
    ]
    frame = frame_of([*CLAIMS, *undone])
    history = MemoryHistory()
    for claim in BEFORE:
        history.record(claim, Validator(history=history).validate(claim))
    ordered = sorted(claims_of(frame), key=lambda claim: claim.lines[0].service_date)  # type: ignore[arg-type, return-value]
    results = list(Validator(history=history).validate_many(ordered, sort=True))
    for claim, result in zip(ordered, results, strict=True):
        history.record(claim, result)
    verdict = validate(
        on_spark(spark, frame), history=as_dataframe(spark, recorded), known_from=date.min, record=True, partitions=2
    )
    found = pl.from_arrow(verdict.recorded.toArrow())
    assert isinstance(found, pl.DataFrame)
    lines = {member: tuple(sorted(some, key=by_date)) for member, some in recorded_lines(found).items()}
    expected = lines_of(history, [*MEMBERS, "M5"])  # a frame holds no billing digests
    assert lines == {
        member: tuple(attrs.evolve(one, billing_digest=None) for one in some) for member, some in expected.items()
    }
    denied = {line.claim for line in lines["M3"] if line.disposition == "denied"}
    assert "old 3" in denied
    told = validate(on_spark(spark, frame), history=verdict.recorded)  # its columns are those of a history
    assert told.rows.columns == ["kind", "lines", "findings", "not_checked", "claims"]


def test_first_claims_of_one_account_and_day_are_told_apart_run_after_run(spark: Any) -> None:
    from claimcheck.spark import no_history, validate

    account = [a_claim("ACCT", "M1", "2024-07-15", code, frequency_code="1") for code in ("99213", "36415", "71046")]
    history = MemoryHistory()
    recorded: Any = no_history(spark)
    for claim in (*account, *account):  # each run is given one claim, and in the end those come again
        result = Validator(history=history).validate(claim)
        wanted = [(one.rule_id, one.disposition) for one in result.findings]
        verdict = validate(on_spark(spark, frame_of([claim])), history=recorded, known_from=date.min, record=True)
        found = said(verdict)["findings"]
        assert [*zip(found["rule_id"], found["disposition"], strict=True)] == wanted
        history.record(claim, result)
        told = pl.from_arrow(verdict.recorded.toArrow())
        assert isinstance(told, pl.DataFrame)
        assert sorted(told["code"]) == sorted(line.code for line in history.lines("M1", date.min, date.max))
        recorded = spark.createDataFrame(told.to_arrow())


def test_what_was_not_asked_for_is_refused(spark: Any) -> None:
    from claimcheck.spark import validate

    df = on_spark(spark, some_lines(4))
    with pytest.raises(InputError, match="record=True"):
        validate(df).recorded  # noqa: B018 - it raises
    with pytest.raises(InputError, match="give `history` too"):
        validate(df, record=True)


@pytest.mark.parametrize("name", WITHOUT_DIGESTS)
def test_a_column_that_is_missing_is_named_at_once(spark: Any, name: str) -> None:
    from claimcheck.spark import no_history, validate

    df = on_spark(spark, some_lines(4))
    with pytest.raises(InputError, match=f"history: no column {name}\\."):
        validate(df, history=no_history(spark).drop(name))


def test_a_column_of_another_type_is_named_at_once(spark: Any) -> None:
    from claimcheck.spark import no_history, validate

    history = no_history(spark)
    history = history.withColumn("service_date", history["service_date"].cast("string"))
    with pytest.raises(InputError, match="history: service_date is string, where a date is expected: cast it"):
        validate(on_spark(spark, some_lines(4)), history=history)


def test_a_day_without_a_history_is_refused(spark: Any) -> None:
    from claimcheck.spark import no_history, validate

    df = on_spark(spark, some_lines(4))
    with pytest.raises(InputError, match="give `history` too"):
        validate(df, known_from="2024-01-01")
    with pytest.raises(InputError, match="known_from is no date"):
        validate(df, history=no_history(spark), known_from="soon")
