"""Claims in columns: the setting and outline of each, and what the rules for both report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import numpy as np

from claimcheck.claims import Claim, ServiceLine, reading
from claimcheck.claims.performer import is_group
from claimcheck.codes import clia, mbi, npi, tax_id, taxonomy
from claimcheck.columns.cells import Bools, Cells, Money, States
from claimcheck.columns.elements import Elements, ask_rule
from claimcheck.columns.facts import Component, Facts
from claimcheck.columns.fields import EPOCH
from claimcheck.columns.numbering import Ints, Numbering
from claimcheck.columns.read_tree import ReadTree
from claimcheck.columns.rule_hits import RuleHits
from claimcheck.columns.rule_sets import RuleSets
from claimcheck.columns.table import Columns
from claimcheck.columns.times import NO_DAY, Times
from claimcheck.columns.values import Values
from claimcheck.engine.compiled import CompiledSetting
from claimcheck.engine.shared import Workshop
from claimcheck.history.entry import billed_by
from claimcheck.history.neighbours import kind_of
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.outline import Outline, OutlineKey
from claimcheck.rules.facts.outline_key import DiagnosesOutline, LinesOutline, outline_key
from claimcheck.rules.facts.setting import processing_date
from claimcheck.rules.facts.time import Time
from claimcheck.rules.facts.total import Total, TotalKind

__all__ = ["DAYS", "HELD", "KEYED", "Claims", "Summary"]

#: Fields of `Claim`, keyed by their cells, that rules of several lines read.
HELD = ("patient_status", "value_codes")

#: Fields of `Claim` that make up its setting, by their cells.
SETTING = (
    *("claim_type", "frequency_code", "provider_kind", "reporting_only", "predetermination", "condition_codes"),
    *("delay_reason", "billing_entity_type"),
    *("bill_type", "place_of_service"),
)
DAYS = (
    *("birth_date", "death_date", "statement_from", "statement_through", "admission_date", "discharge_date"),
    *("received_date", "delivery_date"),
)
_THERE = (
    *("claim_id", "payer_id", "member_id", "original_claim_id", "submitted_claim_id", "replaced_by_claim_id"),
    *("other_claim_id", "prior_authorization"),
)
_STATES = {
    "billing_npi": npi.parse,
    "rendering_npi": npi.parse,
    "billing_taxonomy": taxonomy.parse,
    "rendering_taxonomy": taxonomy.parse,
    "billing_tax_id": tax_id.parse,
    "clia": clia.parse,
}
#: Fields keyed by what is read of them, and how. All others are keyed by their cells.
KEYED: Mapping[str, str] = {
    **dict.fromkeys(_THERE, "whether it is there; what is no text, by its cell"),
    **dict.fromkeys(_STATES, "whether it is one, or what is wrong with it"),
    **dict.fromkeys(DAYS, "whether it is there, and how it stands to the others; what cannot be read is judged apart"),
    "total_charge": "how it stands to the charges of the lines",
    "diagnoses": "their roles and versions; each is judged by itself, and so are codes that stand there twice",
    "lines": "how many, and whether each has a place of service, and charges nothing",
    "source": "where a claim stands is nothing to rules",
    "problems": "what is wrong with its form is of the frame, or is judged claim by claim",
}
_AS_THEY_ARE = tuple(
    field.name for field in attrs.fields(Claim) if field.name not in KEYED and field.name not in SETTING
)
_DATE_FLAGS = (  # pairs of days of which the first precedes the second
    ("statement_through", "statement_from"),
    ("reference", "statement_through"),
    ("discharge_date", "admission_date"),
    ("statement_through", "admission_date"),
    ("discharge_date", "statement_through"),
    ("death_date", "birth_date"),
)
_OF_OUTLINE = ("setting", "roles", "versions", *OutlineKey._fields)
#: Facts of an outline that belong to another component than the rest.
_APART = {"total": "total", "repeated": "repeated", "codes": "repeated"}
_AGREES, _MISSING, _UNKNOWN = range(3)


@attrs.frozen(eq=False)
class Summary:
    """What a claim's outline holds about its lines and diagnoses."""

    how_many: Ints
    placed: Bools
    charges_nothing: Bools
    added: Ints  #: the charges, in cents
    addable: Bools  #: whether each line has a charge
    kinds: list[Ints]
    repeated: Ints  #: the number of the component for repeated diagnoses


