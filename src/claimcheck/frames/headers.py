"""What of the fields of a claim can make verdicts differ: on its lines (`of_lines`), or on itself (`of_claims`)."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import cached_property
from typing import Any

import attrs
import polars as pl

from claimcheck.codes import clia, npi, tax_id, taxonomy
from claimcheck.codes.bill_type import INPATIENT
from claimcheck.frames.chunk import Chunk
from claimcheck.frames.features import Eras, Wrong, code_states, days_bad, relations, text_states
from claimcheck.frames.fields import CLAIM_READERS, EPOCH, LINE_READERS, Fields
from claimcheck.frames.plain import PlainPlaces

__all__ = ["SETTING", "Headers", "Known", "place_numbers"]

SETTING = (
    "claim_type",
    "frequency_code",
    "provider_kind",
    "reporting_only",
    "predetermination",
    "condition_codes",
    "bill_type",
)
"""What the lines of a claim are judged by, as it is."""
_AS_IT_IS = (
    "admission_type",
    "admission_source",
    "patient_status",
    "sex",
    "occurrence_codes",
    "value_codes",
    "procedures",
)
_TEXTS = (
    *("claim_id", "payer_id", "member_id", "original_claim_id", "submitted_claim_id", "replaced_by_claim_id"),
    *("other_claim_id", "prior_authorization"),
)
DAYS = (
    "birth_date",
    "death_date",
    "statement_from",
    "statement_through",
    "admission_date",
    "discharge_date",
    "received_date",
    "delivery_date",
)
_CODES = {
    "billing_npi": npi.parse,
    "rendering_npi": npi.parse,
    "billing_taxonomy": taxonomy.parse,
    "rendering_taxonomy": taxonomy.parse,
    "billing_tax_id": tax_id.parse,
    "clia": clia.parse,
}


class Known:
    """What is asked of places and identifiers, and what was found wrong with them, chunk after chunk."""

    def __init__(self, places: PlainPlaces) -> None:
        self.places = places
        self.wrong = {field: Wrong(parse, CLAIM_READERS[field]) for field, parse in _CODES.items()}
        self.of_lines = {
            field: Wrong(_CODES[field], LINE_READERS[field])
            for field in ("rendering_npi", "rendering_taxonomy", "clia")
        }


class Headers:
    """The headers of a chunk's claims."""

    def __init__(self, chunk: Chunk, eras: Eras, policy_eras: Eras, known: Known, as_of: date | None) -> None:
        self.chunk, self.eras, self.policy_eras, self.known = chunk, eras, policy_eras, known
        self.places = known.places
        self.heads, self.fields = chunk.heads, chunk.fields
        self._as_of = None if as_of is None else as_of.toordinal() - EPOCH

    def days(self, field: str) -> pl.Series:
        """A field of days, None where there is none."""
        read = self.fields.days(self.heads, field, of_line=False)
        return pl.repeat(None, len(self.heads), dtype=pl.Int32, eager=True) if read is None else read[0]

    @cached_property
    def reference(self) -> pl.Series:
        """The day on which the claim is judged, or was received where that is earlier."""
        received = self.days("received_date")
        if self._as_of is None:
            return received
        return received.fill_null(self._as_of).clip(None, self._as_of)

    @cached_property
    def professional(self) -> pl.Series:
        """Whether the claim says that it is professional."""
        constant = self.fields.constant("claim_type")
        texts = self.fields.text(self.heads, "claim_type", of_line=False)
        if texts is None:
            is_it = isinstance(constant, str) and constant.lower() == "professional"
            return pl.repeat(is_it, len(self.heads), dtype=pl.Boolean, eager=True)
        said = texts.fill_null(constant) if isinstance(constant, str) else texts
        return (said.str.to_lowercase() == "professional").fill_null(value=False)

    @cached_property
    def may_be_inpatient(self) -> pl.Series:
        """Whether a bill may be one for an inpatient, whose lines are judged by the day of the discharge."""
        return self.may_be_of(INPATIENT)

    def may_be_of(self, types: Container[str]) -> pl.Series:
        """Whether a bill may be one of these types, of facility and classification ("13")."""
        found = self.fields.places("bill_type", of_line=False)
        if len(found) != 1:
            return ~self.professional
        return ~self.professional & self.fields.asked(
            self.heads, found[0], _MayBe(types), missing=True, dtype=pl.Boolean
        )

    def _bill_eras(self, lacks_date: pl.Series) -> list[pl.Series]:
        """The eras of the days by which the lines of a bill may be judged, where it is not by their own."""
        by_another = self.may_be_inpatient | (~self.professional & lacks_date)
        names = ("statement_from", "statement_through", "discharge_date")
        return [self.eras.of(self.days(name)).set(~by_another, None) for name in names]

    @cached_property
    def place_of_service(self) -> list[pl.Series]:
        """The numbers of the places of service."""
        return place_numbers(self.heads, self.fields, self.places, of_line=False)

    @cached_property
    def has_provider_kind(self) -> pl.Series:
        """Whether the claim says which kind of provider bills, by which its tables may be others."""
        found = pl.repeat(
            self.fields.constant("provider_kind") is not None, len(self.heads), dtype=pl.Boolean, eager=True
        )
        for numbers in self.fields.numbers(self.heads, "provider_kind", of_line=False):
            found = found | (numbers > 0)
        return found

    def judged_days(self, first_day: pl.Series, lacks_date: pl.Series) -> list[pl.Series]:
        """What tells the day by which the claim is judged apart. `lacks_date` says whether a line of it has none.

        Of the tables only those of inpatient procedures are asked of a claim itself.
        """
        asked = self.fields.places("procedures", of_line=False)
        return [(self.eras if asked else self.policy_eras).of(first_day), *self.of_bills(lacks_date)]

    def of_bills(self, lacks_date: pl.Series) -> list[pl.Series]:
        """What tells apart the days by which the lines of a bill are judged, where it is not by their own."""
        statement = relations([self.days("statement_from"), self.days("statement_through")])
        of_bills = [column.set(self.professional, None) for column in (lacks_date.cast(pl.Int8), *statement)]
        return [*self._bill_eras(lacks_date), *of_bills]

    def of_lines(self, first_day: pl.Series, lacks_date: pl.Series, reports: pl.Series) -> list[pl.Series]:
        """What of the header the verdicts on lines may hang on. `first_day` is the first service date on the claim.

        `lacks_date` says whether a line has none, `reports` whether every line reports a Category II code. Of the time
        as a whole they hang on the policy alone.
        """
        features = [numbers for field in SETTING for numbers in self.fields.numbers(self.heads, field, of_line=False)]
        features += self.place_of_service
        received = self.policy_eras.of(self.days("received_date")).set(self.professional, None)
        features += [self.reference.is_null().cast(pl.Int8), self.policy_eras.of(first_day), received]
        features += [
            *self.of_bills(lacks_date),
            self.policy_eras.of(self.days("statement_through")).set(self.professional, None),
        ]
        for field in ("member_id", "billing_npi", "rendering_npi", "billing_taxonomy", "rendering_taxonomy"):
            features += text_states(self.heads, self.fields, field)
        features += [self.days(field).is_null().cast(pl.Int8) for field in DAYS]
        features += [bad for field in DAYS for bad in self.bad(field)]
        return [*features, reports.cast(pl.Int8)]

    def of_claims(self, line_header: pl.Series, days: list[pl.Series], more: list[pl.Series]) -> list[pl.Series]:
        """What the verdict on the claim itself may hang on, beside what is in `more`.

        `line_header` is the number of what the verdicts on its lines hang on, `days` are its `judged_days`.
        """
        features = [line_header, *days]
        features += [
            numbers for field in _AS_IT_IS for numbers in self.fields.numbers(self.heads, field, of_line=False)
        ]
        for field in _TEXTS:
            features += text_states(self.heads, self.fields, field)
        for field, wrong in self.known.wrong.items():
            features += code_states(self.heads, self.fields, field, wrong, of_line=False)
        for field in (*DAYS, "total_charge"):
            features += self.fields.spellings(self.heads, field, of_line=False)
        there = [self.days(field) for field in DAYS if self.fields.places(field, of_line=False)]
        if self._as_of is not None:
            there.append(pl.repeat(self._as_of, len(self.heads), dtype=pl.Int32, eager=True))
        return features + relations(there) + more

    def bad(self, field: str) -> list[pl.Series]:
        """Of each day of a claim that cannot be read, the cell. A claim has one, or two columns for it."""
        return days_bad(self.heads, self.fields, field, of_line=False)


@attrs.frozen
class _MayBe:
    """Whether a bill type may be one of some types; one that is malformed may be any."""

    types: Container[str]

    def __call__(self, cell: Any) -> bool:
        if not isinstance(cell, str) or not (cell.isascii() and cell.isalnum() and 2 <= len(cell) <= 4):
            return True
        return cell.removeprefix("0")[:2] in self.types


def place_numbers(frame: pl.DataFrame, fields: Fields, plain: PlainPlaces, *, of_line: bool) -> list[pl.Series]:
    """The numbers of places of service, of which those that are plain are one."""
    found = []
    for place in fields.places("place_of_service", of_line=of_line):
        texts = fields.texts(frame, place.column)
        is_text = frame.schema[fields.columns.names[place.column]] == pl.String and not place.values
        found.append(plain.numbers(texts) if is_text else fields.words(frame, place.column)[1])
    return found
