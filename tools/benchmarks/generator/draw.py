"""Draws claims from a seed, as a Polars frame with the columns of claimcheck's own layout, one row a line.

What varies per claim (skeleton, member, day, providers, diagnoses) and per line (charge) is drawn in columns, so that
ten million lines cost seconds and no Python object each. Skeletons are drawn one by one: each of the first 50,000
claims has its own, later claims draw among these.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from random import Random

import polars
import pyarrow.parquet

from tools.benchmarks.generator import chance as random_columns
from tools.benchmarks.generator import people
from tools.benchmarks.generator.faults import FAULT_RATE, plant
from tools.benchmarks.generator.reference import Reference
from tools.benchmarks.generator.skeletons import Skeletons
from tools.benchmarks.generator.template import Template, Templates

__all__ = ["Generator"]

FIRST_DAY = date(2024, 7, 1)
_DAYS = 92 - 14  # a claim's lines lie within a fortnight, and all of them in the quarter
_CLAIMS_PER_MEMBER = 3
_POOL = 50_000
_CHUNK = 100_000
_CENTS = polars.Decimal(12, 2)
#: Diagnoses that primary care bills most; three fifths of all drawn, the rest are of the whole table.
#:
#: Of these half are of a hundred codes, and the others the rarer the more codes there are: of 18,096 diagnoses 1,400
#: are distinct, of 383,972 some 6,900. The claims of the Tuva project's demo hold 1,224 in as many; 383,972 admissions
#: to seven hospitals had 5,186 (Malecki et al., medRxiv 2022.11.29.22282888).
_COMMON = (
    "I10 E785 E119 Z0000 Z23 J069 F411 M5450 M25561 K219 E039 J449 N390 R051 R079 G4733 F329 Z00129 E1165 "
    "M1711 E669 J45909 R109 F1120 F209 Z79899 L309 H6690 J029 R5383"
)
_COMMON_SHARE = 0.6
_HALF = 100
_COLUMNS = (
    "claim_id claim_type payer_id member_id birth_date sex billing_npi billing_tax_id claim_rendering_npi "
    "bill_type frequency_code claim_place_of_service statement_from statement_through admission_type "
    "patient_status received_date diagnosis_1 diagnosis_2 diagnosis_3 diagnosis_4 total_charge line_number "
    "procedure_code code_qualifier modifier_1 modifier_2 modifier_3 revenue_code service_date units "
    "unit_basis charge diagnosis_pointer_1 diagnosis_pointer_2 description"
)


class Generator:
    """Claims of a seed. `claims` is how many there are in all, of which members and chunks follow.

    The same seed and number give the same claims, in whatever shape they are asked for.
    """

    def __init__(self, reference: Reference, claims: int, seed: int = 1) -> None:
        self.claims = claims
        self.seed = seed
        self._members = max(claims // _CLAIMS_PER_MEMBER, 1)
        self._reference = reference
        providers = Random(f"providers {seed}")
        self._groups = people.npis(250, providers)
        self._doctors = people.npis(600, providers)
        self._hospitals = people.npis(60, providers)

    @classmethod
    def of_lines(cls, reference: Reference, lines: int, seed: int = 1) -> Generator:
        """About so many lines: as many claims as have them in the mean."""
        mean = Generator(reference, 1, seed)._sample_mean
        return cls(reference, max(round(lines / mean), 1), seed)

    @cached_property
    def _sample_mean(self) -> float:
        sample = Skeletons(self._drawn(5_000))
        return sum(sample.sizes) / len(sample.sizes)

    @cached_property
    def skeletons(self) -> Skeletons:
        """The pool that claims draw from."""
        return Skeletons(self._drawn(min(self.claims, _POOL)))

    def _drawn(self, count: int) -> Iterator[Template]:
        chance = Random(f"skeletons {self.seed}")
        templates = Templates(self._reference.codes, self._reference.rare)
        for _ in range(count):
            template = templates.draw(chance)
            yield plant(template, chance) if chance.random() < FAULT_RATE else template

    # ------------------------------------------------------------------ frames

    def frame(self) -> polars.DataFrame:
        """All claims; one row a line, the lines of a claim together."""
        return polars.concat(self.chunks())

    def chunks(self) -> Iterator[polars.DataFrame]:
        """All claims, 100,000 at a time."""
        for first in range(0, self.claims, _CHUNK):
            yield self._chunk(first, min(_CHUNK, self.claims - first))

    def write_parquet(self, path: Path) -> int:
        """All claims as a Parquet file, a row group a chunk; how many lines were written."""
        lines, writer = 0, None
        try:
            for chunk in self.chunks():
                table = chunk.to_arrow(compat_level=polars.CompatLevel.oldest())
                writer = writer or pyarrow.parquet.ParquetWriter(path, table.schema, compression="zstd")
                writer.write_table(table, row_group_size=250_000)
                lines += len(chunk)
        finally:
            if writer is not None:
                writer.close()
        return lines

    def _chunk(self, first: int, size: int) -> polars.DataFrame:
        chance = Random(f"claims {self.seed} {first}")
        number = polars.int_range(first, first + size, eager=True)
        pool = len(self.skeletons.sizes)
        drawn = random_columns.below(chance, size, pool)
        skeleton = (
            number
            if self.claims <= pool
            else polars.select(polars.when(number < pool).then(number).otherwise(drawn)).to_series()
        )
        claims = polars.DataFrame(
            {
                "number": number,
                "member": random_columns.below(chance, size, self._members, 1.5),
                "first_day": random_columns.below(chance, size, _DAYS),
                "group": random_columns.below(chance, size, len(self._groups), 2),
                "doctor": random_columns.below(chance, size, len(self._doctors), 2),
                "hospital": random_columns.below(chance, size, len(self._hospitals), 2),
                "delay": random_columns.below(chance, size, 30, 2),
                **{f"diagnosis_{place}": self._diagnoses(chance, size) for place in range(1, 5)},
                **{f"spare_{place}": self._any_diagnosis(chance, size) for place in range(2, 5)},
            }
        ).hstack(self.skeletons.claims[skeleton])
        return self._lines(self._dressed(claims), chance)

    def _diagnoses(self, chance: Random, size: int) -> polars.Series:
        """Of the common ones, by Zipf's law; else of the whole table."""
        common = [code for code in _COMMON.split() if code in self._billable]
        known = polars.Series(common)[
            random_columns.drawn(chance, size, [1 / rank for rank in range(1, len(common) + 1)])
        ]
        is_common = random_columns.uniform(chance, size) < _COMMON_SHARE
        return known.zip_with(is_common, self._any_diagnosis(chance, size))

    def _any_diagnosis(self, chance: Random, size: int) -> polars.Series:
        codes = self._by_rank
        return codes[random_columns.ranked(chance, size, len(codes), _HALF)]

    @cached_property
    def _by_rank(self) -> polars.Series:
        """The diagnoses of the table, in an order that has nothing to do with what they say."""
        codes = [*self._reference.diagnoses]
        Random(f"diagnoses {self.seed}").shuffle(codes)
        return polars.Series(codes)

    @cached_property
    def _billable(self) -> frozenset[str]:
        return frozenset(self._reference.diagnoses)

    def _dressed(self, claims: polars.DataFrame) -> polars.DataFrame:
        """Numbers become names, days and NPIs; the errors that are of no line are planted."""
        fault, prof = polars.col("fault"), polars.col("claim_type") == "professional"
        first_day = polars.lit(FIRST_DAY) + polars.duration(days=polars.col("first_day"))
        through = first_day + polars.duration(days=polars.col("last_day"))
        billing = (
            polars.when(prof)
            .then(self._groups[claims["group"]].alias("billing"))
            .otherwise(self._hospitals[claims["hospital"]].alias("billing"))
        )
        return claims.with_columns(
            claim_id="C" + polars.col("number").cast(polars.String).str.zfill(9),
            member_id="M" + polars.col("member").cast(polars.String).str.zfill(9),
            payer_id=polars.lit("99999"),
            birth_date=people.birth_date(polars.col("member")),
            sex=people.sex(polars.col("member")),
            billing_npi=polars.when(fault == "npi_check_digit").then(people.spoilt(billing)).otherwise(billing),
            billing_tax_id="12" + billing.str.slice(1, 7),
            claim_rendering_npi=polars.when(prof).then(self._doctors[claims["doctor"]].alias("rendering")),
            day=first_day,
            statement_from=polars.when(~prof).then(first_day),
            statement_through=polars.when(~prof).then(through),
            received_date=through + polars.duration(days=polars.col("delay") + 1),
            diagnosis_1=polars.when(fault == "diagnosis_header").then(polars.lit("E11")).otherwise("diagnosis_1"),
            **{f"diagnosis_{place}": _further_diagnosis(place) for place in (2, 3, 4)},
        )

    def _lines(self, claims: polars.DataFrame, chance: Random) -> polars.DataFrame:
        """A row a line, with its charge and the claim's total."""
        places = claims.select(
            claim=polars.int_range(polars.len()),
            place=polars.int_ranges(polars.col("start"), polars.col("start") + polars.col("size")),
        ).explode("place")
        lines = self.skeletons.lines[places["place"]].hstack(claims[places["claim"]])
        varied = (
            (polars.col("cents") * (0.85 + 0.3 * random_columns.uniform(chance, len(lines)).alias("noise")))
            .round()
            .cast(polars.Int64)
        )
        cents = polars.when(polars.col("fixed")).then(polars.col("cents")).otherwise(varied)
        total = polars.col("cents").sum().over("number") + polars.when(polars.col("fault") == "total_differs").then(
            1_000
        ).otherwise(0)
        return (
            lines.with_columns(cents=cents)
            .with_columns(
                charge=_dollars(polars.col("cents")),
                total_charge=_dollars(total),
                service_date=polars.col("day") + polars.duration(days=polars.col("offset")),
            )
            .select(_COLUMNS.split())
        )


def _further_diagnosis(place: int) -> polars.Expr:
    """The one of this place where the claim has so many: another one where it stands on the claim already."""
    name = f"diagnosis_{place}"
    again = polars.any_horizontal(polars.col(name) == polars.col(f"diagnosis_{earlier}") for earlier in range(1, place))
    other = polars.when(again).then(f"spare_{place}").otherwise(name)
    return polars.when(polars.col("diagnoses") >= place).then(other)


def _dollars(cents: polars.Expr) -> polars.Expr:
    return (cents.cast(polars.Decimal(14, 2)) / 100).cast(_CENTS)
