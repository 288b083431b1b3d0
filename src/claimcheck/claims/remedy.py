"""What would change the outcome of a finding: a modifier, a corrected element, another code, a date."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

__all__ = ["Remedy", "RemedyKind"]


class RemedyKind(StrEnum):
    """What has to change."""

    MODIFIER = "modifier"  #: a modifier on the line
    CODE = "code"  #: another procedure, diagnosis or revenue code
    ELEMENT = "element"  #: a missing or incorrect data element of the claim or line
    UNITS = "units"  #: the units of the line
    CHARGE = "charge"  #: the charge of the line or of the claim
    DATE = "date"  #: a date, or waiting for one
    CLAIM = "claim"  #: another claim: corrected, replacement, or separate, or another payer
    TABLE = "table"  #: a table or policy of your own; nothing on the claim
    NONE = "none"  #: nothing: the line is not paid, however it is billed


@attrs.frozen(weakref_slot=False)
class Remedy:
    """What would change the outcome of a finding.

    `kind` is what has to change, `text` says it in words, `values` are the modifiers or codes that would do, if few.
    `documented` is true if the change is right only when the medical record supports it: a claim is changed to say what
    was done, never to get paid.

    >>> remedy = Remedy(RemedyKind.MODIFIER, "Add modifier 25 to the visit", ("25",), documented=True)
    >>> print(remedy)
    Add modifier 25 to the visit, if the medical record supports it
    >>> Remedy.from_dict(remedy.to_dict()) == remedy
    True
    >>> remedy.text = "Add modifier 59"  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    attr.exceptions.FrozenInstanceError...
    """

    kind: RemedyKind
    text: str
    values: tuple[str, ...] = ()
    documented: bool = attrs.field(default=False, kw_only=True)

    def to_dict(self) -> dict[str, Any]:
        """The remedy in JSON-compatible form."""
        return {
            "kind": str(self.kind),
            "text": self.text,
            "values": list(self.values),
            "documented": self.documented,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Remedy:
        """The remedy that `to_dict` wrote."""
        return cls(RemedyKind(plain["kind"]), plain["text"], tuple(plain["values"]), documented=plain["documented"])

    def __str__(self) -> str:
        return f"{self.text}, if the medical record supports it" if self.documented else self.text
