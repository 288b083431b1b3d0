"""Strategies for codes: well formed, which does not mean in force.

>>> from claimcheck.codes import parse_procedure
>>> from hypothesis import given
>>> @given(procedure_codes(category="II"))
... def every_code_of_category_ii_is_level_i(code):
...     assert parse_procedure(code).level == "I"
>>> every_code_of_category_ii_is_level_i()
>>> procedure_codes(category="IV")
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: IV is no category of CPT: give I, II or III
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hypothesis import strategies as st

from claimcheck.codes import ProcedureKind, npi
from claimcheck.errors import InputError

__all__ = ["icd10cm_codes", "npis", "procedure_codes"]

_NUMBER = st.integers(0, 9999).map("{:04}".format)
_LEVEL_II: Final = "ABEGHJKLMPQRSTUV"

_KINDS: Final[Mapping[str, st.SearchStrategy[str]]] = MappingProxyType(
    {
        ProcedureKind.CATEGORY_I: st.integers(100, 99607).map("{:05}".format),
        ProcedureKind.CATEGORY_II: _NUMBER.map("{}F".format),
        ProcedureKind.CATEGORY_III: _NUMBER.map("{}T".format),
        ProcedureKind.PLA: _NUMBER.map("{}U".format),
        ProcedureKind.MAAA: _NUMBER.map("{}M".format),
        ProcedureKind.COVID_ADMINISTRATION: _NUMBER.map("{}A".format),
        ProcedureKind.LEVEL_II: st.builds("{}{}".format, st.sampled_from(_LEVEL_II), _NUMBER),
        ProcedureKind.C_CODE: _NUMBER.map("C{}".format),
        ProcedureKind.DENTAL: _NUMBER.map("D{}".format),
        ProcedureKind.LOCAL: st.builds("{}{}".format, st.sampled_from("WXYZ"), _NUMBER),
        ProcedureKind.UNASSIGNED: st.integers(0, 99).map("{:05}".format),
    }
)
_NOT_IN_USE: Final = frozenset({ProcedureKind.LOCAL, ProcedureKind.UNASSIGNED})
_BY_CATEGORY: Final = MappingProxyType(
    {
        "I": ProcedureKind.CATEGORY_I,
        "II": ProcedureKind.CATEGORY_II,
        "III": ProcedureKind.CATEGORY_III,
    }
)


def procedure_codes(category: str | None = None, *, kind: str | None = None) -> st.SearchStrategy[str]:
    """Well-formed procedure codes: of a CPT category ("I", "II", "III"), of a kind (`ProcedureKind`), or of any kind
    still in use."""
    if category is not None:
        if category not in _BY_CATEGORY:
            raise InputError(f"{category} is no category of CPT: give I, II or III")
        return _KINDS[_BY_CATEGORY[category]]
    if kind is not None:
        if kind not in _KINDS:
            raise InputError(f"{kind} is no kind of procedure code: give one of {', '.join(_KINDS)}")
        return _KINDS[kind]
    return st.one_of([strategy for of_kind, strategy in _KINDS.items() if of_kind not in _NOT_IN_USE])


def npis() -> st.SearchStrategy[str]:
    """National Provider Identifiers with a valid check digit.

    >>> from hypothesis import find
    >>> find(npis(), lambda text: True)
    '1000000004'
    """
    return st.integers(100_000_000, 299_999_999).map(_with_check_digit)


def _with_check_digit(payload: int) -> str:
    return next(text for digit in range(10) if npi.is_valid(text := f"{payload}{digit}"))


def icd10cm_codes(*, dotted: bool | None = None) -> st.SearchStrategy[str]:
    """Well-formed ICD-10-CM codes: with a dot, as people write them, without one, as claims have them, or either.

    >>> from hypothesis import find
    >>> find(icd10cm_codes(dotted=True), lambda text: len(text) == 8)
    'A00.0000'
    """
    category = st.from_regex(r"[A-Z][0-9][0-9AB]", fullmatch=True)
    rest = st.from_regex(r"[0-9A-Z]{0,3}|[0-9A-Z]{3}[0-9A-HJKM-NP-S]", fullmatch=True)
    dot = st.booleans() if dotted is None else st.just(dotted)
    return st.builds(lambda head, tail, dot: f"{head}{'.' if dot and tail else ''}{tail}", category, rest, dot)
