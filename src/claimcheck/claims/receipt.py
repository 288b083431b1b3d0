"""What a result is based on, so that it can be reproduced."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from claimcheck.claims.finding import day_from

__all__ = ["Reads", "Receipt"]


Reads = Mapping[str, Any]


@attrs.frozen(eq=False, weakref_slot=False)
class Receipt:
    """What the result is based on, without member data, so that it can be reproduced: see `claimcheck replay`.

    The version of the code, the policy and its hash, the table editions and a hash of their content, the processing
    date, and `reads`: what the rules read of the claim and of the member's other lines, in JSON-compatible form. Codes,
    service dates, and amounts are as billed; member data, claim ids, and free text are only described, and the birth
    date is replaced by the member's ages.

    `rules_off` are the ids of the rules that were switched off; `severities` maps rules to the severity set for their
    findings.
    """

    version: str
    policy: str
    policy_hash: str
    tables: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    tables_hash: str = ""
    _reads: Reads | Callable[[], Reads] = attrs.field(factory=dict, repr=False)
    rules_off: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()

    @property
    def reads(self) -> Reads:
        """What the rules read; computed on request."""
        return self._reads() if callable(self._reads) else self._reads

    @property
    def claim_type(self) -> str | None:
        """The type of the claim, in lowercase; None if it does not say."""
        claim_type = self.reads.get("claim", {}).get("claim_type")
        return claim_type.lower() if isinstance(claim_type, str) else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Receipt) and self._key() == other._key() and self.reads == other.reads

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[type[Receipt], tuple[Any, ...]]:
        return Receipt, (*self._basis(), dict(self.reads), *self._choice())

    def _basis(self) -> tuple[Any, ...]:
        return self.version, self.policy, self.policy_hash, self.tables, self.as_of, self.tables_hash

    def _choice(self) -> tuple[Any, ...]:
        return self.rules_off, self.severities

    def _key(self) -> tuple[Any, ...]:
        return *self._basis(), *self._choice()

    def to_dict(self) -> dict[str, Any]:
        """The receipt in JSON-compatible form."""
        return {
            "version": self.version,
            "policy": self.policy,
            "policy_hash": self.policy_hash,
            "tables": list(self.tables),
            "tables_hash": self.tables_hash,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "rules_off": list(self.rules_off),
            "severities": dict(self.severities),
            "reads": self.reads,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Receipt:
        """The receipt that `to_dict` wrote."""
        return cls(
            plain["version"],
            plain["policy"],
            plain["policy_hash"],
            tuple(plain["tables"]),
            day_from(plain["as_of"]),
            plain.get("tables_hash", ""),
            reads if isinstance(reads := plain.get("reads"), Mapping) else {},
            tuple(map(str, plain.get("rules_off", ()))),
            tuple((str(rule), str(severity)) for rule, severity in plain.get("severities", {}).items()),
        )
