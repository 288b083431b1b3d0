"""Claims of a frame judged by classes: what is alike is judged once, and by the engine.

A claim falls into parts on which nothing else of it has a bearing: each group of lines that may have a part in each
other's verdicts (see `claimcheck.frames.companions`), each diagnosis, and the claim itself. Two parts of one class get
one verdict. For each class a claim of the frame that has such a part is given to the engine, whole as it is; what it
says of that part is kept, and holds for every other part of the class. What no class can hold (see
`claimcheck.frames.irregular`) is left to be judged claim by claim.
"""

from __future__ import annotations

import attrs
import polars as pl

from claimcheck.frames.chunk import Chunk
from claimcheck.frames.combinations import Combinations
from claimcheck.frames.companions import Companions
from claimcheck.frames.diagnoses import Diagnoses, DiagnosisWords
from claimcheck.frames.engine import Bench
from claimcheck.frames.features import Eras
from claimcheck.frames.fields import Fields
from claimcheck.frames.groups import Rows, alone_and_joined, grouped_lines
from claimcheck.frames.headers import Headers, Known
from claimcheck.frames.irregular import Listed, irregular, needs_whole_claims
from claimcheck.frames.keys import group_keys
from claimcheck.frames.lines import Lines, Pointers
from claimcheck.frames.order import CLAIM
from claimcheck.frames.placing import GROUP, LINE, SLOT
from claimcheck.frames.plain import PlainPlaces, PlainUnits
from claimcheck.frames.standing_in import StandIns, first_lines
from claimcheck.frames.table import ROW
from claimcheck.frames.templates import Templates
from claimcheck.frames.times import Times
from claimcheck.frames.totals import reports, totals
from claimcheck.rules.rule import Scope

__all__ = ["Classes", "Sorted"]


@attrs.frozen(eq=False)
class Sorted:
    """The rows of a chunk, each with its place among the templates; what is said of its claims; and who is left.

    `whole` has for each claim (`CLAIM`) what is said of it: the number `at` of a template, and an `order` among those.
    `left` are the claims that no class can hold.
    """

    rows: pl.DataFrame
    whole: pl.DataFrame
    left: pl.Series


class Classes:
    """All classes met so far, and their verdicts."""

    def __init__(self, bench: Bench, fields: Fields) -> None:
        validator = bench.validator
        self.bench, self.fields = bench, fields
        self.eras = Eras.of_all(validator.tables, validator.policy)
        self.policy_eras = Eras(validator.policy.boundaries)
        units = PlainUnits(validator.rules, bench.tables, validator.policy)
        self.companions = Companions(bench.tables, validator.policy, self.eras, plain_units=units)
        self.times = Times(bench.tables, validator.policy, self.eras)
        self.places = PlainPlaces(validator.rules, bench.tables, validator.policy)
        self.known, self.pointers, self.words = Known(self.places), Pointers(), DiagnosisWords()
        self.listed = Listed(validator.policy)
        self.whole_claims = needs_whole_claims(validator.rules, bench.tables, validator.policy) or bool(
            fields.places("line_diagnoses", of_line=True)  # a line's code of a diagnosis may be one more of the claim
        )
        self.templates = Templates()
        self._diagnosis_rules = [bench.rules[rule.id] for rule in validator.rules if rule.scope is Scope.DIAGNOSIS]
        self._line_headers, self._lines = Combinations(), Combinations()
        self._wholes, self._diagnoses = Combinations(), Combinations()
        self._of_lines: list[int] = []  # by class of lines: the place among the templates, -1 for none yet
        self._of_groups: dict[str, int] = {}
        self._of_wholes: list[int] = []
        self._of_diagnoses: list[int] = []

    def judge(self, rows: pl.DataFrame) -> Sorted:
        """Sorts the claims of some rows into classes, and has the engine judge those that are new."""
        chunk = Chunk.of(rows, self.fields)
        left = self._left(chunk)
        numbers = rows[CLAIM].gather(chunk.firsts.filter(left))
        if left.all():
            return Sorted(_no_rows(), _no_whole(), numbers)
        if left.any():
            chunk = Chunk.of(rows.filter(~chunk.on_rows(left)), self.fields)
        part = _Part(self, chunk)
        return Sorted(part.rows(), part.whole(), numbers)

    def headers(self, chunk: Chunk) -> Headers:
        return Headers(chunk, self.eras, self.policy_eras, self.known, self.bench.as_of)

    def _left(self, chunk: Chunk) -> pl.Series:
        if self.whole_claims:
            return pl.repeat(value=True, n=len(chunk.sizes), dtype=pl.Boolean, eager=True)
        diagnoses = Diagnoses(chunk.heads, self.fields, self.words)
        return irregular(chunk, self.headers(chunk), diagnoses, self.listed)


