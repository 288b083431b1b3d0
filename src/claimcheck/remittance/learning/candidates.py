"""The values that a payer's policy might have, as far as what was remitted gives reason to try them.

Nothing is tried without a line that the policy in use does not explain: trying is judging claims again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from claimcheck.claims import Claim, Diagnosis, ServiceLine
from claimcheck.codes import cpt
from claimcheck.money import CENT
from claimcheck.policies import Policy
from claimcheck.policies.parameter import fields_of
from claimcheck.policies.parameters.category_ii import Charge, Incentives
from claimcheck.policies.parameters.frequency import Limit, Limits, Per, Window
from claimcheck.remittance.comparison import Agreement, ComparedLine
from claimcheck.remittance.learning.candidate import RULES, Candidate, parameter_of, plain

__all__ = ["candidates"]

#: Denials for a benefit that is used up (X12 code list 139): maximum reached, frequency, once in a lifetime.
_USED_UP = frozenset(("119", "149", "151", "273"))
_WINDOWS = tuple(window for window in Window if window is not Window.PREGNANCY)
_MOST = (1, 2, 3)


def _is_category_ii(line: ServiceLine) -> bool:
    return isinstance(line.procedure_code, str) and cpt.is_valid(line.procedure_code) and line.procedure_code[4] == "F"


def _has_modifier(line: ServiceLine) -> bool:
    return bool(line.modifiers)


def _has_several_units(line: ServiceLine) -> bool:
    return isinstance(line.units, Decimal) and line.units > 1


def _has_procedure(line: ServiceLine) -> bool:
    return line.procedure_code is not None


#: Parameters of which every choice is tried, with the fields that are varied and the lines that they may decide. That a
#: person reviews a line is none: it fits whatever the payer does.
_CHOICES: tuple[tuple[str, Mapping[str, Sequence[Any]], Callable[[ServiceLine], bool]], ...] = (
    (
        "ncci.bypass",
        {"distinct_service": ("either", "column_two"), "other": ("either", "column_two")},
        _has_modifier,
    ),
    ("ncci.medically_unlikely", {"line_edits_only": (False, True), "clinical": ("deny",)}, _has_several_units),
    ("ncci.add_on_codes", {"without_primary": ("deny",)}, _has_procedure),
    ("category_ii.alone", {"then": ("allow", "warn", "reject")}, _is_category_ii),
)


Found = tuple[Claim, ServiceLine, ComparedLine]
"""A service line that was answered, with its claim."""


def candidates(policy: Policy, found: Sequence[Found], least: int) -> Iterator[Candidate]:
    """What is worth trying: where at least `least` lines are not explained by the policy in use."""
    yield from _charges(policy, found, least)
    yield from _rules_not_enforced(found, least)
    yield from _choices(policy, found, least)
    yield from _limits(policy, found, least)
    yield from _new_limits(found, least)
    yield from _incentives(policy, found, least)


def _charges(policy: Policy, found: Sequence[Found], least: int) -> Iterator[Candidate]:
    """What the payer accepts on a Category II line, and what it pays for one."""
    reports = [answer for _, line, answer in found if _is_category_ii(line)]
    if len(reports) < least:
        return
    zero, now = Decimal("0.00"), policy.on(None)[Charge]
    choices = product(((zero,), (CENT,), (zero, CENT)), (zero, CENT))
    for accepts, allowed in _nearest_first(choices, (now.accepts, now.allowed)):
        if allowed <= max(accepts):
            values = {"accepts": list(map(str, accepts)), "allowed": str(allowed)}
            title = f"Category II lines accepted at {' or '.join(map(str, accepts))}, paid {allowed}"
            yield Candidate("category_ii.charge", "category_ii.charge", values, title, _is_category_ii)


def _nearest_first(choices: Iterable[tuple[Any, ...]], now: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The choices other than what is now, those first that change least: of two that explain as much it is taken."""
    changed = [(sum(one != other for one, other in zip(choice, now, strict=True)), choice) for choice in choices]
    return [choice for count, choice in sorted(changed, key=lambda pair: pair[0]) if count]


def _rules_not_enforced(found: Sequence[Found], least: int) -> Iterator[Candidate]:
    """Rules that expected a denial which the payer did not make."""
    paid: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for _, line, answer in found:
        if answer.agreement is Agreement.PAID_THOUGH_DENIED and answer.rule_id is not None:
            paid[answer.rule_id].add(str(line.procedure_code))
            count[answer.rule_id] += 1
    for rule_id, codes in paid.items():
        if count[rule_id] >= least:
            title = f"{rule_id} is not enforced"
            yield Candidate(_family(rule_id), RULES, {"ignore": [rule_id]}, title, _has_code(codes))


def _family(rule_id: str) -> str:
    """Rules whose parameters are tried as well: only the best of both is proposed."""
    return {"NCCI101": "ncci.bypass", "NCCI201": "ncci.medically_unlikely", "NCCI301": "ncci.add_on_codes"}.get(
        rule_id, rule_id
    )


def _choices(policy: Policy, found: Sequence[Found], least: int) -> Iterator[Candidate]:
    for key, fields, concerns in _CHOICES:
        unexplained = [answer for _, line, answer in found if concerns(line) and _is_unexplained(answer)]
        if len(unexplained) < least:
            continue
        now = policy.on(None)[parameter_of(key)]
        for values in product(*fields.values()):
            chosen = dict(zip(fields, values, strict=True))
            if any(str(getattr(now, name)) != str(value) for name, value in chosen.items()):
                title = ", ".join(f"{name} {value}" for name, value in chosen.items())
                given = {**{name: plain(own) for name, own in fields_of(now).items()}, **chosen}
                yield Candidate(key, key, given, title, concerns)


