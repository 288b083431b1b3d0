"""A verdict is given again from its receipt, field by field, and from the receipt of another edition as anew."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, Policy, Receipt, Validator
from claimcheck.claims import Reason
from claimcheck.engine.impact import same
from claimcheck.engine.replaying import replay
from claimcheck.errors import InputError
from claimcheck.io import read_claims
from claimcheck.tables.rows import MueRow, PtpRow
from claimcheck.testing import a_claim, a_line, strategies
from engine.generated import claims
from support.cases import institutional, line
from tables.making import opened, reading
from test_totality import CLAIMS, JSON

pytestmark = pytest.mark.extended

POLICIES = ("default", "zero", "medicare", "penny_from_2021_06_01")
VALIDATORS = {name: Validator(name) for name in POLICIES}
DAYS = st.sampled_from([None, "2024-08-01", "2026-01-01"])


def again(result: ClaimResult, validator: Validator) -> ClaimResult:
    """The verdict, given again from what JSON kept of it."""
    kept = ClaimResult.from_dict(json.loads(json.dumps(result.to_dict())))
    assert kept == result
    return replay(kept.receipt, validator)


def said(result: ClaimResult) -> dict[str, Any]:
    """All that a verdict says, but for the names of claims."""
    plain = result.to_dict()
    del plain["claim_id"], plain["superseded_by"]
    plain["receipt"].pop("reads")
    for entry in plain["overturned"]:
        del entry["claim"]
    return plain


def equal(result: ClaimResult, replayed: ClaimResult) -> None:
    assert said(replayed) == said(result)
    assert json.dumps(said(replayed)) == json.dumps(said(result))


@pytest.mark.parametrize("policy", POLICIES)
@given(claim=claims(), as_of=DAYS)
def test_made_claims(policy: str, claim: dict[str, Any], as_of: str | None) -> None:
    result = VALIDATORS[policy].validate(claim, as_of)
    equal(result, again(result, VALIDATORS[policy]))


@given(claim=strategies.claims(), as_of=DAYS)
def test_claims_of_the_strategies(claim: Claim, as_of: str | None) -> None:
    result = VALIDATORS["default"].validate(claim, as_of)
    equal(result, again(result, VALIDATORS["default"]))


@given(broken=strategies.broken(), as_of=DAYS)
def test_plausible_mistakes(broken: strategies.Broken, as_of: str | None) -> None:
    result = VALIDATORS["medicare"].validate(broken.claim, as_of)
    equal(result, again(result, VALIDATORS["medicare"]))


@given(batch=st.lists(claims(max_lines=4), max_size=6), as_of=DAYS, sort=st.booleans())
def test_batches(batch: list[dict[str, Any]], as_of: str | None, sort: bool) -> None:
    named = [{**claim, "claim_id": f"C{number}"} for number, claim in enumerate(batch)]
    for result in VALIDATORS["default"].validate_many(named, as_of, sort=sort):
        equal(result, again(result, VALIDATORS["default"]))


@given(batch=st.lists(claims(max_lines=4), max_size=6), as_of=DAYS)
def test_with_a_history(batch: list[dict[str, Any]], as_of: str | None) -> None:
    history = MemoryHistory()
    validator = VALIDATORS["medicare"].beside(history)
    for number, mapping in enumerate(batch):
        claim = Claim.from_dict({**mapping, "claim_id": f"C{number}" if number % 3 else None})
        result = validator.validate(claim, as_of)
        equal(result, again(result, VALIDATORS["medicare"]))
        history.record(claim, result)


@given(value=JSON | CLAIMS, as_of=DAYS)
def test_anything_at_all(value: Any, as_of: str | None) -> None:
    result = VALIDATORS["default"].validate(value, as_of)
    equal(result, again(result, VALIDATORS["default"]))


@pytest.mark.exhaustive
@pytest.mark.parametrize("folder", ["x12", "fhir"])
def test_real_files(reference_data: Path, folder: str) -> None:
    validator, count = VALIDATORS["medicare"], 0
    for claim in _real(reference_data / "claims" / folder):
        result = validator.validate(claim, "2026-01-01")
        equal(result, again(result, validator))
        count += 1
    assert count


def _real(folder: Path) -> Iterator[Claim]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            try:
                yield from read_claims(file)
            except InputError:
                continue  # some of them are kept for being none


# ---------------------------------------------------------------- what the history told


def test_a_history_that_looked_further_back_is_not_made_up(tmp_path: Path) -> None:
    """Another policy that counts over a lifetime cannot be answered from what was looked at for a year."""
    lifetime = tmp_path / "lifetime.toml"
    lifetime.write_text(
        'extends = "default"\n[[frequency.limits]]\nreference = "test"\n'
        'limits = [{ name = "once", codes = ["99213"], most = 1, window = "lifetime", per = "member" }]\n'
    )
    policy = Policy.load(lifetime)
    history = MemoryHistory()
    first = a_claim("99213", claim_id="A", member_id="M1")
    history.record(first, VALIDATORS["default"].validate(first))
    result = (
        VALIDATORS["default"]
        .beside(history)
        .validate(a_claim(a_line("99213", day="2024-09-20"), claim_id="B", member_id="M1", received_date="2024-09-30"))
    )
    assert result.receipt.reads["history"]["known_from"] is not None
    other = replay(result.receipt, Validator(policy))
    assert Reason.NO_HISTORY in {entry.reason for entry in other.not_checked}


# ---------------------------------------------------------------- another edition


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Validator, Validator]:
    """Validators by two stores that say different things of the codes of the made claims."""
    pairs = [("45385", "45380"), ("99213", "36415"), ("20610", "99213"), ("11042", "97110")]
    stores = []
    for name, indicator, most, some in (("one", 1, 1, pairs[:3]), ("two", 0, 3, pairs[1:])):
        ptp = [PtpRow(one, two, date(2020, 1, 1), None, indicator, "") for one, two in some]
        mue = [MueRow(code, most, 3, "Clinical: Data") for code in ("99213", "96372", "97110")]
        store = tmp_path_factory.mktemp(name) / "store"
        stores.append(opened(store, reading("ptp_practitioner", ptp), reading("mue_practitioner", mue)))
    one, two = (Validator(tables=tables) for tables in stores)
    return one, two


@given(claim=claims(), as_of=DAYS)
def test_another_edition_as_the_claim_anew(
    editions: tuple[Validator, Validator], claim: dict[str, Any], as_of: str | None
) -> None:
    for one, other in (editions, editions[::-1]):
        result = one.validate(claim, as_of)
        equal(other.validate(claim, as_of), again(result, other))


def test_the_editions_do_differ(editions: tuple[Validator, Validator]) -> None:
    claim = a_claim("45385", "45380")
    one, other = (validator.validate(claim) for validator in editions)
    assert one.receipt.tables_hash != other.receipt.tables_hash
    assert one.lines != other.lines


@given(claim=claims(), policies=st.permutations(POLICIES))
def test_another_policy_as_the_claim_anew(claim: dict[str, Any], policies: list[str]) -> None:
    one, other, *_ = (VALIDATORS[name] for name in policies)
    equal(other.validate(claim), again(one.validate(claim), other))


# ---------------------------------------------------------------- damage


def values_in(plain: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value."""
    if path:
        yield path
    for key, inner in plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ():
        yield from values_in(inner, (*path, key))


