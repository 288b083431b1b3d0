"""Hidden policies: differences of many kinds, drawn with their values, and whether a learned policy has each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from claimcheck import Policy
from claimcheck.policies.parameter import fields_of, key_of, read
from claimcheck.policies.parameters.category_ii import Charge, Incentive, Incentives
from claimcheck.policies.parameters.frequency import Limit, Limits
from claimcheck.policies.parameters.ncci import AddOnCodes, Bypass, MedicallyUnlikely, ProcedureToProcedure, Settings
from claimcheck.policies.parameters.professional import Bilateral, Components, Several, SplitCare
from claimcheck.policies.parameters.visits import Complexity, OneADay
from claimcheck.remittance.learning import Proposal
from claimcheck.remittance.learning.candidate import RULES, plain

__all__ = ["KINDS", "Planted", "hidden", "twelve"]

_REFERENCE = "the payer's own"
_LATE = date(2030, 1, 1)
_WINDOWS = ("calendar_year", "rolling_12_months", "11_full_months", "lifetime", "rolling_6_months", "rolling_3_months")


@attrs.frozen
class Planted:
    """A difference: what the payer's policy says, whether a policy has it, and whether a proposal is that alone: the
    same codes, values and start, and nothing more.

    `kind` is what it is of; two of one `family` are not planted together.
    """

    kind: str
    family: str
    says: Mapping[str, Any]
    is_in: Callable[[Policy], bool]
    matches: Callable[[Proposal], bool]


def twelve(seed: int) -> list[Planted]:
    """Twelve differences of as many kinds, no two of one family."""
    draw = random.Random(seed)
    kinds = list(KINDS)
    draw.shuffle(kinds)
    chosen: list[Planted] = []
    for kind in kinds:
        planted = kind(draw)
        if planted.family not in {one.family for one in chosen}:
            chosen.append(planted)
    return chosen[:12]


def hidden(base: Policy, planted: list[Planted]) -> Policy:
    """The payer's policy."""
    said: dict[str, Any] = {"extends": base.paths[0]}
    limits: dict[date, list[Any]] = {}
    for one in planted:
        for family, parameters in one.says.items():
            if family == "rules":
                said.setdefault("rules", {"ignore": []})["ignore"].extend(parameters["ignore"])
                continue
            for name, entries in parameters.items():
                if (family, name) == ("frequency", "limits"):
                    for entry in entries:
                        limits.setdefault(entry.get("from", date.min), []).extend(entry["limits"])
                else:
                    said.setdefault(family, {})[name] = entries
    if limits:
        said["frequency"] = {"limits": list(_added_up(limits))}
    return Policy.from_dict(said)


def _added_up(limits: Mapping[date, list[Any]]) -> Iterator[dict[str, Any]]:
    so_far: list[Any] = []
    for start in sorted(limits):
        so_far = [*so_far, *limits[start]]
        yield {**({} if start == date.min else {"from": start}), "reference": _REFERENCE, "limits": so_far}


def _on(policy: Policy, parameter: type[Any], field: str, day: date = _LATE) -> Any:
    return getattr(policy.on(day)[parameter], field)


def _month(draw: random.Random) -> date:
    return date(2024, draw.choice((4, 5, 6, 7, 8)), 1)


def _starts_near(proposal: Proposal, start: date | None) -> bool:
    """Whether the proposal's date is the planted one, give or take a month."""
    found = proposal.evidence.start
    return found is None if start is None else found is not None and abs((found - start).days) <= 31


def _sets(proposal: Proposal, parameter: type[Any], start: date | None = None, **changed: Any) -> bool:
    """Whether the proposal is the default value of the parameter with these fields changed, and no others."""
    if proposal.key != key_of(parameter) or not _starts_near(proposal, start):
        return False
    default = Policy.load("default").on(_LATE)[parameter]
    return bool(read(parameter, proposal.candidate.values) == attrs.evolve(default, **changed))