class Claims:
    """The settings and outlines seen so far."""

    def __init__(
        self,
        columns: Columns,
        workshop: Workshop,
        as_of: date | None,
        *,
        times: Times,
        hits: RuleHits,
        repeated: Component,
    ) -> None:
        """`repeated` holds which diagnoses a claim has more than once, and all codes if a rule asks for them. Claims of
        inpatient stays are validated one by one, so that their own rules take no room in `sets`."""
        self.columns, self.workshop, self.times, self.hits, self.as_of = columns, workshop, times, hits, as_of
        self.rulebook = workshop.rulebook.without_stays()
        self.sets = RuleSets(len(self.rulebook.wide))
        self.compiled: list[CompiledSetting] = []
        self.recorded_kinds: list[tuple[str, bool] | None] = []  #: for each setting, as a history stores it
        self.settings = Component()
        self.setting_said = np.empty(0, np.int64)
        self._setting_numbers: dict[int, int] = {}
        self._of_cells = np.empty(0, np.int64)
        self._numbering: Numbering | None = None
        self._states = {name: States(name, parse, of_line=False) for name, parse in _STATES.items()}
        self._bases: Numbering | None = None
        self._held: list[Mapping[str, Any]] = []
        self._totals = Values()
        self.outlines = Facts(
            {"base": Component(), "total": Component(), "repeated": repeated},
            {name: _APART.get(name, "base") for name in _OF_OUTLINE},
        )
        self._of_outlines = Numbering(3)
        self._in_time = Numbering(2)
        self._said: list[int] = []
        self._trees: dict[str, ReadTree] = {}
        for kind in (TotalKind.AGREES, TotalKind.MISSING, TotalKind.UNKNOWN):
            self.outlines.components["total"].facts.append({"total": Total(kind)})
            self._totals((kind, None, None))

    @property
    def facts(self) -> Facts:
        """The outlines."""
        return self.outlines

    def at(self, thing: int, _: int, time: Time) -> Outline:
        """An outline, as of a claim's first day."""
        return Outline(policy=time.policy, tables=time.tables, **self.outlines.all_of(thing))

    def says(self, outlines: Ints, times: Ints) -> Ints:
        """What is reported on claims with these outlines, each with its first day in a period: numbers of hits."""
        at, new = self._in_time(outlines, times)
        if len(new):
            elements = Elements(self, self.times, outlines[new], times[new])
            trees, everywhere = self._trees, np.arange(len(new))
            said = [
                trees.setdefault(rule.id, ReadTree()).answers(
                    elements, everywhere, elements.asking(ask_rule(rule, self.hits))
                )
                for rule in self.workshop.rulebook.of_outline
            ]
            for row in np.stack(said, 1).tolist() if said else [()] * len(new):
                self._said.append(self.hits([one for number in row for one in self.hits.said[number]]))
        return np.array(self._said, np.int64)[at]

    # ------------------------------------------------------------------ settings

    @property
    def asks(self) -> Ints:
        """The set of several-line rules that may be called in each setting."""
        return self.sets.of([one.asks for one in self.compiled])

    @property
    def institutional(self) -> Bools:
        """For each setting, whether it is an institutional claim's."""
        return np.array([one.facts.institutional for one in self.compiled], bool)

    @property
    def paid_by_opps(self) -> Bools:
        """For each setting, whether its lines show how they are paid."""
        return np.array([one.is_paid_by_opps for one in self.compiled], bool)

    def reference(self, heads: Cells) -> Ints:
        """The processing date of each claim, or its received date if earlier."""
        received = heads.days("received_date")
        if self.as_of is None:
            return received
        as_of = self.as_of.toordinal() - EPOCH
        return np.where((received != NO_DAY) & (received < as_of), received, as_of)

    def setting(self, heads: Cells) -> Ints:
        """The number of each claim's setting."""
        received, through = heads.days("received_date"), heads.days("statement_through")
        receipt = self.times.policy_era(np.where(received != NO_DAY, received, through))
        has_reference = (received != NO_DAY) if self.as_of is None else np.ones(len(heads), bool)
        columns = [*heads.numbers(*SETTING), *heads.states(self._states["clia"]), receipt, has_reference.view(np.uint8)]
        columns += [*heads.states(self._states["rendering_npi"]), *heads.asked("billing_taxonomy", _is_group)]
        if self._numbering is None:
            self._numbering = Numbering(len(columns))
        cells, new = self._numbering(*columns)
        if len(new):
            self._of_cells = np.concatenate(
                [self._of_cells, [self._setting(claim) for claim in self._claims(heads, new)]]
            )
        return self._of_cells[cells]

    def _claims(self, heads: Cells, places: Ints) -> Iterator[Claim]:
        """The claims in some first rows, with only their first lines."""
        return (self.columns.claim_of([row]) for row in self.columns.rows_of(heads.rows[places]))

    def _setting(self, claim: Claim) -> int:
        compiled = self.workshop.setting(claim, has_reference=processing_date(claim, self.as_of) is not None)
        number = self._setting_numbers.setdefault(id(compiled), len(self.compiled))
        if number == len(self.compiled):
            self.compiled.append(compiled)
            self.recorded_kinds.append(kind_of(billed_by(claim, ServiceLine())))
            self.settings.facts.append({"setting": compiled.facts})
            self.setting_said = np.append(self.setting_said, self.hits(compiled.said.said))
        return number

    # ------------------------------------------------------------------ outlines

    def outline(self, heads: Cells, setting: Ints, summary: Summary) -> Ints:
        """The number of each claim's outline, among `outlines`."""
        days = {name: heads.days(name) for name in DAYS} | {"reference": self.reference(heads)}
        columns = [setting, np.minimum(summary.how_many, 1 << 20), *summary.kinds]
        columns += [(summary.placed + 2 * summary.charges_nothing).astype(np.int64)]
        columns += heads.numbers(*_AS_THEY_ARE)
        for name in _THERE:
            columns += heads.there(name)
        for states in self._states.values():
            columns += heads.states(states)
        columns += [self._member_is_mbi(heads), _flags(days), _there(days)]
        total = heads.money("total_charge")
        columns.append(total.missing.view(np.uint8))
        if self._bases is None:
            self._bases = Numbering(len(columns))
        bases, new = self._bases(*columns)
        if len(new):
            known = self.outlines.components["base"].facts
            for claim, place in zip(self._claims(heads, new), new.tolist(), strict=True):
                known.append(self._base(claim, int(setting[place]), summary, place))
                self._held.append({name: getattr(claim, name) for name in HELD})
        outlines, _ = self._of_outlines(bases, self._total(total, summary), summary.repeated)
        self.outlines.rows = self._of_outlines.rows
        return outlines

    def held(self, outline: int) -> Mapping[str, Any]:
        """Fields of `Claim` that claims with an outline share, other than its facts."""
        return self._held[int(self._of_outlines.rows[outline, 0])]

    def odd(self, heads: Cells) -> Bools:
        """Which claims are validated one by one."""
        return heads.money("total_charge").odd | heads.odd_days(DAYS)

    def _member_is_mbi(self, heads: Cells) -> Ints:
        """Whether the member's number is an MBI, if a policy asks for that."""
        valid = np.zeros(len(heads), np.int64)
        if self.workshop.asks_for_mbi:
            for answers in heads.asked("member_id", _is_mbi):
                valid = valid * 2 + answers
        return valid

    def _base(self, claim: Claim, setting: int, summary: Summary, place: int) -> Mapping[str, Any]:
        """The facts of an outline, except the total and repeated diagnoses."""
        frame = Frame.of(claim, processing_date(claim, self.as_of))
        facts = self.compiled[setting].facts
        day = next((line.service_date for line in claim.lines if isinstance(line.service_date, date)), None)
        diagnoses = self.workshop.diagnoses(claim, day, self.workshop.era(day)).outline
        lines = LinesOutline(
            int(summary.how_many[place]), int(summary.placed[place]), int(summary.charges_nothing[place])
        )
        kinds = DiagnosesOutline(diagnoses.kinds, (), diagnoses.problems)
        key = OutlineKey(*outline_key(claim, frame, lines, kinds, asks_for_mbi=self.workshop.asks_for_mbi))
        known = {**key._asdict(), "setting": facts}
        known["roles"] = tuple([role for role, _ in key.kinds])
        known["versions"] = tuple([version for _, version in key.kinds])
        for name in ("kinds", *_APART):
            del known[name]
        return known

    def _total(self, total: Money, summary: Summary) -> Ints:
        """How each total relates to the sum of the charges, as the number of a component."""
        differs = ~total.missing & summary.addable & (total.cents != summary.added)
        numbers = np.where(total.missing, _MISSING, np.where(summary.addable, _AGREES, _UNKNOWN))
        known = self.outlines.components["total"].facts
        for place in np.flatnonzero(differs).tolist():
            said = Total(TotalKind.DIFFERS, _dollars(total.cents[place]), _dollars(summary.added[place]))
            numbers[place] = number = self._totals(said)
            if number == len(known):
                known.append({"total": said})
        return numbers


def _flags(days: Mapping[str, Ints]) -> Ints:
    """How the days of each claim relate to each other, as bits."""
    bits = np.zeros(len(days["reference"]), np.int64)
    for place, (one, other) in enumerate(_DATE_FLAGS):
        before = (days[one] < days[other]) & (days[one] != NO_DAY) & (days[other] != NO_DAY)
        bits |= before.astype(np.int64) << place
    return bits


def _there(days: Mapping[str, Ints]) -> Ints:
    """Which days of each claim are present, as bits."""
    bits = np.zeros(len(days["reference"]), np.int64)
    for place, of in enumerate(days.values()):
        bits |= (of != NO_DAY).astype(np.int64) << place
    return bits


def _is_mbi(cell: Any) -> int:
    return int(mbi.is_valid(cell))


def _is_group(cell: Any) -> int:
    return int(is_group(reading.value_of(reading.text(cell))))


def _dollars(cents: Any) -> Decimal:
    return Decimal(int(cents)).scaleb(-2)