FULL = {
    **institutional(),
    "claim_id": "C1",
    "member_id": "M1",
    "birth_date": "1950-03-31",
    "reporting_only": False,
    "condition_codes": ["44", 7],
    "occurrence_codes": [{"code": "11", "date": "2024-07-01", "x": 1}, 7],
    "value_codes": [{"code": "80", "amount": "1.00"}, []],
    "procedures": [{"code": "0DTJ4ZZ", "date": "2024-07-01"}, {"code": "4501", "version": "ICD-9-CM"}, 7],
    "diagnoses": ["E11.9", {"code": "25000", "version": "ICD-9-CM"}, "SMITH", 7],
    "lines": [line("99213", "25", "J?", 7, revenue_code="0510", diagnosis_pointers=[1, "?"]), line("SMITH", units="x")],
    "surname": 1,
}


def receipt_of_all() -> Receipt:
    """The receipt of a claim with something in every kind of field, beside another one."""
    history = MemoryHistory()
    validator = VALIDATORS["default"].beside(history)
    other = a_claim("3044F", claim_id="B", member_id="M1")
    history.record(other, validator.validate(other))
    return validator.validate(FULL, "2024-10-01").receipt


RECEIPT = json.loads(json.dumps(receipt_of_all().to_dict()))
PATHS = list(values_in(RECEIPT["reads"]))


