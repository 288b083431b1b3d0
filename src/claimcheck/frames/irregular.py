"""Claims that no class can hold: they are judged one by one.

For what is said of them names the very amounts or rows, or hangs on more than a class tells apart.
"""

from __future__ import annotations

from typing import Any

import attrs
import polars as pl

from claimcheck.claims import code_fields
from claimcheck.claims.read_as import ReadAs
from claimcheck.frames.chunk import Chunk
from claimcheck.frames.companions import code_of
from claimcheck.frames.diagnoses import Diagnoses
from claimcheck.frames.headers import Headers
from claimcheck.frames.lines import Lines
from claimcheck.frames.order import has_id
from claimcheck.frames.totals import unlike_their_sum
from claimcheck.policies import CodeSpans, Policy
from claimcheck.policies.parameters.category_ii import Incentives
from claimcheck.policies.parameters.claim_codes import RequiredRevenue
from claimcheck.policies.parameters.facility import Observation
from claimcheck.policies.parameters.structure import MemberId, MemberIdFormat
from claimcheck.rules.rule import Rule, Scope
from claimcheck.tables import Tables

__all__ = ["EXAMINED", "MOST_LINES", "Listed", "irregular", "needs_whole_claims"]

MOST_LINES = 100
"""A claim of more lines is judged by itself: there are few, and their lines would be compared each with each."""

_WIDE = (Scope.CLAIM, Scope.DAY, Scope.MEMBER)
EXAMINED = frozenset(
    {
        *("STR601", "STR603", "COD108", "COD210", "COV301", "NCCI101", "NCCI201", "NCCI301", "FRQ101"),
        *("FAC204", "FAC205", "FAC206", "FAC207", "FAC209", "FAC210", "FAC303", "FAC304"),
        *("FAC501", "FAC502", "FAC503", "FAC504", "FAC505"),
        *("CAT201", "CAT301", "CAT304", "CAT401", "CAT402", "CAT501"),
    }
)
"""The rules of several lines for which it is known which lines may have a part in each other's verdicts."""
_LISTS = ("age_sex", "outpatient_diagnosis", "outpatient_procedure", "unacceptable_principal")
"""Lists by which a claim is judged as a whole: they know members by their age, or lines by what stands beside them."""


def needs_whole_claims(rules: tuple[Rule, ...], tables: Tables, policy: Policy) -> bool:
    """Whether every claim must be judged by itself: for a rule, a list or a policy that looks at all of it.

    Of a rule of several lines that is not `EXAMINED` it is not known what it looks at; a list of ages looks at members,
    and so does a policy that knows its members by their identifiers.
    """
    foreign = any(rule.scope in _WIDE and rule.id not in EXAMINED for rule in rules)
    members = any(entry.value.format is MemberIdFormat.MBI for entry in policy.parameters.get(MemberId, ()))
    return foreign or members or any(map(tables.has_code_list, _LISTS))


class Listed:
    """What a policy lists: codes under conditions on diagnoses, codes counted on a claim, bills with revenue codes."""

    def __init__(self, policy: Policy) -> None:
        incentives = [entry.value for entry in policy.parameters.get(Incentives, ())]
        observation = [entry.value for entry in policy.parameters.get(Observation, ())]
        self.with_diagnoses = _In([one.codes for value in incentives for one in value.listed if one.diagnoses])
        self.hours = _In([value.hours for value in observation])
        required = [entry.value for entry in policy.parameters.get(RequiredRevenue, ())]
        self.bills = _Either(tuple(bills.types for value in required for one in value.listed for bills in one.bills))


@attrs.frozen
class _Either:
    """What is in any of some sets of codes."""

    spans: tuple[CodeSpans, ...]

    def __contains__(self, code: object) -> bool:
        return any(code in some for some in self.spans)


class _In:
    def __init__(self, spans: list[CodeSpans]) -> None:
        self._spans = _Either(tuple(spans))

    def __call__(self, cell: Any) -> bool:
        code = code_of(cell)
        return code is not None and code in self._spans


def irregular(
    chunk: Chunk, headers: Headers, diagnoses: Diagnoses, lines: Lines, *, reports_alone: pl.Series, listed: Listed
) -> pl.Series:
    """Which claims of a chunk are judged one by one. `reports_alone`: whose lines all report Category II codes."""
    fields, charge = chunk.fields, lines.charge
    of_claims = [fields.columns.names[place.column] for place in fields.columns.places if not place.target.of_line]
    found = chunk.differing(of_claims) | (chunk.sizes > MOST_LINES) | _without_id(chunk) | _replaced(chunk)
    found = found | _repeated_numbers(chunk)
    # The days of a stay, and whether a bill holds a revenue code, are more than a class tells apart.
    found = found | headers.may_be_inpatient | headers.may_be_of(listed.bills)
    found = found | chunk.any_of(charge.odd | lines.noncovered.odd) | unlike_their_sum(chunk, charge)
    if diagnoses.numbered:
        found = found | diagnoses.repeated_often
    found = found | chunk.any_of(_asked(chunk, listed.with_diagnoses)) | chunk.any_of(_asked(chunk, _has_modifiers))
    found = found | (~headers.professional & (chunk.total(_asked(chunk, listed.hours).cast(pl.Int64)) > 1))
    return found | (reports_alone & _may_be_something_else(chunk, headers))


def _has_modifiers(cell: Any) -> bool:
    """Whether modifiers stand behind a code in its own cell: no column knows of them."""
    read = code_fields.procedure_code(cell)
    return isinstance(read, ReadAs) and bool(read.modifiers)


def _may_be_something_else(chunk: Chunk, headers: Headers) -> pl.Series:
    """Whether a code may be no procedure code: by its qualifier, or by the revenue code of a facility."""
    qualified = pl.repeat(value=False, n=len(chunk.rows), dtype=pl.Boolean, eager=True)
    for place in chunk.fields.places("code_qualifier", of_line=True):
        qualified = qualified | (chunk.fields.words(chunk.rows, place.column)[1] > 0)
    constant = chunk.fields.constant("code_qualifier") is not None
    return chunk.any_of(qualified) | ~headers.professional | constant


def _without_id(chunk: Chunk) -> pl.Series:
    return ~has_id(chunk.heads, chunk.fields.columns)


def _replaced(chunk: Chunk) -> pl.Series:
    """Whether the claim says that it was replaced: then none of its lines is judged."""
    texts = chunk.fields.text(chunk.heads, "replaced_by_claim_id", of_line=False)
    return pl.repeat(value=False, n=len(chunk.heads), eager=True) if texts is None else texts.is_not_null()


def _repeated_numbers(chunk: Chunk) -> pl.Series:
    """Whether two lines of a claim bear one number."""
    lines = pl.DataFrame({"claim": chunk.claim, "number": chunk.line_numbers})
    return chunk.any_of(lines.is_duplicated() & chunk.line_numbers.is_not_null())


def _asked(chunk: Chunk, question: Any) -> pl.Series:
    found = pl.repeat(value=False, n=len(chunk.rows), dtype=pl.Boolean, eager=True)
    for place in chunk.fields.places("procedure_code", of_line=True):
        found = found | chunk.fields.asked(chunk.rows, place, question, missing=False, dtype=pl.Boolean)
    return found
