"""The procedure code of a service line: CPT, HCPCS Level II, or CDT, recognized by the first character.

HIPPS codes share the field under their own qualifier and are never returned here (`claimcheck.codes.hipps`); nor are
diagnoses, which may look the same without a dot.

Sources: those of `cpt`, `hcpcs`, and `cdt`.

>>> code = parse_procedure("3044F")
>>> code.system, code.level, code.category, code.kind.value
('CPT', 'I', 'II', 'category_ii')
>>> [parse_procedure(text).system for text in ("99213", "J1885", "D0120")]
['CPT', 'HCPCS', 'CDT']
>>> parse_procedure("F3044")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HCPCS: expected a HCPCS letter (not D F I N O) at position 1
>>> parse_procedure("3044")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CPT: expected 5 characters, found 4
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from claimcheck.codes import cdt, cpt, hcpcs
from claimcheck.codes._format import WHITE_SPACE, accepts
from claimcheck.codes._procedure import ProcedureCode, ProcedureKind
from claimcheck.errors import CodeError

__all__ = ["ProcedureCode", "ProcedureKind", "is_valid", "normalize", "parse", "parse_procedure", "text_of"]


def parse_procedure(text: str | Any, strict: bool = False) -> ProcedureCode:
    """Reads a procedure code of any of the three systems."""
    first = text.lstrip(WHITE_SPACE)[:1] if isinstance(text, str) else ""
    if first in ("D", "d"):
        return cdt.parse(text, strict)
    if first.isalpha():
        return hcpcs.parse(text, strict)
    return cpt.parse(text, strict)


parse = parse_procedure


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse_procedure` accepts the text."""
    return accepts(parse_procedure, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse_procedure(text).text


@lru_cache(maxsize=65_536)
def text_of(text: str) -> str | None:
    """The canonical text, or None if it is not a procedure code. Cached, because few codes are billed often.

    >>> text_of(" 3044f"), text_of("3044")
    ('3044F', None)
    """
    try:
        return parse_procedure(text).text
    except CodeError:
        return None
