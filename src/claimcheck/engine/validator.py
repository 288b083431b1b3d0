"""The validator: loads policy, tables and rules once, and validates many claims.

>>> from claimcheck import Claim, ServiceLine, Validator
>>> line = ServiceLine("3044F", units=1, charge="0.00", service_date="2024-07-01")
>>> result = Validator("zero").validate(Claim(claim_type="professional", lines=[line]))
>>> result.lines[0].disposition, result.lines[0].allowed_amount
(<Disposition.REPORT_ONLY: 'report_only'>, Decimal('0.00'))
>>> Validator("no such policy")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
claimcheck.errors.PolicyError: no such policy: found neither in the library nor as a file; ...
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path, PurePath
from typing import Any

from claimcheck.claims import Claim, ClaimResult, Receipt, Unreadable, records
from claimcheck.claims.date_fields import civil_date
from claimcheck.claims.quick import maker
from claimcheck.claims.reading import value_of
from claimcheck.claims.unreadable import shape
from claimcheck.engine import told
from claimcheck.engine.assemble import assemble, superseded
from claimcheck.engine.batches import Judge, as_they_come, when, whole
from claimcheck.engine.case import Case
from claimcheck.engine.judgement import Judgement
from claimcheck.engine.namesakes import under_its_own_id
from claimcheck.engine.other_days import Asked, Reach, reaches_of
from claimcheck.engine.reads import reads_of
from claimcheck.engine.related import Relating
from claimcheck.engine.rulebook import Rulebook
from claimcheck.engine.said import Said
from claimcheck.engine.shared import Workshop
from claimcheck.errors import HistoryError, InputError
from claimcheck.guesses import hinted, with_keywords
from claimcheck.history import LookUp
from claimcheck.history.recorded import may_grow
from claimcheck.history.same_bill import successor
from claimcheck.log import log
from claimcheck.policies import Policy
from claimcheck.rules.choosing import chosen, switched_off
from claimcheck.rules.facts.setting import processing_date
from claimcheck.rules.registry import all_rules, check_registry
from claimcheck.rules.rule import Rule
from claimcheck.tables import Tables
from claimcheck.version import __version__

__all__ = ["Validator", "processing_day", "validate_claim", "validate_claims"]

_MOST_DATES = 8_192
_receipt = maker(Receipt)


_GUESSED = {
    "check": "validate(claim)",
    "run": "validate(claim), or validate_many(claims)",
    "validate_all": "validate_many(claims)",
    "validate_claim": "validate(claim)",
    "validate_claims": "validate_many(claims)",
    "validate_file": "validate_many(claimcheck.io.read_claims(path))",
    "validate_frame": "claimcheck.frames.validate_frame(frame, policy, tables=...)",
}
_KEYWORDS = {
    "date": "give as_of='YYYY-MM-DD'",
    "jobs": "on the command line: claimcheck check FILE --jobs N",
    "n_jobs": "on the command line: claimcheck check FILE --jobs N",
    "payer": "give policy=NAME; claimcheck.Policy.names() lists them",
    "rules": "Validator(rules=...), or a policy's [rules]",
    "store": "give tables=PATH",
    "today": "give as_of='YYYY-MM-DD'",
}
_ONE_ARGUMENT = "a claim is one argument, as in validate_claim({...}); then come policy, tables, history, as_of"


@hinted(_GUESSED, made="Validator(policy, tables, history)")
class Validator:
    """Validates claims with one policy, one set of tables and, optionally, the members' earlier claims.

    `policy`: a name, a path or a `Policy`. `tables`: a path, `Tables`, or None for the starter tables. `history`: the
    members' earlier claims; validating never writes to it. `rules`: the rules to use instead of all; those run that the
    policy does not turn off.

    Errors: `PolicyError`, `TableError` and `HistoryError` if policy, tables or history cannot be used.
    """

    def __init__(
        self,
        policy: str | Path | Policy = "default",
        tables: str | Path | Tables | None = None,
        history: LookUp | None = None,
        *,
        rules: Iterable[Rule] | None = None,
    ) -> None:
        self.policy = policy if isinstance(policy, Policy) else Policy.load(policy)
        self.tables = _tables(tables)
        self.history = _history(history)
        self.rules = chosen(all_rules() if rules is None else check_registry(rules), self.policy.rules)
        self._workshop = Workshop(Rulebook.of(self.rules), self.policy, self.tables)
        self._bases: dict[date | None, tuple[Any, ...]] = {}
        log.debug("validator made: policy %s, %d rules", self.policy.name, len(self.rules))

    def validate(self, claim: Claim | Mapping[str, Any] | Any, as_of: date | str | None = None) -> ClaimResult:
        """The result of a claim: a `Claim`, or a mapping as `Claim.from_dict` takes it.

        `as_of` is the processing date; without it, the claim's receipt date is used. The clock is never read.
        `InputError` if it is not a date; a claim never raises.
        """
        return under_its_own_id(self._judge(Claim.from_dict(claim), self.history, processing_day(as_of)))

    def validate_many(
        self, claims: Iterable[Claim | Mapping[str, Any] | Any], as_of: date | str | None = None, sort: bool = False
    ) -> Iterator[ClaimResult]:
        """Results of many claims, in order; with `sort`, ordered by service date, receipt date and claim id.

        A list, a tuple, or anything else with a length is evaluated as a whole: each claim is evaluated given all
        others, in any order. So is sorted input, which is read to its end first.

        Anything else is evaluated as it is read, each claim given those before it. Later claims may change a result, so
        each result that depends on other claims reports this as *not checked* (`later_claims`).
        """
        day = processing_day(as_of)
        several = _several(claims)
        over, superseded = partial(self._judge, as_of=day), partial(self.superseded, as_of=day)
        opened, made = partial(self._opened, as_of=day), partial(self._told, as_of=day)
        judge = Judge(over, superseded, opened, made, self.history, self.relating)
        if sort:
            ordered = sorted(map(Claim.from_dict, several), key=when)
            return whole(ordered, judge)
        if isinstance(several, Collection):
            return whole(list(several), judge)
        return as_they_come(several, judge)

    def superseded(self, claim: Claim, by: str | None, as_of: date | None) -> ClaimResult:
        """The result of a claim that another version of its bill superseded, with claim id `by` if it has one.

        `claimcheck.history.versions` finds those claims of a batch. Nothing else is reported on the claim.
        """
        reference = processing_date(claim, as_of)
        said = told.superseded(claim, self._workshop, reference)
        reads = partial(reads_of, claim, (), None, superseded=True)
        return superseded(claim, said, _receipt(*self._basis(reference), reads, *self._chosen), by)

    def _judge(self, claim: Claim, history: LookUp | None, as_of: date | None) -> ClaimResult:
        if isinstance(claim.replaced_by_claim_id, str):
            return self.superseded(claim, claim.replaced_by_claim_id, as_of)
        later = None if history is None else successor(history, claim)
        if later is not None:
            return self.superseded(claim, later[0], as_of)
        reference = processing_date(claim, as_of)
        return self._assembled(claim, told.judge(claim, self._workshop, reference, history), history, reference)

    def _opened(self, claim: Claim, as_of: date | None) -> Case:
        facts = Judgement(claim, self._workshop, processing_date(claim, as_of), self.history)
        return Case(facts, self._result)

    def _told(self, claim: Claim, said: Said, as_of: date | None) -> ClaimResult:
        return self._assembled(claim, said, None, processing_date(claim, as_of))

    def _result(self, facts: Judgement, said: Said) -> ClaimResult:
        return self._assembled(facts.claim, said, facts.history, facts.reference)

    def _assembled(self, claim: Claim, said: Said, history: LookUp | None, reference: date | None) -> ClaimResult:
        known_from = None if history is None else history.known_from
        reads = partial(
            reads_of,
            claim,
            said.others,
            known_from,
            said.since,
            counted=said.counted,
            same_provider=said.same_provider,
            twins=said.twins,
            may_grow=may_grow(history),
            unknown_original=bool(said.meant.doubted),
        )
        return assemble(claim, said, _receipt(*self._basis(reference), reads, *self._chosen))

    @property
    def workshop(self) -> Workshop:
        """Its workshop: cached facts and findings."""
        return self._workshop

    def reading_other_claims(self, claim: Claim, as_of: date | None = None) -> tuple[int, ...]:
        """For each line of a claim, the set of rules whose findings may change with the member's other claims.

        As a number; `named` gives the ids of its rules.
        """
        return told.reading_other_claims(claim, self._workshop, processing_date(claim, as_of))

    def looking_beyond(self, claim: Claim, as_of: date | None = None) -> Sequence[Asked]:
        """Lines of other claims, on other days than the claim's own, that rules look at for its lines."""
        return told.beyond(claim, self._workshop, processing_date(claim, as_of))

    @cached_property
    def relating(self) -> Relating:
        """Decides which claims of a batch may affect each other's results."""
        return Relating(self.policy, self._workshop.tables, self.reaches)

    @cached_property
    def reaches(self) -> tuple[Reach, ...]:
        """Which claims of a member may matter to each other though they share no day."""
        return reaches_of(self.rules, self.policy)

    def named(self, rules: int) -> tuple[str, ...]:
        """The ids of a set of rules over several lines."""
        return self._workshop.rulebook.ids(rules)

    def beside(self, history: LookUp | None) -> Validator:
        """This validator with another history, and with everything cached so far."""
        other = copy(self)
        other.history = _history(history)
        return other

    def _basis(self, reference: date | None) -> tuple[Any, ...]:
        """What all receipts of one processing date hold."""
        known = self._bases.get(reference)
        if known is None:
            if len(self._bases) >= _MOST_DATES:
                self._bases.clear()
            policy, policy_hash, editions, tables_hash = self._rests_on
            known = (__version__, policy, policy_hash, editions, reference, tables_hash)
            self._bases[reference] = known
        return known

    @cached_property
    def _chosen(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """The rules that do not run and the severities that were changed, as every receipt names them."""
        given = tuple((rule.id, str(rule.severity)) for rule in self.rules if rule.severity is not None)
        return switched_off(self.rules), tuple(sorted(given))

    @cached_property
    def _rests_on(self) -> tuple[str, str, tuple[str, ...], str]:
        """Policy and tables as every receipt names them."""
        return self.policy.name, self.policy.hash, tuple(map(str, self.tables.editions)), self.tables.digest


def _tables(tables: str | Path | Tables | None) -> Tables:
    if tables is None:
        return Tables.starter()
    return tables if isinstance(tables, Tables) else Tables.open(tables)


def _history(history: LookUp | None) -> LookUp | None:
    if history is None or hasattr(history, "lines"):
        return history
    if isinstance(history, str | PurePath):
        raise HistoryError("history is a path: open it first, as in history=claimcheck.SqliteHistory(path)")
    raise HistoryError(f"history is {shape(history)}: give a MemoryHistory, a SqliteHistory, or None")


def processing_day(given: date | str | None) -> date | None:
    """The processing date given as `as_of`. InputError if it is not a date."""
    read: date | Unreadable | None = value_of(civil_date(given))
    if isinstance(read, Unreadable):
        raise InputError("as_of is no date: give a datetime.date, or text as YYYY-MM-DD")
    return read


def _several(claims: Any) -> Iterable[object]:
    """The claims, if there are several.

    Raises:
        InputError: it is a single claim, a file, or a frame, for which there are other functions.
    """
    kind = type(claims)
    if issubclass(kind, str | bytes | PurePath):
        raise InputError("several claims are expected, not text: for a file use claimcheck.io.read_claims(path)")
    if issubclass(kind, Mapping | Claim):
        raise InputError("several claims are expected, not one: use validate_claim, or give a list of it")
    if records.is_frame(claims):
        raise InputError("several claims are expected, not a frame: use claimcheck.frames.validate_frame")
    if not hasattr(kind, "__iter__") and not hasattr(kind, "__getitem__"):
        raise InputError(f"several claims are expected, not {shape(claims)}: give a list, or any iterable")
    read: Iterable[object] = claims
    return read


@with_keywords(_KEYWORDS, _ONE_ARGUMENT)
def validate_claim(
    claim: Claim | Mapping[str, Any] | Any,
    policy: str | Path | Policy = "default",
    *,
    tables: str | Path | Tables | None = None,
    history: LookUp | None = None,
    as_of: date | str | None = None,
) -> ClaimResult:
    """The result of one claim: a `Claim`, or whatever `Claim.from_dict` takes: a mapping, a record, JSON text.

    `policy` is the name of a built-in policy, a path to a TOML file, or a `Policy`; `tables` a path to a store,
    `Tables`, or None for the starter tables; `history` the member's earlier claims, which are read and never written;
    `as_of` the processing date: without it the claim's receipt date is used, and the clock is never read.

    A built-in policy and open `Tables` are ready for the next call; a path is read again on every call. For many
    claims, use `validate_claims` or a `Validator`, which also evaluate claims together.

    Errors: `PolicyError`, `TableError` and `HistoryError` if policy, tables or history cannot be used, `InputError` if
    `as_of` is not a date. A claim never raises, whatever it holds.

    >>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "99213", "units": "abc"}]})
    >>> result.ok, result.disposition
    (False, <Disposition.REJECTED: 'rejected'>)
    """
    named = isinstance(policy, Policy) or (isinstance(policy, str) and _is_named(policy))
    if named and not isinstance(policy, Path) and (tables is None or isinstance(tables, Tables)):
        validator = _ready(policy, tables)
        return (validator if history is None else validator.beside(history)).validate(claim, as_of)
    return Validator(policy, tables, history).validate(claim, as_of)


@lru_cache(maxsize=64)
def _is_named(policy: str) -> bool:
    return policy in Policy.names()


def _ready(policy: str | Policy, tables: Tables | None) -> Validator:
    """The validator of an earlier call, or a new one. Two stores at one path may hold different tables."""
    key = policy if isinstance(policy, str) else id(policy), id(tables)
    known = _READY.get(key)
    if known is None:
        if len(_READY) >= _MOST_READY:
            _READY.pop(next(iter(_READY)), None)
        known = _READY[key] = Validator(policy, tables), policy, tables
    return known[0]


_MOST_READY = 8
_READY: dict[tuple[str | int, int], tuple[Validator, str | Policy, Tables | None]] = {}
"""Validators by what they were made of, which is kept with them, so that nothing else has its id."""


@with_keywords(_KEYWORDS, _ONE_ARGUMENT)
def validate_claims(
    claims: Iterable[Claim | Mapping[str, Any] | Any],
    policy: str | Path | Policy = "default",
    *,
    tables: str | Path | Tables | None = None,
    history: LookUp | None = None,
    as_of: date | str | None = None,
    sort: bool = False,
) -> Iterator[ClaimResult]:
    """Results of many claims, in order or, with `sort`, by service date; see `Validator.validate_many`.

    Policy, tables and history are as in `validate_claim`, and so are the errors; they are loaded once. Claims of a list
    are evaluated given each other; those of an iterator as they are read, given those before.

    >>> visit = {"claim_type": "professional", "lines": [{"procedure_code": "99213", "units": 1, "charge": "125.00"}]}
    >>> [str(result.disposition) for result in validate_claims([visit, "no claim"])]
    ['rejected', 'rejected']
    >>> def colonoscopy(claim_id, code):
    ...     line = {"procedure_code": code, "units": 1, "charge": "900.00", "service_date": "2024-07-15"}
    ...     return {"claim_id": claim_id, "claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893",
    ...             "lines": [line]}
    >>> claims = [colonoscopy("A", "45378"), colonoscopy("B", "45380")]
    >>> [result.lines[0].deciding and result.lines[0].deciding.rule_id for result in validate_claims(claims)]
    ['NCCI101', None]
    >>> first, _ = validate_claims(iter(claims))
    >>> [entry.rules for entry in first.not_checked if entry.reason == "later_claims"]
    [('NCCI101', 'NCCI201', 'PRO104', 'PRO206', 'PRO207', 'STR603')]
    """
    return Validator(policy, tables, history).validate_many(claims, as_of, sort=sort)
