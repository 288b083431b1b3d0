"""Member and provider of the claims in a chunk, which decide which lines of other claims matter to a claim.

Equivalent to `claimcheck.history.neighbours` and `claimcheck.engine.provider`, for all claims of a chunk at once.
Claims for which columns cannot tell are `unlike`: they, and all claims of their member, are validated one by one.
"""

from __future__ import annotations

import attrs
import numpy as np
import polars as pl

from claimcheck.columns.cells import Bools, Cells
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.numbering import Ints, combined
from claimcheck.columns.times import NO_DAY
from claimcheck.policies import Policy
from claimcheck.policies.parameters.ncci import SameProvider, Settings

__all__ = ["Parties", "same_provider", "text_of_claims"]

_REPLACES_OR_VOIDS = ("7", "8")
_NAMES_ANOTHER = ("original_claim_id", "submitted_claim_id", "replaced_by_claim_id")
_PLAIN = r"^[\x20-\x7e]{1,100}$"
"""The maximum length a history stores unchanged for a name or number: longer ones are shortened there, or left out."""


def same_provider(policy: Policy) -> SameProvider | None:
    """What defines a provider, whenever the policy is in force; None if that is not constant."""
    found = {entry.value.same_provider for entry in policy.parameters.get(Settings, ())} or {Settings().same_provider}
    return found.pop() if len(found) == 1 else None


@attrs.frozen(eq=False)
class Parties:
    """For each claim of a chunk a number for its member, and one for its member, kind, and provider (`group`).

    `order` sorts those with one day and received date by id; `received` is the received date, after all others if
    missing. `ids` and `providers` are texts.
    """

    member: Ints
    group: Ints
    order: Ints
    received: Ints
    ids: pl.Series
    providers: pl.Series
    unlike: Bools

    @classmethod
    def of(cls, part: ChunkEvaluation, same: SameProvider | None) -> Parties:
        """For the claims of a chunk that were validated as if there were no other."""
        heads = Cells(part.chunk.heads, part.engine.fields, of_line=False)
        settings = [one.facts for one in part.engine.claims.compiled]
        institutional = np.array([one.institutional for one in settings], bool)[part.setting]
        undoes = np.array([one.frequency in _REPLACES_OR_VOIDS for one in settings], bool)
        unlike = part.odd | undoes[part.setting]
        kinds = part.engine.claims.recorded_kinds
        alike = [kind == (one.claim_type, one.inpatient) for kind, one in zip(kinds, settings, strict=True)]
        unlike |= ~np.array(alike, bool)[part.setting]
        for name in _NAMES_ANOTHER:
            for column in heads.there(name):
                unlike |= column > 0
        member, ids = _text(heads, "member_id"), _text(heads, "claim_id")
        if same is None:
            provider, unclear = pl.repeat(None, len(heads), dtype=pl.String, eager=True), np.ones(len(heads), bool)
        else:
            provider, unclear = _provider(heads, institutional, same)
        for text in (ids, provider):
            unlike |= ~text.str.contains(_PLAIN).fill_null(value=False).to_numpy()
        members, providers, order = _rank(member), _rank(provider), _rank(ids)
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
        kind = np.array([numbers[one] for one in kinds], np.int64)[part.setting]
        group = combined(members, kind, providers)
        named = combined(members, order)
        unlike |= _no_text(heads, "place_of_service") | _no_text(heads, "rendering_npi")
        unlike |= unclear | (np.bincount(named)[named] > 1)
        received = heads.days("received_date").astype(np.int64)
        received = np.where(received == NO_DAY, np.iinfo(np.int32).max, received)
        return cls(members, group, order, received, ids, provider, unlike)


def _provider(heads: Cells, institutional: Bools, same: SameProvider) -> tuple[pl.Series, Bools]:
    """The provider of each claim, as text, and which claims it is unclear for."""
    unclear = np.zeros(len(heads), bool)
    if same is SameProvider.GROUP_AND_SPECIALTY:
        unclear |= ~institutional  # a specialty may be given on any other line of the person
    if same is SameProvider.TAX_ID:
        return _text(heads, "billing_tax_id"), unclear | _no_text(heads, "billing_tax_id")
    billing = _text(heads, "billing_npi")
    rendering = Cells(heads.rows, heads.fields, of_line=True)
    own = _text(rendering, "rendering_npi")
    for text in (_text(heads, "rendering_npi"), billing):
        own = own.zip_with(own.is_not_null(), text)
    unclear |= _no_text(heads, "billing_npi") | _no_text(heads, "rendering_npi") | _no_text(rendering, "rendering_npi")
    return billing.zip_with(pl.Series(institutional), own), unclear


def text_of_claims(part: ChunkEvaluation, field: str) -> pl.Series:
    """A text field of the claims of a chunk."""
    return _text(Cells(part.chunk.heads, part.engine.fields, of_line=False), field)


def _text(cells: Cells, field: str) -> pl.Series:
    """A text field; if missing, the layout's constant for all claims."""
    found = cells.fields.text(cells.rows, field, of_line=cells.of_line)
    constant = None if cells.of_line else cells.fields.constant(field)
    if found is None:
        return pl.repeat(None, len(cells), dtype=pl.String, eager=True) if constant is None else _all(constant, cells)
    return found if constant is None else found.fill_null(str(constant))


def _all(constant: object, cells: Cells) -> pl.Series:
    return pl.repeat(str(constant), len(cells), dtype=pl.String, eager=True)


def _no_text(cells: Cells, field: str) -> Bools:
    """Whether a field has content that is not text."""
    there = np.zeros(len(cells), bool)
    for column in cells.there(field):
        there |= column > 0
    found = cells.fields.text(cells.rows, field, of_line=cells.of_line)
    return there if found is None else there & found.is_null().to_numpy()


def _rank(texts: pl.Series) -> Ints:
    """A number for each text, in sort order; 0 for none."""
    ranks: Ints = texts.rank("dense").fill_null(0).to_numpy().astype(np.int64)
    return ranks