def _ignores(proposal: Proposal, rule: str | None) -> bool:
    return proposal.key == RULES and proposal.candidate.values["ignore"] == [rule]


def _near(start: date, wanted: Callable[[date], bool]) -> bool:
    """Whether something holds from about the day on: not a month before, and a month after."""
    before = date(start.year, start.month - 1, 1) if start.month > 1 else date(start.year - 1, 12, 1)
    return wanted(date(start.year, start.month + 1, 2)) and not wanted(before)


# What a Category II line is paid.


def price(draw: random.Random) -> Planted:
    entry = {"accepts": ["0.00", "0.01"], "allowed": "0.01", "reference": _REFERENCE}
    return Planted(
        "price",
        "category_ii.charge",
        {"category_ii": {"charge": [entry]}},
        lambda policy: str(_on(policy, Charge, "allowed")) == "0.01",
        lambda proposal: _sets(proposal, Charge, allowed=Decimal("0.01")),
    )


def dated_price(draw: random.Random) -> Planted:
    start = _month(draw)
    before = {"accepts": ["0.00", "0.01"], "allowed": "0.00", "reference": _REFERENCE}
    after = {"from": start, "accepts": ["0.00", "0.01"], "allowed": "0.01", "reference": _REFERENCE}
    return Planted(
        "dated price",
        "category_ii.charge",
        {"category_ii": {"charge": [before, after]}},
        lambda policy: _near(start, lambda day: str(_on(policy, Charge, "allowed", day)) == "0.01"),
        lambda proposal: _sets(proposal, Charge, start, allowed=Decimal("0.01")),
    )


def companion(draw: random.Random) -> Planted:
    """Two codes are paid with one of some diagnoses."""
    codes = draw.sample(("2022F", "3023F", "1159F", "0518F"), 2)
    diagnoses = draw.choice((["E11"], ["J44"], ["I10"], ["E11", "N18"], ["J44", "I10"], ["E11.9"]))
    listed = {"codes": codes, "amount": draw.choice(("10.00", "15.00", "20.00")), "diagnoses": diagnoses}

    def is_listed(incentive: Incentive | None) -> bool:
        return (
            incentive is not None
            and str(incentive.amount) == listed["amount"]
            and all((tried in incentive.diagnoses) == _starts(tried, diagnoses) for tried in _TRIED)
        )

    def has(policy: Policy) -> bool:
        return all(is_listed(policy.on(_LATE)[Incentives].of(code)) for code in codes)

    def matches(proposal: Proposal) -> bool:
        if proposal.key != key_of(Incentives) or not _starts_near(proposal, None):
            return False
        found = read(Incentives, proposal.candidate.values).listed
        return {code for one in found for code in one.codes} == set(codes) and all(map(is_listed, found))

    return Planted(
        "companion diagnosis",
        "category_ii.incentives",
        {"category_ii": {"incentives": [{"listed": [listed], "reference": _REFERENCE}]}},
        has,
        matches,
    )


_TRIED = ("E11.9", "I10", "J44.9", "J44.1", "E78.5", "Z00.00", "M54.50", "N18.30")


def _starts(code: str, beginnings: list[str]) -> bool:
    return any(code.startswith(beginning) for beginning in beginnings)


# Frequency limits.


def _of_code(policy: Policy, code: str, day: date = _LATE) -> list[Limit]:
    return [limit for limit in policy.on(day)[Limits].limits if code in limit.codes]


