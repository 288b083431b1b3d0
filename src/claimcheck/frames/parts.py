"""The claims of a chunk in their parts, each of a class; and the verdicts on the classes that are new."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Claim, ServiceLine
from claimcheck.frames.chunk import Chunk
from claimcheck.frames.classes import Classes
from claimcheck.frames.combinations import first_alike
from claimcheck.frames.diagnoses import Diagnoses
from claimcheck.frames.groups import Rows, alone_and_joined, grouped_lines
from claimcheck.frames.irregular import irregular
from claimcheck.frames.keys import group_keys
from claimcheck.frames.lines import Lines
from claimcheck.frames.placing import GROUP, LINE, OF, SLOT
from claimcheck.frames.standing_in import StandIns, stand_ins
from claimcheck.frames.totals import reports, totals

__all__ = ["Sorted", "judged"]

_OFFICE = "11"


@attrs.frozen(eq=False)
class Sorted:
    """The rows of a chunk, each with its place among the templates; what is said of its claims; and who is left.

    `rows` has for each row of the chunk `LINE`, `GROUP` and `SLOT`; `whole` for claims (`OF`) what is said of them: the
    number `at` of a template, and an `order` among those. `left` says which claims no class can hold.
    """

    rows: pl.DataFrame
    whole: pl.DataFrame
    left: pl.Series


def judged(chunk: Chunk, apart: pl.Series, classes: Classes) -> Sorted:
    """Sorts the claims of a chunk into classes, but those that are judged `apart`; has the engine judge new classes."""
    if not classes.whole_claims:
        parts = _Parts(classes, chunk, apart)
        if parts.judge():
            return Sorted(parts.placed_rows(), parts.whole(), parts.left)
        classes.whole_claims = True  # some lines were related that were not known to belong together
    nothing = pl.repeat(0, len(chunk.rows), dtype=pl.UInt32, eager=True)
    rows = pl.DataFrame({LINE: nothing, GROUP: nothing, SLOT: nothing})
    no_whole = pl.DataFrame(schema=dict.fromkeys((OF, "at", "order"), pl.UInt32()))
    return Sorted(rows, no_whole, pl.repeat(value=True, n=len(chunk.sizes), dtype=pl.Boolean, eager=True))


class _Parts:
    """The parts of a chunk's claims. Those of claims that are `left` are of classes too, and stand for none."""

    def __init__(self, classes: Classes, chunk: Chunk, apart: pl.Series) -> None:
        self.classes, self.chunk = classes, chunk
        self.headers = classes.headers(chunk)
        self.diagnoses = Diagnoses(chunk.heads, chunk.fields, classes.words)
        self.lines = Lines(chunk, self.headers, classes.eras, classes.known, classes.pointers)
        self.reports = reports(chunk)
        self.reports_alone = ~chunk.any_of(~self.reports)
        odd = irregular(
            chunk,
            self.headers,
            self.diagnoses,
            self.lines,
            reports_alone=self.reports_alone,
            listed=classes.listed,
        )
        self.left = odd | apart
        self.regular = ~chunk.on_rows(self.left)
        self.codes = self._codes()
        self._meet()
        self.first_day = chunk.least(self.lines.first)
        self.lacks_date = chunk.any_of(self.lines.first.is_null())
        of_lines = self.headers.of_lines(self.first_day, self.lacks_date, self.reports_alone)
        header = classes.line_headers.numbers(of_lines)
        self.line_class = classes.lines.numbers(self._line_features(header))
        days = self.headers.judged_days(self.first_day, self.lacks_date)
        more = [*self.diagnoses.of_claims(), *totals(chunk, self.lines.charge)]
        self.whole_class = classes.wholes.numbers(self.headers.of_claims(header, days, more))
        self.group = grouped_lines(self._rows_to_group(), classes.companions)
        self.alone, joined = alone_and_joined(self.group)
        self.joined = joined.gather(self._order(joined))
        self.joined_group = self.group.gather(self.joined)
        frame = pl.DataFrame({"row": self.joined, "group": self.joined_group})
        self.slots = frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over("group").alias("slot"))

    # ------------------------------------------------------------------ what tells the parts and their classes

    def _codes(self) -> pl.Series:
        """The numbers of the procedure codes, -1 of none."""
        companions, fields, rows = self.classes.companions, self.chunk.fields, self.chunk.rows
        found = [
            fields.asked(rows, place, companions.codes, missing=-1)
            for place in fields.places("procedure_code", of_line=True)
        ]
        codes = found[0] if found else pl.repeat(-1, len(rows), dtype=pl.Int32, eager=True)
        for more in found[1:]:
            codes = codes.zip_with(codes >= 0, more)
        return codes

    def _meet(self) -> None:
        """Has the tables asked of what is new in the chunk, before anything hangs on it."""
        classes, fields = self.classes, self.chunk.fields
        eras = self.lines.era.unique().drop_nulls().to_list()
        classes.companions.meet(eras)
        classes.places.meet(classes.eras.a_day_of(era) for era in eras)
        for slot in self.diagnoses.slots:
            self.diagnoses.indices(slot)
        others = fields.distinct(self.chunk.rows, "modifiers", of_line=True)
        others |= fields.distinct(self.chunk.rows, "place_of_service", of_line=True)
        others |= fields.distinct(self.chunk.heads, "place_of_service", of_line=False)
        classes.times.meet(eras, classes.companions.codes.numbers, others, classes.words.codes)

    def _line_features(self, header: pl.Series) -> list[pl.Series]:
        plain = self.lines.plain_units(self.most_units)
        time = self.classes.times.of_codes(self.codes, self.lines.era)
        return self.lines.features(header, self.diagnoses.count, self.named, time, plain)

    @cached_property
    def named(self) -> pl.Series:
        """Whether the policy names a line's code, or it is of Category II: then the very charge may matter."""
        return self._of_codes(self.classes.companions.named, missing=False)

    @cached_property
    def most_units(self) -> pl.Series:
        """The most units of each line of which no rule has anything to say; 0 where that is not known."""
        most = self._of_codes(self.classes.companions.most_units, missing=0)
        return most.set(self.named | ~self.chunk.on_rows(self.headers.professional), 0)

    def _of_codes(self, known: pl.Series, *, missing: int) -> pl.Series:
        """What is known of each line's code, the last of all that is `missing` standing for no code."""
        return known.extend_constant(missing, 1).gather(self.codes.cast(pl.Int64).set(self.codes < 0, len(known)))

    @cached_property
    def as_wholes(self) -> pl.Series:
        """Which rows are judged with all others of their claim."""
        whole = ~self.headers.professional | self.headers.has_provider_kind
        open_eras = self.classes.companions.open_eras
        if open_eras:
            eras = pl.Series(sorted(open_eras), dtype=pl.Int32)
            whole = whole | self.chunk.any_of(self.lines.era.is_in(eras.implode()))
        return self.chunk.on_rows(whole)

    def _rows_to_group(self) -> Rows:
        spans = (self.lines.last != self.lines.first).fill_null(value=False)
        codes = self.codes.set(~self.regular, -1)  # lines of claims that are left stand for none
        return Rows(self.chunk.claim, codes, self.as_wholes & self.regular, self.lines.first, spans)

    def _order(self, joined: pl.Series) -> pl.Series:
        """The order in which rows that are judged with others are held against those of other claims.

        By their groups, and there by their classes where the order of the lines is nothing: where each bills another
        code, no code is judged with all of a day, and the policy names none. Else by their places on the claim.
        """
        beside_all = self._of_codes(self.classes.companions.beside_all, missing=True)
        fixed = self.as_wholes | self.named | beside_all
        frame = pl.DataFrame(
            {
                "group": self.group.gather(joined),
                "code": self.codes.gather(joined),
                "fixed": fixed.gather(joined),
                "class": self.line_class.gather(joined),
            }
        ).with_row_index("place")
        as_it_is = (pl.col("fixed") | (pl.len().over("group", "code") > 1)).any().over("group")
        order = pl.when(as_it_is).then(0).otherwise(pl.col("class"))
        return frame.with_columns(order.alias("order")).sort("group", "order", "place")["place"]

    # ------------------------------------------------------------------ what the engine says of the new ones

    def judge(self) -> bool:
        """Has the engine judge a claim for each new class; whether all lines that it relates belong together."""
        regular = self.regular.gather(self.joined)
        keys = group_keys(
            self.joined.filter(regular),
            self.joined_group.filter(regular),
            self.line_class.gather(self.joined).filter(regular),
            counted=self.named.gather(self.joined).filter(regular),
            codes=self.codes.gather(self.joined).filter(regular),
            most_units=self.most_units.gather(self.joined).filter(regular),
            lines=self.lines,
        )
        self.groups = keys
        if not self._judge_lines(self._new_singles(), self._new_groups(keys)):
            return False
        self._judge_wholes()
        self.of_diagnoses = self._judge_diagnoses() if self.diagnoses.numbered else []
        return True

    def _new_singles(self) -> pl.Series:
        """For each class of lines that are judged alone and that is new, its first row."""
        known = self.classes.judged.lines
        known += [-1] * (len(self.classes.lines) - len(known))
        is_new = pl.Series(known, dtype=pl.Int64) < 0
        rows = self.alone.filter(self.regular.gather(self.alone))
        met = pl.DataFrame({"row": rows, "class": self.line_class.gather(rows)})
        return met.filter(is_new.gather(met["class"])).unique("class", keep="first", maintain_order=True)["row"]

    def _new_groups(self, keys: pl.DataFrame) -> pl.DataFrame:
        """For each key that is new, its first group, and the group's size."""
        known = self.classes.judged.groups
        distinct = keys.unique("key", keep="first", maintain_order=True)
        return distinct.filter(pl.Series([key not in known for key in distinct["key"].to_list()], dtype=pl.Boolean))

    def _judge_lines(self, singles: pl.Series, groups: pl.DataFrame) -> bool:
        classes, templates = self.classes, self.classes.templates
        members = self.slots.join(groups, on="group", maintain_order="right").select("row", "group", "slot")
        alone = pl.DataFrame({"row": singles, "group": singles, "slot": singles.clip(0, 0)})
        groups_as_claims = StandIns(self.chunk, pl.concat([alone, members]), self._can_stand_alone)
        self._make_plain(groups_as_claims)
        base = len(templates.lines)
        outside = templates.keep_lines(classes.bench.for_classes(groups_as_claims.rows), groups_as_claims.at)
        for place, number in enumerate(self.line_class.gather(singles).to_list()):
            classes.judged.lines[number] = base + place
        base += len(singles)
        for key, size in groups.select("key", "size").rows():
            classes.judged.groups[key] = base
            base += size
        return not len(outside)

    def _make_plain(self, stand_ins: StandIns) -> None:
        """Puts one for all plain units and places of service, where no other line of the group bills the code."""
        frame = pl.DataFrame({"group": self.group, "code": self.codes, "regular": self.regular})
        single = (pl.len().over("group", "code") == 1) & pl.col("regular")
        alone = frame.select(single).to_series() & ~self.as_wholes
        names, places = self.chunk.fields.columns.names, self.chunk.fields.places
        units = self.lines.plain_units(self.most_units)
        for place in places("units", of_line=True):
            for number in (1, 2):
                stand_ins.with_plain(names[place.column], str(number), alone & (units == number))
        if self.classes.places.is_plain(_OFFICE):
            for place, numbers in zip(places("place_of_service", of_line=True), self.lines.places, strict=True):
                stand_ins.with_plain(names[place.column], _OFFICE, alone & (numbers == 1))
            for place, numbers in zip(
                places("place_of_service", of_line=False), self.headers.place_of_service, strict=True
            ):
                stand_ins.with_plain(names[place.column], _OFFICE, alone & self.chunk.on_rows(numbers == 1))

    def _can_stand_alone(self, rows: pl.Series, group: pl.Series) -> pl.Series:
        """Of each row, whether its group is judged without the rest of its claim as it is with it."""
        claims, eras = self.chunk.claim.gather(rows), self.classes.policy_eras
        frame = pl.DataFrame(
            {"group": group, "first": self.lines.first.gather(rows), "reports": self.reports.gather(rows)}
        ).select(pl.col("first").min().over("group"), pl.col("reports").all().over("group"))
        same_time = eras.of(frame["first"]).eq_missing(eras.of(self.first_day.gather(claims)))
        same_kind = ~frame["reports"] | self.reports_alone.gather(claims)
        return same_time & same_kind & self.headers.professional.gather(claims)

    def _judge_wholes(self) -> None:
        """Has the engine judge a claim for each class of claims that is new."""
        classes, templates = self.classes, self.classes.templates
        known = classes.judged.wholes
        known += [-1] * (len(classes.wholes) - len(known))
        is_new = (pl.Series(known, dtype=pl.Int64) < 0).gather(self.whole_class) & ~self.left
        met = pl.DataFrame({"claim": is_new.arg_true().cast(pl.UInt32)})
        met = met.with_columns(self.whole_class.gather(met["claim"]).alias("class"))
        new = met.unique("class", keep="first", maintain_order=True)
        for place, number in enumerate(new["class"].to_list()):
            known[number] = templates.wholes + place
        spoken = classes.bench.for_classes(self.chunk.rows_of(new["claim"]))
        apart = classes.diagnosis_rules if self.diagnoses.numbered else []
        templates.keep_wholes(spoken, new["claim"], without=apart)

    def _judge_diagnoses(self) -> list[tuple[int, pl.Series, pl.Series]]:
        """For each slot of diagnoses, the claims that have one there, and the classes of these."""
        classes, templates = self.classes, self.classes.templates
        era, of_bills = classes.eras.of(self.first_day), self.headers.of_bills(self.lacks_date)
        wanted: list[pl.Series] = []
        given: list[Any] = []
        found = []
        for slot in self.diagnoses.slots:
            claims = (self.diagnoses.there(slot) & ~self.left).arg_true().cast(pl.UInt32)
            if len(claims):
                time = classes.times.of_diagnoses(self.diagnoses.indices(slot), era)
                features = [one.gather(claims) for one in self.diagnoses.of_slot(slot, [time, *of_bills])]
                numbers, new = classes.diagnoses.numbers_and_new(features)
                wanted.append(claims.gather(new))
                given += self.diagnoses.given(slot, wanted[-1])
                found.append((slot, claims, numbers))
        of_new = pl.concat(wanted) if wanted else pl.Series(dtype=pl.UInt32)
        alike = first_alike([one.gather(of_new) for one in (self.headers.professional.cast(pl.Int8), era, *of_bills)])
        bases = {place: number for number, place in enumerate(alike.unique().sort().to_list())}
        asked = [(bases[base], diagnosis) for base, diagnosis in zip(alike.to_list(), given, strict=True)]
        spoken = classes.bench.diagnoses(self._bases(of_new.gather(pl.Series([*bases], dtype=pl.UInt32))), asked)
        classes.judged.diagnoses += range(templates.wholes, templates.wholes + len(asked))
        numbered = pl.int_range(len(asked), dtype=pl.UInt32, eager=True)
        templates.keep_wholes(spoken, numbered, without=classes.diagnosis_rules, only=True)
        return found

    def _bases(self, claims: pl.Series) -> list[Claim]:
        """The claims on which diagnoses are judged: of a professional one's lines but a day, new to no rule."""
        found = []
        rows = stand_ins(self.chunk, claims)
        days = self.first_day.set(~self.headers.professional, None).cast(pl.Date).gather(claims).to_list()
        for (_, claim), day in zip(self.classes.bench.claims(rows), days, strict=True):
            lines = claim.lines if day is None else (ServiceLine(service_date=day),)
            found.append(attrs.evolve(claim, lines=lines))
        return found

    # ------------------------------------------------------------------ where it all belongs

    def placed_rows(self) -> pl.DataFrame:
        """The rows, each with its place among the templates; of claims that are left any place."""
        judged, groups = self.classes.judged, self.groups
        line = pl.Series(judged.lines, dtype=pl.Int64).gather(self.line_class)
        bases = pl.Series([judged.groups[key] for key in groups["key"].to_list()], dtype=pl.Int64)
        base = pl.repeat(0, len(line), dtype=pl.Int64, eager=True).scatter(groups["group"], bases)
        line = line.scatter(self.joined, base.gather(self.joined_group) + self.slots["slot"])
        slot = pl.repeat(0, len(line), dtype=pl.UInt32, eager=True).scatter(self.joined, self.slots["slot"])
        return pl.DataFrame([line.clip(0, None).cast(pl.UInt32).alias(LINE), self.group.alias(GROUP), slot.alias(SLOT)])

    def whole(self) -> pl.DataFrame:
        """What is said of which claim."""
        judged = self.classes.judged
        speaks = self.classes.templates.wholes_that_speak()
        own = (~self.left).arg_true().cast(pl.UInt32)
        of_wholes = pl.Series(judged.wholes, dtype=pl.Int64).gather(self.whole_class.gather(own))
        of_diagnoses = pl.Series(judged.diagnoses, dtype=pl.Int64)
        of_slots = (_said(claims, of_diagnoses.gather(at), slot + 1, speaks) for slot, claims, at in self.of_diagnoses)
        return pl.concat([_said(own, of_wholes, 0, speaks), *of_slots])


def _said(claims: pl.Series, at: pl.Series, order: int, speaks: pl.Series) -> pl.DataFrame:
    said = pl.DataFrame({OF: claims, "at": at.cast(pl.UInt32)}).filter(speaks.gather(at))
    return said.with_columns(pl.lit(order, dtype=pl.UInt32).alias("order"))
