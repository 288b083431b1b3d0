"""What applies to a claim and could not be checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from claimcheck.claims.verdict import Reason

__all__ = ["NotChecked"]


@attrs.frozen
class NotChecked:
    """Something that applies and could not be checked: the rule, the reason, the table it needed, and the lines.

    `lines` holds line numbers; empty if it is about the whole claim. If one reason affects several rules, as a missing
    history does, `rules` names them all, and `rule_id` is the first; otherwise `rules` holds just `rule_id`.
    """

    rule_id: str
    reason: Reason
    table: str | None = None
    lines: tuple[int, ...] = ()
    rules: tuple[str, ...] = attrs.field()

    @rules.default
    def _its_rule_alone(self) -> tuple[str, ...]:
        return (self.rule_id,)

    def to_dict(self) -> dict[str, Any]:
        """The entry in JSON-compatible form."""
        return {
            "rule_id": self.rule_id,
            "reason": str(self.reason),
            "table": self.table,
            "lines": list(self.lines),
            "rules": list(self.rules),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> NotChecked:
        """The entry that `to_dict` wrote."""
        rules = plain.get("rules", (plain["rule_id"],))  # results saved by version 0.1 name one rule
        return cls(plain["rule_id"], Reason(plain["reason"]), plain["table"], tuple(plain["lines"]), tuple(rules))

    def __str__(self) -> str:
        table = f" ({self.table})" if self.table else ""
        lines = f" on line {', '.join(map(str, self.lines))}" if self.lines else ""
        return f"{', '.join(self.rules)}{lines}: {self.reason}{table}"