def _limit(kind: str, codes: list[str], draw: random.Random, **given: Any) -> Planted:
    start = given.pop("start", None)
    own = {"name": f"ours of {codes[0]}", "codes": codes, "excess": "denied", "grouped": False, **given}
    if len(codes) > 1:
        own["group"] = f"ours of {codes[0]}"
    wanted = {"most": given.get("most", 1), "window": given["window"], "per": given.get("per", "member")}

    def is_it(limit: Limit) -> bool:
        return {name: getattr(limit, name) for name in wanted} == wanted and _together(limit, codes)

    def on(policy: Policy, day: date) -> bool:
        return all(any(map(is_it, _of_code(policy, code, day))) for code in codes)

    def has(policy: Policy) -> bool:
        return on(policy, _LATE) if start is None else _near(start, lambda day: on(policy, day))

    entry = {**({} if start is None else {"from": start}), "limits": [own], "reference": _REFERENCE}
    return Planted(
        kind,
        f"limit of {codes[0]}",
        {"frequency": {"limits": [entry]}},
        has,
        lambda proposal: (
            (limit := _limit_of(proposal)) is not None
            and set(limit.codes) == set(codes)
            and is_it(limit)
            and _starts_near(proposal, start)
        ),
    )


def _limit_of(proposal: Proposal) -> Limit | None:
    """The limit that is proposed; None if it is anything else, such as that a limit is dropped."""
    items = proposal.candidate.values["limits"] if proposal.key == key_of(Limits) else []
    if len(items) != 1 or "drops" in items[0]:
        return None
    return read(Limit, {name: value for name, value in items[0].items() if name != "replaces"})


def _together(limit: Limit, codes: list[str]) -> bool:
    return len(codes) == 1 or (limit.group is not None and all(code in limit.codes for code in codes))


def common_limit(draw: random.Random) -> Planted:
    return _limit("limit", ["99214"], draw, window=draw.choice(_WINDOWS), most=draw.choice((1, 2)))


def screening_limit(draw: random.Random) -> Planted:
    return _limit("window", [draw.choice(("G0101", "77067", "82270", "80061"))], draw, window=draw.choice(_WINDOWS))


def rare_limit(draw: random.Random) -> Planted:
    code = draw.choice(("99406", "G0442", "G0444"))
    return _limit("limit on a rarer code", [code], draw, window=draw.choice(_WINDOWS[:4]))


def provider_limit(draw: random.Random) -> Planted:
    per = draw.choice(("member_and_provider", "member_and_group"))
    return _limit("limit per provider", ["99212"], draw, window=draw.choice(_WINDOWS[:4]), per=per)


def group_limit(draw: random.Random) -> Planted:
    return _limit("group limit", ["G0438", "G0439"], draw, window=draw.choice(_WINDOWS[:4]))


def dated_limit(draw: random.Random) -> Planted:
    window = draw.choice(("calendar_year", "rolling_6_months", "rolling_3_months"))
    return _limit("dated limit", ["G0117", "G0118"], draw, window=window, start=_month(draw))


def changed_limit(draw: random.Random) -> Planted:
    """The limit that the policy in use has, of another window."""
    window = draw.choice(("rolling_12_months", "rolling_6_months", "calendar_month", "lifetime"))
    own = {"name": "ours", "codes": ["0001F-9007F"], "window": window, "replaces": "Category II, once a year"}
    return Planted(
        "window of a known limit",
        "category_ii limit",
        {"frequency": {"limits": [{"limits": [own], "reference": _REFERENCE}]}},
        lambda policy: [(one.window, one.most) for one in _of_code(policy, "3044F")] == [(window, 1)],
        lambda proposal: (
            (limit := _limit_of(proposal)) is not None
            and proposal.candidate.values["limits"][0].get("replaces") == own["replaces"]
            and (set(limit.codes), limit.window, limit.most) == (set(own["codes"]), window, 1)
            and _starts_near(proposal, None)
        ),
    )


# Edits.


def column_two(draw: random.Random) -> Planted:
    return Planted(
        "bypass",
        "ncci pairs",
        {"ncci": {"bypass": [{**_BYPASS, "distinct_service": "column_two"}]}},
        lambda policy: (
            _on(policy, Bypass, "distinct_service") == "column_two" and _on(policy, Bypass, "other") == "either"
        ),
        lambda proposal: _sets(proposal, Bypass, distinct_service="column_two"),
    )