class _Part:
    """The claims of a chunk that classes can hold."""

    def __init__(self, classes: Classes, chunk: Chunk) -> None:
        self.classes, self.chunk = classes, chunk
        self.headers = classes.headers(chunk)
        self.diagnoses = Diagnoses(chunk.heads, chunk.fields, classes.words)
        self.lines = Lines(chunk, self.headers, classes.eras, classes.known, classes.pointers)
        self.codes = self._codes()
        self._meet()
        self.first_day = chunk.least(self.lines.first)
        self.lacks_date = chunk.any_of(self.lines.first.is_null())
        self.reports = reports(chunk)
        of_lines = self.headers.of_lines(self.first_day, self.lacks_date, ~chunk.any_of(~self.reports))
        header = classes._line_headers.numbers(of_lines)[0]
        time = classes.times.of_codes(self.codes, self.lines.era)
        features = self.lines.features(
            header, self.diagnoses.count, self._named(), time, self.lines.plain_units(self._most_units())
        )
        self.line_class = classes._lines.numbers(features)[0]
        more = [*self.diagnoses.of_claims(), *totals(chunk, self.lines.charge)]
        self.days = self.headers.judged_days(self.first_day, self.lacks_date)
        self.whole_class, new_wholes = classes._wholes.numbers(self.headers.of_claims(header, self.days, more))
        self.header = header
        self.as_wholes = self._judged_as_wholes()
        spans = (self.lines.last != self.lines.first).fill_null(value=False)
        self.group = grouped_lines(
            Rows(chunk.claim, self.codes, self.as_wholes, self.lines.first, spans), classes.companions
        )
        self.alone, joined = alone_and_joined(self.group)
        self.joined = joined.gather(self._order(joined))
        self._judge(new_wholes)
        self.of_diagnoses = self._judge_diagnoses() if self.diagnoses.numbered else []

    def _codes(self) -> pl.Series:
        """The numbers of the procedure codes, -1 of none."""
        companions, fields, rows = self.classes.companions, self.chunk.fields, self.chunk.rows
        codes = pl.repeat(-1, len(rows), dtype=pl.Int32, eager=True)
        for place in fields.places("procedure_code", of_line=True):
            codes = codes.zip_with(codes >= 0, fields.asked(rows, place, companions.codes, missing=-1))
        return codes

    def _meet(self) -> None:
        """Has the tables asked of what is new in the chunk, before anything hangs on it."""
        classes, fields, rows = self.classes, self.chunk.fields, self.chunk.rows
        eras = [era for era in self.lines.era.unique().to_list() if era is not None]
        classes.companions.meet(eras)
        classes.places.meet(classes.eras.a_day_of(era) for era in eras)
        for slot in self.diagnoses.slots:
            self.diagnoses.indices(slot)
        others = fields.distinct(rows, "modifiers", of_line=True) | fields.distinct(
            rows, "place_of_service", of_line=True
        )
        others |= fields.distinct(self.chunk.heads, "place_of_service", of_line=False)
        classes.times.meet(eras, classes.companions.codes.numbers, others, classes.words.codes)

    def _most_units(self) -> pl.Series:
        """The most units of each line of which no rule has anything to say; 0 where that is not known."""
        most = self.classes.companions.most_units
        if not len(most):
            return pl.zeros(len(self.codes), dtype=pl.Int32, eager=True)
        known = (self.codes >= 0) & self.chunk.on_rows(self.headers.professional) & ~self._named()
        return most.gather(self.codes.clip(0, None)).set(~known, 0)

    def _named(self) -> pl.Series:
        """Whether the policy names a line's code, or it is of Category II: then the very charge may matter."""
        named = self.classes.companions.named
        if not len(named):
            return pl.repeat(value=False, n=len(self.codes), dtype=pl.Boolean, eager=True)
        return (self.codes >= 0) & named.gather(self.codes.clip(0, None))

    def _judged_as_wholes(self) -> pl.Series:
        """Which rows are judged with all others of their claim."""
        open_eras = pl.Series(sorted(self.classes.companions.open_eras), dtype=pl.Int32)
        is_open = self.lines.era.is_in(open_eras.implode()).fill_null(value=False)
        whole = ~self.headers.professional | self.chunk.any_of(is_open) | self.headers.has_provider_kind
        return self.chunk.on_rows(whole)

    def _judge(self, new_wholes: pl.Series) -> None:
        """Has the engine judge a claim for each new class of lines and of claims, and keeps what it says."""
        classes, chunk, templates = self.classes, self.chunk, self.classes.templates
        classes._of_lines += [-1] * (len(classes._lines) - len(classes._of_lines))
        singles = self._new_singles()
        keys = group_keys(
            self.joined,
            self.group.gather(self.joined),
            self.line_class.gather(self.joined),
            counted=self._named().gather(self.joined),
            codes=self.codes.gather(self.joined),
            most_units=self._most_units().gather(self.joined),
            lines=self.lines,
        )
        self.groups = keys
        new_groups = self._new_groups(keys)
        slots = self._slots()
        members = slots.join(new_groups, on="group", maintain_order="right")
        alone = pl.DataFrame({"row": singles, "group": singles, "slot": singles.clip(0, 0)})
        stand_ins = StandIns(chunk, pl.concat([alone, members.select("row", "group", "slot")]), self._can_stand_alone)
        spoken = classes.bench.alone(stand_ins.rows)
        base = len(templates.lines)
        templates.keep_lines(spoken, stand_ins.at)
        for place, number in enumerate(self.line_class.gather(singles).to_list()):
            classes._of_lines[number] = base + place
        base += len(singles)
        for key, size in new_groups.select("key", "size").rows():
            classes._of_groups[key] = base
            base += size
        classes._of_wholes += range(templates.wholes, templates.wholes + len(new_wholes))
        templates.keep_wholes(
            classes.bench.alone(chunk.rows_of(new_wholes)),
            new_wholes,
            without=classes._diagnosis_rules if self.diagnoses.numbered else [],
        )

    def _can_stand_alone(self, rows: pl.Series, group: pl.Series) -> pl.Series:
        """Of each row, whether its group is judged without the rest of its claim as it is with it."""
        claims = self.chunk.claim.gather(rows)
        frame = pl.DataFrame(
            {"group": group, "first": self.lines.first.gather(rows), "reports": self.reports.gather(rows)}
        ).select(pl.col("first").min().over("group"), pl.col("reports").all().over("group"))
        same_time = self.classes.policy_eras.of(frame["first"]).eq_missing(
            self.classes.policy_eras.of(self.first_day.gather(claims))
        )
        same_kind = ~frame["reports"] | ~self.chunk.any_of(~self.reports).gather(claims)
        return same_time & same_kind & self.headers.professional.gather(claims)

    def _new_singles(self) -> pl.Series:
        """For each class of lines that are judged alone and that is new, its first row."""
        known = pl.Series(self.classes._of_lines, dtype=pl.Int64)
        met = pl.DataFrame({"row": self.alone, "class": self.line_class.gather(self.alone)})
        return met.filter(known.gather(met["class"]) < 0).unique("class", keep="first", maintain_order=True)["row"]

    def _new_groups(self, keys: pl.DataFrame) -> pl.DataFrame:
        """For each key that is new, its first group, and the group's size."""
        known = self.classes._of_groups
        distinct = keys.unique("key", keep="first", maintain_order=True)
        is_new = pl.Series([key not in known for key in distinct["key"].to_list()], dtype=pl.Boolean)
        return distinct.filter(is_new)

    def _order(self, joined: pl.Series) -> pl.Series:
        """The order in which rows that are judged with others are held against those of other claims.

        By their groups, and there by their classes where the order of the lines is nothing: where each bills another
        code, no code is judged with all of a day, and the policy names none. Else by their places on the claim.
        """
        companions = self.classes.companions
        code = self.codes.gather(joined)
        known = code.clip(0, None)
        fixed = (code < 0) | self.as_wholes.gather(joined)
        if len(companions.named):
            fixed = fixed | companions.named.gather(known) | companions.beside_all.gather(known)
        frame = pl.DataFrame(
            {"group": self.group.gather(joined), "code": code, "fixed": fixed, "class": self.line_class.gather(joined)}
        ).with_row_index("place")
        fixed_groups = (pl.col("fixed") | (pl.len().over("group", "code") > 1)).any().over("group")
        order = pl.when(fixed_groups).then(0).otherwise(pl.col("class"))
        return frame.with_columns(order.alias("order")).sort("group", "order", "place")["place"]

    def _slots(self) -> pl.DataFrame:
        """The rows that are judged with others, each with its slot in its group, from 0."""
        frame = pl.DataFrame({"row": self.joined, "group": self.group.gather(self.joined)})
        self.slots = frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over("group").alias("slot"))
        return self.slots

    def _judge_diagnoses(self) -> list[tuple[int, pl.Series, pl.Series]]:
        """For each slot of diagnoses, the claims that have one there, and the templates of what is said of it."""
        classes = self.classes
        era, of_bills = classes.eras.of(self.first_day), self.headers.of_bills(self.lacks_date)
        wanted: list[tuple[int, int]] = []
        found = []
        before = pl.zeros(len(self.chunk.sizes), dtype=pl.UInt32, eager=True)
        for slot in self.diagnoses.slots:
            there = self.diagnoses.there(slot)
            claims = there.arg_true().cast(pl.UInt32)
            if not len(claims):
                continue
            time = classes.times.of_diagnoses(self.diagnoses.indices(slot), era)
            features = [feature.gather(claims) for feature in self.diagnoses.of_slot(slot, [time, *of_bills])]
            numbers, new = classes._diagnoses.numbers(features)
            claims_of_new = claims.gather(new)
            wanted += zip(claims_of_new.to_list(), before.gather(claims_of_new).to_list(), strict=True)
            found.append((slot, claims, numbers))
            before = before + there.cast(pl.UInt32)
        claims = pl.Series([claim for claim, _ in wanted], dtype=pl.UInt32)
        rows = first_lines(self.chunk, self.lines.first, claims, self.headers.professional)
        spoken = classes.bench.diagnoses(rows, [place for _, place in wanted])
        numbers = pl.int_range(len(wanted), dtype=pl.UInt32, eager=True)
        templates = classes.templates
        classes._of_diagnoses += range(templates.wholes, templates.wholes + len(wanted))
        templates.keep_wholes(spoken, numbers, without=classes._diagnosis_rules, only=True)
        return found

    def rows(self) -> pl.DataFrame:
        """The rows, each with its place among the templates."""
        classes = self.classes
        of_lines = pl.Series(classes._of_lines, dtype=pl.Int64)
        line = of_lines.gather(self.line_class)
        bases = pl.Series([classes._of_groups[key] for key in self.groups["key"].to_list()], dtype=pl.Int64)
        base = pl.repeat(0, len(line), dtype=pl.Int64, eager=True).scatter(self.groups["group"], bases)
        line = line.scatter(self.joined, base.gather(self.slots["group"]) + self.slots["slot"])
        slot = pl.repeat(0, len(line), dtype=pl.UInt32, eager=True).scatter(self.joined, self.slots["slot"])
        return pl.DataFrame(
            [self.chunk.rows[ROW], line.cast(pl.UInt32).alias(LINE), self.group.alias(GROUP), slot.alias(SLOT)]
        )

    def whole(self) -> pl.DataFrame:
        """What is said of which claim."""
        classes = self.classes
        speaks = classes.templates.wholes_that_speak()
        numbers = self.chunk.rows[CLAIM].gather(self.chunk.firsts)
        of_wholes = pl.Series(classes._of_wholes, dtype=pl.UInt32).gather(self.whole_class)
        found = [_said(numbers, of_wholes, 0, speaks)]
        of_diagnoses = pl.Series(classes._of_diagnoses, dtype=pl.UInt32)
        for slot, claims, at in self.of_diagnoses:
            found.append(_said(numbers.gather(claims), of_diagnoses.gather(at), slot + 1, speaks))
        return pl.concat(found)


def _said(claims: pl.Series, at: pl.Series, order: int, speaks: pl.Series) -> pl.DataFrame:
    said = pl.DataFrame({CLAIM: claims, "at": at}).filter(speaks.gather(at))
    return said.with_columns(pl.lit(order, dtype=pl.UInt32).alias("order"))


def _no_whole() -> pl.DataFrame:
    return pl.DataFrame(schema={CLAIM: pl.UInt32(), "at": pl.UInt32(), "order": pl.UInt32()})


def _no_rows() -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.Int64(), **dict.fromkeys((LINE, GROUP, SLOT), pl.UInt32())})
