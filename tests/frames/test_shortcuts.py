"""What is asked less often than it could be: the answers are the same as if it had been asked each time."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import product

import polars as pl
import pytest

from claimcheck.frames.answers import Answers
from claimcheck.frames.companions import Companions
from claimcheck.frames.engine import _AT_ONCE
from claimcheck.frames.features import Eras
from claimcheck.frames.times import Times
from claimcheck.policies import Policy
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.rules.rule import Scope
from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import DiagnosisRow
from claimcheck.tables.shelf import Volume, shelved
from frames.agreement import agree
from frames.whole_tables import PAIRED, whole_tables
from rules.test_registry import RULES

pytestmark = pytest.mark.exhaustive

POLICY = Policy.load("default")
MANY = [f"{letter}{number:02}{further}" for letter, number, further in product("AEJMSZ", range(30), ("", "0", "9"))]
DAYS = [datetime.date(2020, 1, 1) + datetime.timedelta(days=61 * step) for step in range(30)]


def claims_with(diagnoses: list[str], **columns: list[object]) -> pl.DataFrame:
    """A claim for each diagnosis, which is its first on one claim and its second on the next."""
    many = len(diagnoses)
    given = {
        "claim_id": [str(number) for number in range(many)],
        "claim_type": ["professional", "professional", "institutional"] * (many // 3),
        "bill_type": [None, None, "0131"] * (many // 3),
        "procedure_code": ["99213"] * many,
        "units": [1] * many,
        "charge": ["10.00"] * many,
        "service_date": [(datetime.date(2024, 7, 15), datetime.date(2024, 10, 2))[n // 3 % 2] for n in range(many)],
        "diagnosis_1": [*diagnoses],
        "diagnosis_2": [*diagnoses[1:], None],
    }
    return pl.DataFrame({**given, **columns})


OF_DIAGNOSES = {rule.id for rule in RULES if rule.scope is Scope.DIAGNOSIS}


@pytest.mark.parametrize("unknown", [0, 1, 7, 2])
def test_more_diagnoses_than_one_claim_is_asked_of_are_judged_as_each_by_itself(unknown: int) -> None:
    """`unknown`: of so many diagnoses one is not in the table; none of 0."""
    listed = [code for place, code in enumerate(MANY) if not unknown or place % unknown]
    rows = [DiagnosisRow(code, billable=True) for code in listed or ["A000"]]
    table = RecordTable.over(memoryview(pack_records(rows)), "icd10cm")
    edition = Edition("medicare", "icd10cm", "made", datetime.date(2024, 7, 1), datetime.date(2024, 12, 31))
    wanted = agree(claims_with(MANY), tables=Tables(None, shelved([Volume(edition, table)])))["findings"]
    assert len(MANY) > 3 * _AT_ONCE
    spoken_of = wanted.filter(pl.col("rule_id").is_in(OF_DIAGNOSES))["claim_id"].n_unique()
    assert (spoken_of == len(MANY)) is (unknown == 1)
    assert (spoken_of > len(MANY) // 10) is (unknown > 0)  # some of the codes are of manifestations


@pytest.mark.parametrize("dtype", [pl.Decimal(12, 2), pl.Decimal(12, 4), pl.Float64, pl.String])
def test_amounts_of_every_type_of_column(dtype: pl.DataType) -> None:
    amounts = ["0.00", "0.01", "10.50", None, "-1.00", "99999999.99"]
    if dtype == pl.Decimal(12, 4):
        amounts[-1] = "0.0001"
    charges = pl.Series([None if one is None else Decimal(one) for one in amounts], dtype=pl.Decimal(12, 4)).cast(dtype)
    agree(claims_with(MANY[:6]).with_columns(charges.alias("charge")), tables=whole_tables())


def test_within_one_time_of_a_code_every_table_answers_alike() -> None:
    tables = whole_tables()
    eras = Eras.of_all(tables, POLICY)
    times = Times(tables, POLICY, eras)
    of_days = eras.of(pl.Series(DAYS).to_physical())
    codes = [*PAIRED, "G2211", "3044F", "A4253", "J3490", "99999"]
    met = of_days.unique().to_list()
    times.meet(met[::2], codes[:4], ["25", "11"], ["E119"])
    times.meet(met, codes, ["25", "11", "59"], ["E119", "I10"])  # what is new comes later

    def answers(code: str, day: datetime.date) -> tuple[object, ...]:
        programme = POLICY.on(day)[Settings].programme
        asked = (tables.hcpcs, tables.fee_schedule, tables.category_ii, tables.service_group, tables.opps)
        return (
            POLICY.on(day),
            *(ask(code, day) for ask in asked),
            tables.add_on(code, day, programme),
            tables.mue("mue_practitioner", code, day, programme),
            tables.modifier("25", day),
            tables.place_of_service("11", day),
        )

    for number, code in enumerate(codes):
        numbers = pl.repeat(number, len(DAYS), dtype=pl.Int32, eager=True)
        by_time: dict[int, object] = {}
        for day, time in zip(DAYS, times.of_codes(numbers, of_days).to_list(), strict=True):
            assert by_time.setdefault(time, answers(code, day)) == answers(code, day)


def test_pairs_met_before_a_day_are_asked_of_on_that_day_too() -> None:
    tables = whole_tables()
    companions = Companions(tables, POLICY, Eras.of_all(tables, POLICY))
    one, other = (pl.Series([companions.codes(code)]) for code in ("17000", "88311"))
    before, after = (pl.Series([datetime.date(2024, 7, day)]).to_physical() for day in (15, 16))
    same_day = pl.Series([True])
    companions.meet(companions.eras.of(before).to_list())
    assert companions.together(one, other, same_day).to_list() == [False]
    companions.meet(companions.eras.of(after).to_list())
    assert companions.together(one, other, same_day).to_list() == [True]
    assert companions.together(other, one, same_day).to_list() == [True]


def test_answers_are_asked_for_once() -> None:
    asked: list[tuple[str, datetime.date]] = []

    def ask(code: str, day: datetime.date) -> bool:
        asked.append((code, day))
        return day.year > 2022 and code == "99213"

    answers = Answers([datetime.date(2022, 1, 1), datetime.date(2023, 1, 1)], ask)
    days = [datetime.date(year, 5, 1) for year in (2021, 2022, 2023)]
    answers.meet(days)
    assert answers.changes(days[0], days[1], ["99213"]) is None
    assert answers.changes(days[1], days[2], ["99213", "99214"]) == [True, False]
    assert answers.changes(days[0], days[2], ["99213", "99214"]) == [True, False]
    assert answers.changes(days[0], days[0], ["99213", "99214"]) is None
    assert len(asked) == len(set(asked)) == 6
