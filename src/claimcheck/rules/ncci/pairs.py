"""Whether lines may be a pair of an NCCI edit, from their codes, modifiers, and setting."""

from __future__ import annotations

from claimcheck.claims import Reason
from claimcheck.policies.parameters.ncci import BillTypes, ProcedureToProcedure, Settings
from claimcheck.rules.facts import Line
from claimcheck.rules.ncci.applies import may_be_compared, table_suffix
from claimcheck.rules.ncci.bypassing import Bypassing, is_bypassed
from claimcheck.tables import NotCovered

__all__ = ["may_be_a_pair", "may_pair_with_another_claim", "table_of"]


def may_be_a_pair(one: Line, other: Line) -> bool:
    """Whether a table lists the two codes as a pair that their modifiers do not bypass, or cannot say."""
    if not one.policy[ProcedureToProcedure].applies or one.code is None or other.code is None:
        return False
    if (one.modifier_codes | other.modifier_codes) & one.policy[Settings].exempt_modifiers:
        return False
    suffix = table_suffix(one.setting, one.policy, one.policy[BillTypes].procedure_to_procedure)
    if suffix is None or isinstance(suffix, Reason):
        return suffix is not None
    codes = (one.code, other.code) if one.code < other.code else (other.code, one.code)
    pairs = one.tables.ptp_within(f"ptp_{suffix}", codes, one.policy[Settings].program)
    if isinstance(pairs, NotCovered) or pairs.not_covered is not None:
        return True
    of_code = {one.code: one, other.code: other}
    bypassing = Bypassing.of(one.setting, one.policy)
    return any(not is_bypassed(edit, of_code, bypassing) for edit in pairs.edits)


def table_of(line: Line) -> tuple[str, str] | None:
    """The edit table for a line's setting, and the program."""
    suffix = table_suffix(line.setting, line.policy, line.policy[BillTypes].procedure_to_procedure)
    return (f"ptp_{suffix}", line.policy[Settings].program) if isinstance(suffix, str) else None


def may_pair_with_another_claim(line: Line) -> bool:
    """Whether a line of another claim may be the other half of a pair."""
    return line.policy[ProcedureToProcedure].applies and may_be_compared(line) and table_of(line) is not None