@given(path=st.sampled_from(PATHS), value=JSON, drop=st.booleans())
def test_a_damaged_receipt_is_replayed_or_refused(path: tuple[Any, ...], value: Any, drop: bool) -> None:
    plain = copy.deepcopy(RECEIPT)
    inner = plain["reads"]
    for step in path[:-1]:
        inner = inner[step]
    if drop:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    with suppress(InputError):
        assert replay(Receipt.from_dict(plain), VALIDATORS["default"]).receipt


# ---------------------------------------------------------------- nothing of the member


#: The surname is no ICD-10-PCS code, which other seven letters may be.
MEMBER, SURNAME, FORENAME, BORN = "QZXMEMBER7", "Quixley", "Zebedeena", "1913-03-17"
CANARIES = (MEMBER, SURNAME, FORENAME, BORN, "19130317", "17-Mar-1913", "Zyzzyva Lane 7")
TEXT_FIELDS = [
    name
    for name in (*Claim.__slots__, *(f"lines.{name}" for name in type(Claim(lines=[{}]).lines[0]).__slots__))
    if name.rpartition(".")[2] not in ("source", "problems", "lines")
]


def leaks(receipt: Receipt) -> list[str]:
    """The canaries that a receipt holds in any form."""
    forms = (json.dumps(receipt.to_dict()), repr(receipt), str(receipt), pickle.dumps(receipt).decode("latin-1"))
    return [canary for canary in CANARIES for form in forms if canary.lower() in form.lower()]


def with_canary(field: str, canary: str) -> dict[str, Any]:
    claim = copy.deepcopy({**FULL, "claim_id": f"{SURNAME}-1", "member_id": MEMBER, "birth_date": BORN})
    where, _, name = field.rpartition(".")
    (claim["lines"][0] if where else claim)[name] = canary
    return claim


#: Where a day or a number belongs, a day or a number is what a rule reads.
DAYS_AND_NUMBERS = re.compile("date|statement|_end|charge|units|quantity|value$|line_number|pointers")


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_a_receipt_holds_no_canary(field: str) -> None:
    for canary in CANARIES:
        if canary in (BORN, "19130317", "17-Mar-1913") and DAYS_AND_NUMBERS.search(field) and field != "birth_date":
            continue
        result = VALIDATORS["default"].validate(with_canary(field, canary), "2024-10-01")
        assert leaks(result.receipt) == []
        equal(result, again(result, VALIDATORS["default"]))


@pytest.mark.parametrize("name", ["diagnoses", "procedures", "occurrence_codes", "value_codes", "condition_codes"])
@pytest.mark.parametrize("key", ["code", "version", "role", "poa", "surname"])
def test_nor_in_its_lists(name: str, key: str) -> None:
    assert_no_canary(name, lambda canary: [{key: canary}])


@pytest.mark.parametrize("name", ["diagnoses", "procedures", "occurrence_codes", "value_codes", "condition_codes"])
def test_nor_in_what_is_no_list_of_such(name: str) -> None:
    assert_no_canary(name, lambda canary: [canary], lambda canary: {canary: canary}, lambda canary: [[canary]])


def assert_no_canary(name: str, *made: Callable[[str], Any]) -> None:
    for canary in CANARIES:
        for value in (make(canary) for make in made):
            result = VALIDATORS["default"].validate({**FULL, name: value}, "2024-10-01")
            assert leaks(result.receipt) == []
            equal(result, again(result, VALIDATORS["default"]))


