"""What classes of claims rest on: that what is made alike is alike to every rule, and that lines fall apart rightly."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.claims import Claim
from claimcheck.codes import npi
from claimcheck.engine import Validator
from claimcheck.frames.companions import Companions
from claimcheck.frames.features import Eras, Money, plain_npi
from claimcheck.frames.irregular import EXAMINED
from claimcheck.frames.parts import _Parts
from claimcheck.frames.placing import _among, _strongest
from claimcheck.frames.plain import READERS
from claimcheck.frames.schema import AMOUNT
from claimcheck.frames.times import LOOKUPS
from claimcheck.money import LARGEST
from claimcheck.policies import Policy
from claimcheck.rules.facts.charge import ChargeKind, read_charge
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.rule import Scope
from claimcheck.testing.strategies import npis
from engine.generated import CODES
from frames.agreement import agree
from frames.whole_tables import PAIRED, whole_tables
from rules.test_registry import RULES
from support.cases import line

WIDE = (Scope.CLAIM, Scope.DAY, Scope.MEMBER)


def test_every_rule_of_several_lines_was_examined() -> None:
    assert {rule.id for rule in RULES if rule.scope in WIDE} == EXAMINED


@pytest.mark.parametrize("field", READERS)
def test_every_reader_of_a_field_was_thought_of(field: str) -> None:
    assert {rule.id for rule in RULES if rule.scope is Scope.LINE and field in rule.reads} == READERS[field]


def test_every_question_to_the_tables_was_thought_of() -> None:
    asked = {name for name in vars(TablesOn) if not name.startswith("_") and callable(getattr(TablesOn, name))}
    assert asked - {"noting", "repeats"} == LOOKUPS  # which ask nothing of their own


@given(st.lists(st.one_of(npis(), st.from_regex(r"[12][0-9]{9}", fullmatch=True), st.text(max_size=11)), max_size=20))
def test_a_plain_npi_is_one(texts: list[str]) -> None:
    found = plain_npi(pl.Series(texts, dtype=pl.String)).to_list()
    assert [text for text, plain in zip(texts, found, strict=True) if plain and not npi.is_valid(text)] == []


@given(st.lists(npis(), min_size=1, max_size=20))
def test_npis_are_plain(texts: list[str]) -> None:
    assert plain_npi(pl.Series(texts)).all()


@given(st.decimals(-100, LARGEST, allow_nan=False, places=3))
def test_amounts_of_one_class_are_alike_to_rules(amount: Decimal) -> None:
    money = Money.of(pl.Series([amount], dtype=AMOUNT), pl.Series([False]))
    charge = read_charge(amount)
    odd = (ChargeKind.NEGATIVE, ChargeKind.FRACTION_OF_A_CENT)
    assert money.odd[0] is (charge.kind in odd or amount > 10**13)
    if not money.odd[0]:
        assert money.cents[0] == amount * 100
        assert (money.kind[0] == 1000) is (charge.kind is ChargeKind.AMOUNT)


def verdicts(codes: list[str], tables: Any, policy: str) -> list[Any]:
    """What is said of each of some lines of one day, but where its line stands."""
    result = Validator(policy, tables).validate(Claim(claim_type="professional", lines=[line(code) for code in codes]))
    of_lines = [
        [(f.rule_id, f.message, f.evidence, f.disposition) for f in result.findings if f.position == place]
        for place in range(1, len(codes) + 1)
    ]
    unchecked = [
        {(entry.rule_id, entry.reason, entry.table) for entry in result.not_checked if place in entry.lines}
        for place in range(1, len(codes) + 1)
    ]
    return list(zip(of_lines, unchecked, strict=True))


ALL = sorted({*CODES, *PAIRED, "90471", "90472", "36593", "1159F", "G2211", "96375", "96374"})


@given(st.sampled_from(ALL), st.sampled_from(ALL), st.sampled_from(["default", "anthem_ohio_medicaid_2024"]))
@settings(deadline=None, max_examples=80)
def test_lines_that_are_judged_apart_say_nothing_of_each_other(one: str, other: str, policy: str) -> None:
    tables, said = whole_tables(), Policy.load(policy)
    companions = Companions(tables, said, Eras.of_all(tables, said))
    numbers = [companions.codes(one), companions.codes(other)]
    day = pl.Series([datetime.date(2024, 7, 15)]).to_physical()
    companions.meet(companions.eras.of(day).to_list())
    assert not companions.open_eras
    if min(numbers) >= 0 and companions.together(pl.Series(numbers[:1]), pl.Series(numbers[1:]), pl.Series([True]))[0]:
        return
    together = verdicts([one, other], tables, policy)
    assert together == [*verdicts([one], tables, policy), *verdicts([other], tables, policy)]


def test_lines_that_are_related_and_were_not_known_to_belong_together_turn_the_classes_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(_: Companions, one: pl.Series, _other: pl.Series, _same_day: pl.Series) -> pl.Series:
        return pl.repeat(value=False, n=len(one), dtype=pl.Boolean, eager=True)

    frame = pl.DataFrame(
        {
            "claim_id": ["A", "A", "B"],
            "claim_type": ["professional"] * 3,
            "procedure_code": ["45385", "45380", "36415"],
            "units": [1] * 3,
            "charge": ["10.00"] * 3,
            "service_date": ["2024-07-15"] * 3,
        }
    )
    monkeypatch.setattr(Companions, "together", never)
    monkeypatch.setattr(_Parts, "_can_stand_alone", lambda _, rows, __: pl.repeat(False, len(rows), eager=True))
    agree(frame, tables=whole_tables())


def test_where_no_table_covers_the_day_all_lines_belong_together() -> None:
    said = Policy.load("default")
    tables = whole_tables()
    companions = Companions(tables, said, Eras.of_all(tables, said))
    companions.codes("99213")
    companions.codes("36415")
    day = pl.Series([datetime.date(2025, 3, 1)]).to_physical()
    companions.meet(companions.eras.of(day).to_list())
    assert companions.open_eras


@pytest.mark.parametrize("bits", range(1, 32))
def test_the_strongest_of_some_dispositions(bits: int) -> None:
    from claimcheck.claims.verdict import strongest

    assert _strongest(bits) is strongest(_among(bits))
