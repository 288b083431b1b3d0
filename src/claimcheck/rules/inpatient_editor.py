"""Which Medicare Code Editor edit a finding on an inpatient claim corresponds to.

>>> edit_of("FAC602", "96"), edit_of("COD108", "10"), edit_of("STR101", "16")
(11, 5, None)

The numbers are those in its definitions. Edits 7 and 10 ended on 2007-10-01, 12 on 2010-10-01, 13 with ICD-10
(2015-10-01), and 5 on 2024-10-01.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["EDITS", "edit_of"]

EDITS: Mapping[int, str] = MappingProxyType(
    {
        1: "invalid diagnosis or procedure code",
        2: "external cause of morbidity as principal diagnosis",
        3: "duplicate of the principal diagnosis",
        4: "age conflict",
        5: "sex conflict",
        6: "manifestation as principal diagnosis",
        7: "non-specific principal diagnosis",
        8: "questionable admission",
        9: "unacceptable principal diagnosis",
        10: "non-specific operating room procedure",
        11: "non-covered procedure",
        12: "open biopsy check",
        13: "bilateral procedure",
        14: "invalid age",
        15: "invalid sex",
        16: "invalid discharge status",
        17: "limited coverage",
        18: "wrong procedure performed",
        19: "procedure inconsistent with length of stay",
        20: "unspecified code",
    }
)
"""Each edit, and what it is about."""

_BY_RULE: Mapping[str, int] = MappingProxyType(
    {
        "COD201": 1,
        "COD202": 1,
        "COD205": 2,
        "COD206": 6,
        "COD207": 3,
        "COD208": 1,
        "COD210": 9,
        "FAC301": 16,
        "FAC601": 8,
        "FAC602": 11,
        "FAC603": 17,
        "FAC604": 18,
        "FAC605": 19,
        "FAC606": 20,
        "FAC607": 5,
    }
)
_BY_REASON: Mapping[tuple[str, str], int] = MappingProxyType(
    {("COD108", "9"): 4, ("COD108", "10"): 5, ("FAC608", "N329"): 14, ("FAC608", "MA39"): 15}
)


def edit_of(rule_id: str, carc: str | None, rarcs: tuple[str, ...] = ()) -> int | None:
    """The edit number, None for a finding that is not one of the editor's."""
    by_reason = (_BY_REASON.get((rule_id, reason)) for reason in (carc or "", *rarcs))
    return next((number for number in by_reason if number is not None), _BY_RULE.get(rule_id))
