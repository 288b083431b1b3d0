"""Values of NumPy, pandas and Arrow, and values that are made to break things, in every field: read, or unreadable."""

from __future__ import annotations

import datetime
import enum
import json
import sqlite3
import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import polars as pl
import pyarrow as pa
import pytest
from tools.fuzz.hostile import HOSTILE

from claimcheck import Claim, Diagnosis, ServiceLine, Validator, validate_claims
from claimcheck.claims import Disposition, InpatientProcedure, OccurrenceCode, ValueCode, scalars

np = pytest.importorskip("numpy", reason="numpy is not installed: pip install 'claimcheck[test-pandas]'")
pd = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'claimcheck[test-pandas]'")

VALIDATOR = Validator()
DAY = datetime.date(2024, 7, 15)


class Color(enum.Enum):
    VISIT = "99213"


class Text(str):
    """Text of another library."""


def numpy_scalars() -> list[Any]:
    """One of every scalar type."""
    made: list[Any] = []
    for kind in sorted({*np.sctypeDict.values()}, key=lambda kind: kind.__name__):
        if issubclass(kind, np.datetime64):
            made += [kind("2024-07-15"), kind("2024-07-15T08:00", "ns"), kind("NaT"), kind("2024-07")]
        elif issubclass(kind, np.timedelta64):
            made += [kind(1, "D"), kind("NaT")]
        elif issubclass(kind, np.void):
            made.append(kind(b"x"))
        elif kind is not np.object_:
            made.append(kind(1))
    return [*made, np.float64("nan"), np.float32("inf"), np.array(11), np.array([11, 25]), np.ma.masked]


PANDAS = [
    pd.NaT, pd.NA, pd.Timestamp(DAY), pd.Timestamp("2024-07-15 08:00", tz="America/New_York"), pd.Timedelta(days=1),
    pd.Period("2024-07", "M"), pd.Interval(0, 1), pd.Series(["25", None]), pd.Index([1]), pd.Categorical(["25"]),
    pd.array([1, None], dtype="Int64"), pd.DataFrame({"procedure_code": ["99213"]}), pd.DateOffset(1),
]  # fmt: skip
ARROW = [
    pa.scalar(value, kind)
    for value, kind in (
        *((1, kind()) for kind in (pa.int8, pa.int16, pa.int32, pa.int64, pa.uint8, pa.uint16, pa.uint32, pa.uint64)),
        *((np.float16(1.5), pa.float16()), (12.1, pa.float32()), (12.1, pa.float64()), (float("nan"), pa.float64())),
        *(("99213", kind()) for kind in (pa.string, pa.large_string, pa.string_view)),
        *((b"x", kind()) for kind in (pa.binary, pa.large_binary)),
        *((Decimal("1.10"), kind) for kind in (pa.decimal128(9, 2), pa.decimal256(9, 2))),
        *((DAY, kind()) for kind in (pa.date32, pa.date64)),
        *((datetime.datetime(2024, 7, 15), pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        *((None, kind) for kind in (pa.null(), pa.int64(), pa.string(), pa.date32())),
        (True, pa.bool_()), (datetime.timedelta(1), pa.duration("s")), (datetime.time(8), pa.time32("s")),
        (["25", None], pa.list_(pa.string())), ({"code": "I10"}, pa.struct({"code": pa.string()})),
        ([("a", 1)], pa.map_(pa.string(), pa.int64())), ("99213", pa.dictionary(pa.int8(), pa.string())),
    )
]  # fmt: skip
OTHERS = [
    Fraction(25, 2), Fraction(1, 3), 3 + 4j, Decimal("NaN"), Decimal("sNaN"), Color.VISIT, Text(" 99213 "),
    uuid.UUID(int=1), range(3), {"25"}, frozenset(), iter([1]), memoryview(b"x"), bytearray(b"x"), Ellipsis, type,
    pl.Series(["25"]), pl.DataFrame({"procedure_code": ["99213"]}), pa.array([1]), pa.table({"code": ["I10"]}),
    10**5000,
]  # fmt: skip
EVERY = [*numpy_scalars(), *PANDAS, *ARROW, *OTHERS, *HOSTILE]
NUMBERED = [pytest.param(value, id=f"{place}-{type(value).__name__}") for place, value in enumerate(EVERY)]


def names(kind: type[Any]) -> list[str]:
    return [field.name for field in attrs.fields(kind) if field.name not in ("source", "problems")]  # type: ignore[arg-type]


def judged(claim: Any) -> None:
    """Judges a claim, and has the verdict say itself."""
    result = VALIDATOR.validate(claim)
    assert json.dumps(result.to_dict())
    assert str(result)


@pytest.mark.parametrize("value", NUMBERED)
def test_a_value_of_any_type_in_any_field_is_read_or_found(value: Any) -> None:
    """Every field at once, so that there are few verdicts; then each small value."""
    line = dict.fromkeys(names(ServiceLine), value)
    claim = {name: value for name in names(Claim) if name != "lines"}
    judged({**claim, "lines": [line, value]})
    judged({"claim_type": "professional", "lines": value, "diagnoses": [value], value_key(value): 1})
    judged(Claim(**{**claim, "lines": [ServiceLine(**line), value]}))
    for kind in (Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode):
        kind(**dict.fromkeys(names(kind), value))
    judged(value)


def value_key(value: Any) -> Any:
    try:
        hash(value)
    except Exception:
        return "unhashable"
    return value


@pytest.mark.parametrize("value", NUMBERED)
def test_each_value_is_one_of_pythons_own_or_opaque(value: Any) -> None:
    own = (type(None), bool, int, float, str, Decimal, datetime.date, datetime.datetime, dict, list, tuple)
    plain = scalars.plain(value)
    assert type(plain) in own or plain is scalars.OPAQUE


@pytest.mark.parametrize(
    ("value", "units"),
    [
        (np.float64(125), Decimal(125)), (np.int64(3), Decimal(3)), (np.float32(12.1), Decimal("12.1")),
        (np.float64("nan"), None), (pd.NA, None), (pd.NaT, None), (np.ma.masked, None), (Decimal("NaN"), None),
        (Fraction(25, 2), Decimal("12.5")), (pa.scalar(12.1, pa.float32()), Decimal("12.1")), (pa.scalar(None), None),
        (pa.scalar(Decimal("1.10")), Decimal("1.10")), (3 * 1.1, Decimal("3.30")), (np.array(11), Decimal(11)),
        (0.1 + 0.2, Decimal("0.30")), (15.5, Decimal("15.5")), (sum([0.1] * 300), Decimal("30.00")),
        (1e22, "unreadable"),
        (0.001, Decimal("0.001")), (12.345, Decimal("12.345")), (np.complex128(1), "unreadable"),
        (np.True_, "unreadable"),
        (Decimal("3.300000000001"), Decimal("3.300000000001")), ("3.300000000001", Decimal("3.300000000001")),
    ],
)  # fmt: skip
def test_numbers_of_every_library_are_those_numbers(value: Any, units: Any) -> None:
    read = ServiceLine(units=value).units
    assert read == units if units != "unreadable" else not isinstance(read, Decimal | None)
    assert not ServiceLine(units=value).problems


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (np.datetime64("2024-07-15"), False), (np.datetime64("2024-07-15T08:00", "ns"), True),
        (pd.Timestamp(DAY), False), (pd.Timestamp("2024-07-15 23:59", tz="UTC"), True), (pa.scalar(DAY), False),
        (20240715, True), ("20240715", False),
        (pa.scalar(datetime.datetime(2024, 7, 15, 1)), True), (np.int64(20240715), True), (20240715.0, True),
    ],
)  # fmt: skip
def test_moments_of_every_library_are_their_days(value: Any, told: bool) -> None:
    line = ServiceLine(service_date=value)
    assert line.service_date == DAY
    assert type(line.service_date) is datetime.date
    assert bool(line.problems) is told