def _is_unexplained(answer: ComparedLine) -> bool:
    return answer.agreement not in (Agreement.CAME_TRUE, Agreement.REPORT_ONLY)


def _limits(policy: Policy, found: Sequence[Found], least: int) -> Iterator[Candidate]:
    """Other counts, windows and groups of the limits that the policy has."""
    for limit in policy.on(None)[Limits].limits:
        concerned = [answer for _, line, answer in found if line.procedure_code in limit.codes]
        unexplained = sum(
            _is_unexplained(answer) or (answer.rule_id == "FRQ101") != _is_used_up(answer) for answer in concerned
        )
        if unexplained < least:
            continue
        choices = product(_MOST, _WINDOWS, Per)
        for most, window, per in _nearest_first(choices, (limit.most, limit.window, limit.per)):
            own = {**plain(limit), "name": f"{limit.name}, as remitted", "replaces": limit.name}
            own |= {"most": most, "window": str(window), "per": str(per)}
            own.pop("reference", None)
            title = f"{limit.name}: {most} {_words(per)} {_words(window)}"
            yield Candidate(f"limit {limit.name}", "frequency.limits", {"limits": [own]}, title, _within(limit))


def _new_limits(found: Sequence[Found], least: int) -> Iterator[Candidate]:
    """Limits on codes that were denied because a benefit is used up, which no rule expected."""
    denied: Counter[str] = Counter()
    for _, line, answer in found:
        if _is_used_up(answer) and answer.rule_id != "FRQ101" and isinstance(line.procedure_code, str):
            denied[line.procedure_code] += 1
    codes = sorted(code for code, count in denied.items() if count >= least)
    groups = [(code,) for code in codes] + ([tuple(codes)] if len(codes) > 1 else [])
    for group in groups:
        for most, window, per in product(_MOST, _WINDOWS, Per):
            name = " and ".join(group)
            own = {
                "name": f"{name}, as remitted",
                "codes": list(group),
                "most": most,
                "window": str(window),
                "per": str(per),
                "excess": "denied",
                **({"group": name} if len(group) > 1 else {"grouped": False}),
            }
            title = f"{name}: {most} {_words(per)} {_words(window)}"
            yield Candidate(f"limit {name}", "frequency.limits", {"limits": [own]}, title, _has_code(group))


def _is_used_up(answer: ComparedLine) -> bool:
    return not answer.paid and not _USED_UP.isdisjoint(answer.actual_carcs)


def _incentives(policy: Policy, found: Sequence[Found], least: int) -> Iterator[Candidate]:
    """Category II codes that were paid an amount of their own, and the diagnoses with which they were."""
    by_code: dict[str, list[tuple[Claim, ComparedLine]]] = defaultdict(list)
    for claim, line, answer in found:
        if _is_category_ii(line):
            by_code[str(line.procedure_code)].append((claim, answer))
    now = policy.on(None)[Incentives]
    listed = []
    for code, lines in sorted(by_code.items()):
        amounts = Counter(answer.paid for _, answer in lines if answer.paid > CENT)
        if amounts.total() < least or now.of(code) is not None:
            continue
        amount = amounts.most_common(1)[0][0]
        diagnoses = _companions([(claim, answer.paid == amount) for claim, answer in lines], least)
        listed.append({"codes": [code], "amount": str(amount), **({"diagnoses": diagnoses} if diagnoses else {})})
    if listed:
        codes = {code for one in listed for code in one["codes"]}
        values = {**plain(now), "listed": [*map(plain, now.listed), *listed]}
        title = "; ".join(map(_incentive, listed))
        yield Candidate("category_ii.incentives", "category_ii.incentives", values, title, _has_code(codes))


def _incentive(listed: Mapping[str, Any]) -> str:
    diagnoses = f" with {', '.join(listed['diagnoses'])}" if "diagnoses" in listed else ""
    return f"{listed['codes'][0]} paid {listed['amount']}{diagnoses}"


def _companions(lines: Iterable[tuple[Claim, bool]], least: int) -> list[str]:
    """The diagnosis categories (three characters) with which a code was paid; none where it did not depend on any."""
    paid: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    unpaid = 0
    for claim, is_paid in lines:
        unpaid += not is_paid
        for category in _categories(claim):
            seen[category] += 1
            paid[category] += is_paid
    if unpaid < least:
        return []
    return sorted(category for category, count in seen.items() if count >= least and paid[category] > 0.8 * count)


def _categories(claim: Claim) -> set[str]:
    return {entry.code[:3] for entry in claim.diagnoses if isinstance(entry, Diagnosis) and isinstance(entry.code, str)}


def _has_code(codes: Collection[str]) -> Callable[[ServiceLine], bool]:
    wanted = frozenset(codes)
    return lambda line: line.procedure_code in wanted


def _within(limit: Limit) -> Callable[[ServiceLine], bool]:
    return lambda line: line.procedure_code in limit.codes


def _words(value: Any) -> str:
    return str(value).replace("_", " ") if isinstance(value, Window) else "per " + str(value).replace("_", " ")