def other_column_two(draw: random.Random) -> Planted:
    return Planted(
        "bypass of other modifiers",
        "ncci pairs",
        {"ncci": {"bypass": [{**_BYPASS, "other": "column_two"}]}},
        lambda policy: (
            _on(policy, Bypass, "other") == "column_two" and _on(policy, Bypass, "distinct_service") == "either"
        ),
        lambda proposal: _sets(proposal, Bypass, other="column_two"),
    )


_BYPASS = {"reference": _REFERENCE}


def exempt(draw: random.Random) -> Planted:
    return Planted(
        "modifier that exempts",
        "ncci pairs",
        {"ncci": {"settings": [{"exempt_modifiers": ["KX"], "reference": _REFERENCE}]}},
        lambda policy: _on(policy, Settings, "exempt_modifiers") == {"KX"},
        lambda proposal: _sets(proposal, Settings, exempt_modifiers=frozenset({"KX"})),
    )


def _unenforced(rule: str, kind: str, parameter: type[Any]) -> Callable[[random.Random], Planted]:
    def planted(draw: random.Random) -> Planted:
        return Planted(
            f"unenforced: {kind}",
            kind,
            {"rules": {"ignore": [rule]}},
            lambda policy: not policy.rules.selects(rule) or not _on(policy, parameter, "applies"),
            lambda proposal: _ignores(proposal, rule) or _sets(proposal, parameter, applies=False),
        )

    return planted


def dated_units(draw: random.Random) -> Planted:
    """Units are no longer limited from a day on."""
    start = _month(draw)
    family, name = "ncci", "medically_unlikely"
    return Planted(
        "units, from a day on",
        "units",
        {family: {name: [{"reference": _REFERENCE}, {"from": start, "applies": False, "reference": _REFERENCE}]}},
        lambda policy: _near(start, lambda day: not _on(policy, MedicallyUnlikely, "applies", day)),
        lambda proposal: _sets(proposal, MedicallyUnlikely, start, applies=False),
    )


def _stricter(kind: str, parameter: type[Any], field: str, then: str) -> Callable[[random.Random], Planted]:
    def planted(draw: random.Random) -> Planted:
        base = Policy.load("default").on(_LATE)[parameter]
        given = {name: plain(value) for name, value in fields_of(base).items()}
        key, name = (family := key_of(parameter)).split(".")
        return Planted(
            f"{'stricter' if then == 'deny' else 'laxer'}: {kind}",
            family,
            {key: {name: [{**given, field: then, "reference": _REFERENCE}]}},
            lambda policy: (
                _on(policy, parameter, field) == then or (then == "warn" and not policy.rules.selects(_RULES[family]))
            ),
            lambda proposal: (
                _sets(proposal, parameter, **{field: then}) or (then == "warn" and _ignores(proposal, _RULES[family]))
            ),
        )

    return planted


_RULES = {"professional.components": "PRO101", "visits.complexity": "PRO401"}


KINDS: tuple[Callable[[random.Random], Planted], ...] = (
    price,
    dated_price,
    companion,
    common_limit,
    screening_limit,
    rare_limit,
    provider_limit,
    group_limit,
    dated_limit,
    changed_limit,
    column_two,
    other_column_two,
    exempt,
    _unenforced("NCCI201", "units", MedicallyUnlikely),
    _unenforced("NCCI301", "add-on codes", AddOnCodes),
    _unenforced("NCCI101", "ncci pairs", ProcedureToProcedure),
    dated_units,
    _stricter("two visits a day", OneADay, "then", "deny"),
    _stricter("modifier 50", Bilateral, "not_bilateral", "deny"),
    _stricter("modifier 51", Several, "exempt", "deny"),
    _stricter("modifier 54", SplitCare, "otherwise", "deny"),
    _stricter("components", Components, "not_split", "warn"),
    _stricter("complexity of visits", Complexity, "then", "warn"),
)