@pytest.mark.parametrize(
    "value", [pd.NaT, pd.NA, float("nan"), np.float64("nan"), np.datetime64("NaT"), pa.scalar(None)]
)
def test_what_is_missing_elsewhere_is_missing_here(value: Any) -> None:
    given: dict[str, Any] = {
        name: value for name in names(ServiceLine) if name not in ("modifiers", "diagnosis_pointers")
    }
    assert ServiceLine(**given) == ServiceLine()
    assert ServiceLine(modifiers=[value, "25"], diagnosis_pointers=[value]).modifiers == ("25",)
    assert Claim(birth_date=value, lines=[], diagnoses=[value, "I10"]).birth_date is None


ROWS = pd.DataFrame(
    {"procedure_code": [99213.0, 36415], "units": [1, 2], "charge": [125.0, 8.5], "mod1": [25.0, np.nan]}
)
FILE = sqlite3.connect(":memory:")
FILE.row_factory = sqlite3.Row


@attrs.frozen
class Line:
    procedure_code: str
    units: int


@pytest.mark.parametrize(
    "lines",
    [
        ROWS, ROWS.to_dict("records"), [row for _, row in ROWS.iterrows()], list(ROWS.itertuples(index=False)),
        pl.from_pandas(ROWS), pa.Table.from_pandas(ROWS), pa.array(ROWS.to_dict("records")),
        np.array(ROWS.to_dict("records")),
        FILE.execute("SELECT 99213 AS cpt, 1 AS qty UNION ALL SELECT 36415, 2 ORDER BY qty").fetchall(),
        [Line("99213", 1), Line("36415", 2)],
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_lines_of_every_kind_of_record_and_list(lines: Any) -> None:
    claim = Claim(lines=lines)
    assert [line.procedure_code for line in claim.lines] == ["99213", "36415"]
    assert [line.units for line in claim.lines] == [1, 2]


@pytest.mark.parametrize(
    "value", [pd.Series(["25", "59"]), np.array(["25", "59"]), pa.array(["25", "59"]), {"59", "25"}]
)
def test_lists_of_every_kind(value: Any) -> None:
    assert ServiceLine(modifiers=value).modifiers == ("25", "59")
    assert [diagnosis.code for diagnosis in Claim(diagnoses=value).diagnoses] == ["25", "59"]  # type: ignore[union-attr]


def test_one_hostile_claim_never_ends_a_batch() -> None:
    good = {"claim_type": "professional", "lines": [{"procedure_code": "99213"}]}
    results = list(validate_claims([good, *HOSTILE, good], sort=True)) + list(validate_claims([good, *HOSTILE, good]))
    assert len(results) == 2 * (len(HOSTILE) + 2)
    assert all(result.disposition is Disposition.REJECTED for result in results)