def test_nor_of_the_claims_before_it() -> None:
    history = MemoryHistory()
    validator = VALIDATORS["default"].beside(history)
    for number, name in enumerate(("claim_id", "payer_id", "claim_type", "bill_type", "billing_npi", "billing_tax_id")):
        before = a_claim("3044F", **{"claim_id": f"{FORENAME}-{number}", "member_id": MEMBER, name: SURNAME})
        history.record(before, validator.validate(before))
    result = validator.validate(a_claim("3046F", claim_id=SURNAME, member_id=MEMBER, birth_date=BORN))
    assert result.receipt.reads["history"]["lines"]
    assert leaks(result.receipt) == []
    equal(result, again(result, validator))


@given(
    birth=st.dates(date(1900, 1, 1), date(2024, 12, 31)) | st.just(date(1952, 2, 29)),
    death=st.none() | st.dates(date(1990, 1, 1), date(2025, 12, 31)),
    days=st.lists(st.dates(date(2020, 1, 1), date(2024, 12, 31)), max_size=3),
)
def test_births_and_deaths(birth: date, death: date | None, days: list[date]) -> None:
    lines = [line("99213", day=str(day)) for day in days]
    claim = {**FULL, "birth_date": birth, "death_date": death, "statement_from": "2024-02-29", "lines": lines}
    result = VALIDATORS["medicare"].validate(claim, "2024-10-01")
    equal(result, again(result, VALIDATORS["medicare"]))


@pytest.mark.parametrize("birth", ["0001-01-01", "9999-12-31", "9999-01-01"])
@pytest.mark.parametrize("day", ["0001-01-01", "0001-12-31", "9999-01-01", "9999-12-31"])
def test_at_the_ends_of_time(birth: str, day: str) -> None:
    claim = {**FULL, "birth_date": birth, "death_date": birth, "lines": [line("99213", day=day)]}
    result = VALIDATORS["medicare"].validate(claim, "2024-10-01")
    equal(result, again(result, VALIDATORS["medicare"]))


def test_what_a_claim_overturns_is_given_again() -> None:
    earlier, later = a_claim("45378", claim_id="A", member_id="M1"), a_claim("45380", claim_id="B", member_id="M1")
    history = MemoryHistory()
    validator = VALIDATORS["default"].beside(history)
    history.record(earlier, validator.validate(earlier))
    result = validator.validate(later)
    assert result.overturned
    replayed = again(result, validator)
    equal(result, replayed)
    assert same(result, replayed)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("claim", "lines", 0, "charge"), "NaN"),
        (("claim", "lines", 0, "charge"), 1),
        (("claim", "lines", 0, "modifiers"), [None]),
        (("claim", "lines", 0, "diagnosis_pointers"), ["1"]),
        (("claim", "problems"), [{"kind": []}]),
        (("claim", "sex"), 7),
        (("claim", "statement_from"), "someday"),
        (("claim", "no field"), "x"),
        (("claim", "lines"), {}),
        (("history", "lines"), [{}]),
        (("history",), []),
    ],
)
def test_damage_is_refused(path: tuple[Any, ...], value: Any) -> None:
    plain = copy.deepcopy(RECEIPT)
    inner = plain["reads"]
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(InputError, match="what the receipt says of the claim is damaged: it cannot be replayed"):
        replay(Receipt.from_dict(plain), VALIDATORS["default"])


@pytest.mark.parametrize("birth", [None, "someday", "2024-07-15", "2024-08-01"])
@pytest.mark.parametrize("death", [None, "someday", "2024-07-15", "2024-06-01"])
def test_lives_that_are_partly_known(birth: str | None, death: str | None) -> None:
    for lines in ([line("99213")], []):
        claim = {"claim_type": "professional", "birth_date": birth, "death_date": death, "lines": lines}
        result = VALIDATORS["medicare"].validate(claim, "2024-10-01")
        equal(result, again(result, VALIDATORS["medicare"]))


def test_a_type_of_bill_without_its_frequency() -> None:
    result = VALIDATORS["default"].validate({**FULL, "bill_type": "13", "frequency_code": "1"}, "2024-10-01")
    assert result.receipt.reads["claim"]["bill_type"] == "13"
    equal(result, again(result, VALIDATORS["default"]))
