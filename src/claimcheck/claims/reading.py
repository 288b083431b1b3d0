"""Readers of single values: each takes anything and returns the value, None if missing, or `Unreadable`.

Every field of a claim passes through one of these, whether the claim comes from its constructor, a mapping, a row of a
file, or a frame, so that these cannot differ. A value read from a spelling other than claimcheck's own comes as a
`ReadAs`, which says how; `value_of` gives the value alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import regex

from claimcheck import dates, money
from claimcheck.claims import scalars, spelled
from claimcheck.claims.read_as import ReadAs, value_of
from claimcheck.claims.unreadable import Problem, Unreadable

__all__ = [
    "NONE",
    "SEPARATOR",
    "SEPARATORS",
    "SEVERAL",
    "Reader",
    "amount",
    "birth_date",
    "civil_date",
    "claim_type",
    "diagnosis_role",
    "digits_of",
    "entity_type",
    "flag",
    "icd_version",
    "identifier",
    "is_blank",
    "is_list",
    "is_several",
    "items",
    "member_date",
    "member_text",
    "problems",
    "sex",
    "split",
    "text",
    "texts",
    "value_of",
    "whole",
]

T = TypeVar("T")
Reader = Callable[[object], Any]

NONE: tuple[Any, ...] = ()
_MEMBER_DATE = Unreadable("a date as YYYY-MM-DD or YYYYMMDD")

SEPARATORS = r"\s,;:|/~"
"""The characters between several codes in one text: in a spreadsheet cell, a box of a paper form, an X12 composite, or
between the repetitions of an HL7 v2 field (`~`, the repetition separator that HL7 v2.5 recommends in chapter 2.5.4)."""
SEPARATOR = regex.compile(f"[{SEPARATORS}]+")
SEVERAL = "several values in one text"


def unreadable(value: object, expected: str) -> Unreadable:
    """The placeholder for an unreadable value; one that was already unreadable stays as it was."""
    return value if type(value) is Unreadable else Unreadable.of(value, expected=expected)


def is_blank(value: object) -> bool:
    """Whether a value is blank: None or blank text. Words that tables use for a missing value are text anywhere else.

    >>> [is_blank(value) for value in (None, "  ", "NA", 0, "0")]
    [True, True, False, False, False]
    """
    return value is None or (type(value) is str and not value.strip())


def text(value: str | Any | None) -> str | Unreadable | None:
    """Stripped text; blank is missing. A number is refused, because it may have lost leading zeros.

    >>> text(" professional "), text("  "), text(99213)
    ('professional', None, Unreadable(expected='text', shape='a number'))
    """
    if type(value) is not str:
        if value is None:
            return None
        value = scalars.plain(value)
        if type(value) is not str:
            return None if value is None else unreadable(value, "text")
    return value.strip() or None


EXPONENT = r"^[0-9]+(\.[0-9]+[eE]\+?|[eE]\+)[0-9]{1,3}$"
"""A number with an exponent, which is what a spreadsheet and pandas make of a long identifier: its last digits are
lost, and it is the same text for many of them."""
_EXPONENT = regex.compile(EXPONENT, regex.ASCII)


def identifier(value: str | Any | None) -> str | Unreadable | None:
    """Text that identifies a claim, a payer, or a permit. An integer is its digits, which have no meaning of their own.

    >>> identifier("C-1"), identifier(1001), identifier(1001.5)
    ('C-1', '1001', Unreadable(expected='text', shape='a number'))
    >>> identifier("2.02407E+17")
    Unreadable(expected='text, not a number that lost digits', shape='text of 11: 9.99999A+99')
    """
    if type(value) is not str:
        value = scalars.plain(value)
        digits = digits_of(value)
        if digits is not None:
            return digits
    read = text(value)
    if type(read) is str and _EXPONENT.match(read):
        return unreadable(read, "text, not a number that lost digits")
    return read


def member_text(value: str | Any | None) -> str | Unreadable | None:
    """Like `identifier`, for a member field: not even the shape of an unreadable value is kept."""
    read = identifier(value)
    return Unreadable(read.expected) if type(read) is Unreadable else read


_LAST_EXACT = 2.0**53  #: from here on a float is not each integer


def digits_of(value: object) -> str | None:
    """The digits of a nonnegative integer; None for anything else, as for a float so large that it has lost some."""
    if type(value) is float:
        value = int(value) if value.is_integer() and value < _LAST_EXACT else None
    elif type(value) is Decimal and value.is_finite() and value.adjusted() < 40 and value == value.to_integral_value():
        value = int(value)
    return str(value) if type(value) is int and 0 <= value < 10**40 else None


# ---------------------------------------------------------------------- amounts


def amount(value: Decimal | int | float | str | Any | None) -> Any:
    """An exact amount of dollars or number of units.

    A float is read as the decimal it represents: the amount in whole cents that is within the rounding error of float
    sums (about 13 significant digits), else its shortest decimal. So are texts and decimals, which may have been
    floats; a fraction of a cent stays one.

    >>> amount("40.00"), amount(""), amount("abc")
    (Decimal('40.00'), None, Unreadable(expected='a number', shape='text of 3: aaa'))
    >>> amount(3 * 1.1), amount("3.3000000000000003"), amount(15.5), amount(0.001), amount("3.300000000003")
    (Decimal('3.30'), Decimal('3.30'), Decimal('15.5'), Decimal('0.001'), Decimal('3.300000000003'))
    >>> value_of(amount("$1,250.00"))
    Decimal('1250.00')
    """
    kind = type(value)
    if kind is str:
        return _amount_of_text(value)
    if kind is int:  # and no bool, which equals 0 or 1
        return _amount_of_whole(value)
    if value is None:
        return None
    plain: Any = scalars.plain(value)
    kind = type(plain)
    if kind is str:
        return _amount_of_text(plain)
    return None if plain is None else _amount(plain)


@lru_cache(maxsize=4_096)
def _amount_of_whole(value: object) -> Decimal | Unreadable | None:
    """Units are mostly small integers."""
    return _amount(value)


def _amount(value: object) -> Decimal | Unreadable | None:
    read = money.read(value)
    return unreadable(value, "a number") if read is None else read


@lru_cache(maxsize=16_384)
def _amount_of_text(value: str) -> Any:
    """Cached: a claim file has far more amounts than distinct ones."""
    text = value.strip()
    if not text:
        return None
    read = money.read(text)
    if read is not None:
        return read
    found = spelled.amount(text)
    return Unreadable.of(text, expected="a number") if found is None else ReadAs(*found)


def whole(value: int | str | Any | None) -> Any:
    """An integer, such as a line number.

    >>> whole("12"), whole(3.0), whole("1.5")
    (12, 3, Unreadable(expected='a whole number', shape='text of 3: 9.9'))
    """
    if type(value) is int and -money.LARGEST <= value <= money.LARGEST:
        return value
    read = amount(value)
    number = value_of(read)
    if type(number) is Decimal and number == number.to_integral_value():
        return int(number) if read is number else ReadAs(int(number), read.how)
    return None if number is None else unreadable(scalars.plain(value), "a whole number")


# ---------------------------------------------------------------------- days


def civil_date(value: datetime.date | str | Any | None) -> Any:
    """A date. For a timestamp, the date in its own time zone; claims have no times.

    >>> civil_date("20240701"), civil_date("2024-13-01")
    (datetime.date(2024, 7, 1), Unreadable(expected='a date as YYYY-MM-DD or YYYYMMDD', shape='text of 10: 9999-99-99'))
    >>> civil_date("07/15/2024").how, civil_date(20240715).how, civil_date(datetime.datetime(2024, 7, 15, 8)).how
    ('a date as MM/DD/YYYY', 'a number', 'a timestamp, its time of day left out')
    """
    if value is None or type(value) is datetime.date:
        return value
    if type(value) is str:
        read = dates.read(value.strip())
        return _date_of_text(value, spelled.SERVICES) if read is None else read
    return _civil_date(value, spelled.SERVICES)


def _civil_date(value: Any, first_year: int) -> Any:
    value = scalars.plain(value)
    kind = type(value)
    if kind is str:
        return _date_of_text(value, first_year)
    if value is None or kind is datetime.date:
        return value
    if kind is datetime.datetime:
        day = value.date()
        midnight = value.tzinfo is None and value.time() == datetime.time.min
        return day if midnight else ReadAs(day, "a timestamp, its time of day left out")
    digits = digits_of(value)
    day = None if digits is None else dates.read(digits)
    return unreadable(value, _MEMBER_DATE.expected) if day is None else ReadAs(day, "a number")


def _date_of_text(value: str, first_year: int) -> Any:
    text = value.strip()
    read = dates.read(text)
    if read is not None:
        return read
    if not text:
        return None
    found = _spelled_day(text, first_year)
    return unreadable(text, _MEMBER_DATE.expected) if found is None else found


@lru_cache(maxsize=16_384)
def _spelled_day(text: str, first_year: int) -> ReadAs | None:
    found = spelled.day(text, first_year)
    return None if found is None else ReadAs(*found)


def member_date(value: datetime.date | str | Any | None) -> Any:
    """Like `civil_date`, for a member field: not even the shape of an unreadable value is kept."""
    if value is None or type(value) is datetime.date:
        return value
    read = _civil_date(value, spelled.SERVICES)
    return _MEMBER_DATE if type(read) is Unreadable else read


def birth_date(value: datetime.date | str | Any | None) -> Any:
    """Like `member_date`. A two-digit year is one from 1930 to 2029.

    >>> value_of(birth_date("3/17/45")), value_of(member_date("3/17/45"))
    (datetime.date(1945, 3, 17), datetime.date(2045, 3, 17))
    """
    if value is None or type(value) is datetime.date:
        return value
    read = _civil_date(value, spelled.BIRTHS)
    return _MEMBER_DATE if type(read) is Unreadable else read


_FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "y", "t", "1"), True),
    **dict.fromkeys(("false", "no", "n", "f", "0"), False),
}


def flag(value: bool | str | Any | None) -> Any:
    """True or false, from words and numbers that mean one of them.

    >>> flag(True), flag(None), flag("true"), flag("yes").how, flag("maybe")
    (True, None, True, 'a word for true or false', Unreadable(expected='true or false', shape='text of 5: aaaaa'))
    """
    if value is None or type(value) is bool:
        return value
    plain: Any = scalars.plain(value)
    kind: Any = type(plain)
    if plain is None or kind is bool:
        return plain
    if kind is str:
        word = plain.strip().lower()
        if not word:
            return None
        if word in ("true", "false"):
            return word == "true"
        return (
            ReadAs(_FLAGS[word], "a word for true or false") if word in _FLAGS else unreadable(plain, "true or false")
        )
    if kind in (int, float, Decimal) and plain in (0, 1):
        return ReadAs(bool(plain), "a number")
    return unreadable(plain, "true or false")


# ---------------------------------------------------------------------- words


def _word(value: object, others: Mapping[str, str]) -> Any:
    """A word of the field; `others` maps alternative words to it."""
    read = text(value)
    if type(read) is not str:
        digits = digits_of(scalars.plain(value))
        read = read if digits is None or digits not in others else digits
        if type(read) is not str:
            return read
    meant = others.get(read.lower().replace("-", "").replace("_", "").replace(" ", ""))
    return read if meant is None else ReadAs(meant, "another word for it")


_CLAIM_TYPES = {
    **dict.fromkeys(("p", "prof", "837p", "cms1500", "hcfa1500", "hcfa", "physician"), "professional"),
    **dict.fromkeys(("i", "inst", "837i", "ub04", "ub92", "ub", "facility", "hospital"), "institutional"),
}
_SEXES = {"male": "M", "female": "F", "unknown": "U"}
_ENTITIES = {
    **dict.fromkeys(("1", "person", "individual", "practitioner", "type1", "npi1"), "1"),
    **dict.fromkeys(("2", "nonpersonentity", "organization", "group", "type2", "npi2"), "2"),
}
_VERSIONS = {
    **dict.fromkeys(("10", "icd10", "10cm", "icd10cms"), "ICD-10-CM"),
    **dict.fromkeys(("9", "icd9", "9cm"), "ICD-9-CM"),
}
_ROLES = {
    **dict.fromkeys(("primary", "abk"), "principal"),
    **dict.fromkeys(("admit", "abj"), "admitting"),
    **dict.fromkeys(("secondary", "abf"), "other"),
}


def claim_type(value: str | Any | None) -> Any:
    """The type of a claim.

    >>> claim_type("professional"), claim_type("837P").value, claim_type("UB-04").value
    ('professional', 'professional', 'institutional')
    """
    return _word(value, _CLAIM_TYPES)


def sex(value: str | Any | None) -> Any:
    """The sex of the member.

    >>> sex("F"), sex("female").value
    ('F', 'F')
    """
    return _word(value, _SEXES)


def entity_type(value: str | Any | None) -> Any:
    """What a provider is: "1" for a person, "2" for an organization.

    >>> entity_type("2"), entity_type("organization").value, entity_type("third")
    ('2', '2', Unreadable(expected='1 (person) or 2 (organization)', shape='text of 5: aaaaa'))
    """
    read = text(value)
    if read is None or read in ("1", "2"):
        return read
    read = _word(value, _ENTITIES)
    return read if type(read) is ReadAs else unreadable(scalars.plain(value), "1 (person) or 2 (organization)")


def icd_version(value: str | Any | None) -> Any:
    """The code set of a diagnosis.

    >>> icd_version("ICD-10-CM"), icd_version("ICD10").value, icd_version(9).value
    ('ICD-10-CM', 'ICD-10-CM', 'ICD-9-CM')
    """
    return _word(value, _VERSIONS)


def diagnosis_role(value: str | Any | None) -> Any:
    """The role of a diagnosis on its claim.

    >>> diagnosis_role("principal"), diagnosis_role("Primary").value
    ('principal', 'principal')
    """
    return _word(value, _ROLES)


# ---------------------------------------------------------------------- lists


def items(value: object, read: Callable[[object], T | None]) -> Any:
    """The items of a list, each read by `read`; missing ones are dropped, and a single value is a list of one.

    Anything that cannot be a list becomes one `Unreadable`. An item may hold several, as `split` separates them.
    """
    if value is None or value is NONE:
        return NONE
    given: Iterable[object]
    if type(value) is list or type(value) is tuple:
        given = value
    else:
        found = scalars.listed(value)
        given = (value,) if found is None else found
    found_items = [item for item in map(read, given) if item is not None]
    return _joined(found_items) if ReadAs in map(type, found_items) else tuple(found_items)


def _joined(given: list[Any]) -> ReadAs:
    """The items, split where one text held several, and how they were read."""
    values: list[Any] = []
    told: dict[str, None] = {}
    for item in given:
        if type(item) is not ReadAs:
            values.append(item)
            continue
        told.update(dict.fromkeys(item.how.split("; ")))
        values += item.value if item.several else [item.value]
    return ReadAs(tuple(values), "; ".join(told))


_BRACKETS = ("[]", "{}", "()")
"""Around a list that another library wrote as text: JSON, Python (`['25', '59']`, as pandas writes it into a CSV file),
or a PostgreSQL array (`{25,59}`)."""
_QUOTES = "'\""
_NO_ITEM = frozenset({"", "null", "NULL", "None", "nan"})


def is_list(text: str) -> bool:
    """Whether a text is a list of another library.

    >>> is_list("[]"), is_list("{25,59}"), is_list("25, 59")
    (True, True, False)
    """
    return _in_brackets(text) is not None


def is_several(text: str, separator: Any = SEPARATOR) -> bool:
    """Whether a text is a list, or holds several values.

    >>> is_several("25"), is_several("25, 59"), is_several("[]")
    (False, True, True)
    """
    return separator.search(text.strip()) is not None or is_list(text)


def split(text: str, separator: Any = SEPARATOR) -> list[str]:
    """The codes in one text.

    >>> split("25, 59"), split("25"), split("['25', None]"), split("[]")
    (['25', '59'], ['25'], ['25'], [])
    """
    found = _in_brackets(text)
    if found is None:
        return [part for part in separator.split(text) if part]
    return [part for part in (one.strip(_QUOTES) for one in separator.split(found)) if part not in _NO_ITEM]


def _in_brackets(text: str) -> str | None:
    """What is between the brackets of a list; None if the text is not a list."""
    whole = text.strip()
    return whole[1:-1] if len(whole) > 1 and whole[0] + whole[-1] in _BRACKETS else None


def texts(value: object) -> Any:
    """A list of texts.

    >>> texts(["25", None, ""]), texts("59"), texts([25])
    (('25',), ('59',), (Unreadable(expected='text', shape='a number'),))
    """
    return NONE if value is None or value is NONE else items(value, text)


def problems(given: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with the form of a value."""
    return tuple(given)
