"""The rows of claims' lines, with the columns of the layout `837`."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Claim, Source
from claimcheck.columns.table import ROW, Columns
from claimcheck.frames.x12 import loops as of
from claimcheck.frames.x12.reading import MOST_DIAGNOSES, MOST_POINTERS, ReadFields
from claimcheck.frames.x12.slots import Slots
from claimcheck.frames.x12.text import Bools, Ints
from claimcheck.io.rows.layout_library import named
from claimcheck.io.x12.member import dependent_id

__all__ = ["BRIEF", "SCHEMA", "Framed", "claims_of", "empty", "place_of"]

_DIAGNOSES = [f"diagnosis_{number}" for number in range(1, MOST_DIAGNOSES + 1)]
_MODIFIERS = [f"modifier_{number}" for number in range(1, 5)]
_POINTERS = [f"diagnosis_pointer_{number}" for number in range(1, MOST_POINTERS + 1)]
_OF_CLAIMS = {
    "claim_segment": pl.Int64(),
    **dict.fromkeys(("claim_id", "claim_type", "payer_id", "member_id"), pl.String()),
    "birth_date": pl.Date(),
    **dict.fromkeys(("sex", "billing_npi", "billing_tax_id", "billing_taxonomy"), pl.String()),
    "billing_entity_type": pl.String(),
    **dict.fromkeys(("claim_rendering_npi", "claim_rendering_taxonomy", "frequency_code"), pl.String()),
    **dict.fromkeys(("original_claim_id", "prior_authorization", "claim_clia"), pl.String()),
    "claim_place_of_service": pl.String(),
    **dict.fromkeys(("admission_date", "discharge_date"), pl.Date()),
    "total_charge": pl.String(),
    "reporting_only": pl.Boolean(),
    **dict.fromkeys(_DIAGNOSES, pl.String()),
}
_OF_LINES = {
    "segment": pl.Int64(),
    **dict.fromkeys(
        ("line_number", "line_control_number", "code_qualifier", "procedure_code", *_MODIFIERS), pl.String()
    ),
    **dict.fromkeys(("service_date", "service_date_end"), pl.Date()),
    **dict.fromkeys(("units", "unit_basis", "charge", "place_of_service", *_POINTERS), pl.String()),
    **dict.fromkeys(("rendering_npi", "rendering_taxonomy", "ndc", "ndc_quantity", "ndc_unit", "clia"), pl.String()),
    "description": pl.String(),
}
SCHEMA = {**_OF_CLAIMS, **_OF_LINES}
"""The columns of claims and of lines. `claim_segment` is the number of a CLM, `segment` of an LX."""
BRIEF = (
    *("claim_segment", "claim_id", "claim_type", "member_id", "billing_npi", "billing_tax_id", "claim_rendering_npi"),
    *("frequency_code", "original_claim_id", "discharge_date", "procedure_code", "service_date", "service_date_end"),
    "rendering_npi",
)
"""Those that decide which claims are related to others."""


class Framed:
    """The claims and lines that were read, each field as a column. Building the columns finds which of them are odd."""

    def __init__(self, said: ReadFields, *, whole: bool = True) -> None:
        """`whole`: with all columns of `SCHEMA`, else those of `BRIEF`."""
        self._said = said
        self._names = [*SCHEMA] if whole else [*BRIEF]
        providers = said.providers
        self._providers = pl.DataFrame(
            {
                "billing_npi": providers.texts("billing_npi", 10),
                "billing_tax_id": providers.texts("billing_tax_id", 9),
                "billing_taxonomy": providers.texts("billing_taxonomy"),
                "billing_entity_type": providers.texts("billing_entity_type", 1),
            }
        )
        self._subscribers = _people(said.subscribers).with_columns(
            said.subscribers.identifiers("payer_id").alias("payer_id")
        )
        self._patients = _people(said.patients).with_columns(self._dependents())
        self._claims = _claims(said.claims, whole=whole)
        self._lines = _lines(said.lines, said.claim_of_line, whole=whole)

    def _dependents(self) -> pl.Series:
        """The identifiers of dependents, most of whom have none of their own."""
        loops, patients = self._said.loops, self._said.patients
        own = patients.identifiers("member_id")
        if own.null_count() == 0:
            return own.alias("member_id")
        subscriber = loops.around[of.SUBSCRIBER][loops.kind_of == of.PATIENT]
        rows, there = pl.Series(self._said.row_of(of.SUBSCRIBER, subscriber)), pl.Series(subscriber >= 0)
        members = self._subscribers["member_id"]
        members = members.gather(rows.set(~there, None)) if len(members) else own.clear(len(own))
        first, birth = patients.texts("first_name"), patients.raw("birth_date")
        named = zip(own, members, birth, first, strict=True)
        return pl.Series(
            "member_id",
            [one or dependent_id(member, born or "", name or "") for one, member, born, name in named],
            dtype=pl.String,
        )

    def rows(self, places: Ints, good: Bools, reporting: Ints) -> pl.DataFrame:
        """The lines of the `good` claims; `places` are segment numbers, `reporting` is per claim."""
        said, loops = self._said, self._said.loops
        claims = np.flatnonzero(good)
        if not len(claims):
            return empty().select(self._names)
        at = loops.claims[claims]
        of_claim = said.claim_of_line
        lines = np.flatnonzero((of_claim >= 0) & good[np.maximum(of_claim, 0)])
        units = loops.unit[at]
        is_patient = loops.around[of.PATIENT][units] >= 0
        columns = [pl.Series("claim_segment", places[at])]
        columns += self._claims[claims].get_columns()
        columns += self._providers[self._row(of.PROVIDER, units)].get_columns()
        subscribers = self._subscribers[self._row(of.SUBSCRIBER, units)]
        if is_patient.any():
            patients = self._patients[np.where(is_patient, self._row(of.PATIENT, units), 0)]
            chosen = pl.Series(is_patient)
            columns += [patients[name].zip_with(chosen, subscribers[name]) for name in patients.columns]
            columns.append(subscribers["payer_id"])
        else:
            columns += subscribers.get_columns()
        said_so = pl.Series("reporting_only", reporting[claims]).cast(pl.Int8)
        columns.append(said_so.set(said_so < 0, None).cast(pl.Boolean))
        columns.append(pl.Series("claim_type", ["professional"]).new_from_index(0, len(claims)))
        heads = pl.DataFrame(columns)[np.searchsorted(claims, of_claim[lines])]
        own = self._lines[lines].with_columns(pl.Series("segment", places[loops.lines[lines]]))
        return heads.hstack(own.get_columns()).select(self._names)

    def _row(self, kind: int, units: Ints) -> Ints:
        """The rows of loops of one kind around claims."""
        return self._said.row_of(kind, self._said.loops.around[kind][units])


def empty() -> pl.DataFrame:
    """No rows."""
    return pl.DataFrame(schema=SCHEMA)


def place_of(claim: Claim) -> int:
    """The place of a claim in its file, the number of its CLM."""
    source = claim.source
    return 0 if source is None or source.place is None else source.place


def claims_of(lines: pl.DataFrame, file: str | None) -> Iterator[Claim]:
    """The claims in some rows, with the places and numbers of their lines."""
    columns = Columns.of(lines.columns, named("837"))
    rows = lines.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW))
    for (place,), own in rows.group_by("claim_segment", maintain_order=True):
        claim = columns.claim_of(columns.rows_of(own))
        told = zip(claim.lines, own["line_number"].to_list(), own["segment"].to_list(), strict=True)
        numbered = [
            attrs.evolve(line, line_number=number, source=Source(file, at, "segment")) for line, number, at in told
        ]
        yield attrs.evolve(claim, lines=numbered, source=Source(file, int(place), "segment"))


def _people(slots: Slots) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "member_id": slots.identifiers("member_id"),
            "birth_date": slots.days("birth_date"),
            "sex": slots.texts("sex"),
        }
    )


def _claims(slots: Slots, *, whole: bool) -> pl.DataFrame:
    slots.odd |= slots.pieces["claim_id"].sizes == 0
    found = {
        "claim_id": slots.identifiers("claim_id"),
        "claim_rendering_npi": slots.texts("rendering_npi", 10),
        "frequency_code": slots.texts("frequency_code", 1),
        "original_claim_id": slots.identifiers("original_claim_id"),
        "discharge_date": slots.days("discharge_date"),
    }
    if whole:
        found |= {
            "claim_rendering_taxonomy": slots.texts("rendering_taxonomy"),
            "prior_authorization": slots.texts("prior_authorization"),
            "claim_clia": slots.texts("clia"),
            "claim_place_of_service": slots.texts("place_of_service", 2),
            "admission_date": slots.days("admission_date"),
            "total_charge": slots.amounts("total_charge"),
            **{name: slots.texts(name) for name in _DIAGNOSES},
        }
    return pl.DataFrame(found)


def _lines(slots: Slots, claim: Ints, *, whole: bool) -> pl.DataFrame:
    found = {
        "procedure_code": slots.texts("procedure_code", 5),
        "service_date": slots.days("service_date"),
        "service_date_end": slots.days("service_date_end"),
        "rendering_npi": slots.texts("rendering_npi", 10),
    }
    if whole:
        _number(slots, claim)
        found |= {
            "line_number": slots.texts("line_number"),
            "line_control_number": slots.identifiers("line_control_number"),
            "code_qualifier": slots.texts("code_qualifier", 2),
            **{name: slots.texts(name, 2) for name in _MODIFIERS},
            "units": slots.amounts("units"),
            "unit_basis": slots.texts("unit_basis"),
            "charge": slots.amounts("charge"),
            "place_of_service": slots.texts("place_of_service", 2),
            **{name: slots.texts(name) for name in _POINTERS},
            "rendering_taxonomy": slots.texts("rendering_taxonomy"),
            "ndc": slots.texts("ndc", 11),
            "ndc_quantity": slots.amounts("ndc_quantity"),
            "ndc_unit": slots.texts("ndc_unit"),
            "clia": slots.texts("clia"),
            "description": slots.texts("description"),
        }
    return pl.DataFrame(found)


def _number(slots: Slots, claim: Ints) -> None:
    """A claim's line numbers must increase, because a table orders its lines by number."""
    of = slots.pieces["line_number"]
    plain = slots.text.are_digits(of, 6) & (of.sizes > 0) & (slots.text.first(of) != ord("0"))
    numbers = slots.text.whole(of, 6)
    falls = np.zeros(len(plain), bool)
    falls[1:] = (claim[1:] == claim[:-1]) & (numbers[1:] <= numbers[:-1])
    slots.odd |= ~plain | falls
