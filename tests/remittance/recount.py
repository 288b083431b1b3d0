"""A slow recount of a comparison: what the library's is held against.

It shares no code with the library. Claims and remittances are plain dictionaries, of the results only what each line is
expected to be is looked at, every question is asked of every pair, and every figure is added up by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

__all__ = ["NOT_A_DENIAL", "recount", "sums"]

Plain = Mapping[str, Any]
#: Of the reasons that are generated, those that set a price or share a cost.
NOT_A_DENIAL = ("1", "2", "23", "45", "253")
_LATER = {"2": 2, "20": 2, "3": 3, "21": 3}
_ZERO = Decimal(0)


def recount(
    claims: Sequence[Plain], results: Sequence[Any], files: Iterable[Plain], carcs_of: Callable[[str], Iterable[str]]
) -> dict[str, Any]:
    """Every figure: the lines with their classes, what has no partner by reason, and the sums by each thing.

    A file has `payer`, `payee`, `day` and `claims`; `carcs_of` are the reasons that a rule may give.
    """
    unmatched: Counter[str] = Counter()
    answers = _standing(files, unmatched)
    lines, seen = [], []
    for claim, result in zip(claims, results, strict=True):
        number = claim["claim_id"]
        if number is None:
            unmatched["claim without a number"] += 1
        elif str(result.disposition) == "superseded":
            unmatched["superseded claim"] += 1
        elif number in seen:
            unmatched["second claim of one number"] += 1
        elif not answers.get(number):
            unmatched["claim without a remittance"] += 1
        else:
            seen.append(number)
            lines += _lines(claim, result, answers[number], unmatched, carcs_of)
    unmatched["remittance without a claim"] += len([number for number in answers if number not in seen])
    return {
        "lines": lines,
        "unmatched": {reason: count for reason, count in unmatched.items() if count},
        "rules": _rules(lines),
        "carcs": _carcs(lines),
        "sums": {name: sums(lines, name) for name in ("agreement", "payer", "provider", "code", "month")},
        "denied": {name: sums([line for line in lines if line["actual"] == "denied"], name) for name in _GROUPED},
        "unexpected": {name: sums([line for line in lines if _is_unexpected(line)], name) for name in _GROUPED},
    }


_GROUPED = ("payer", "provider", "code", "month")


def _is_unexpected(line: Plain) -> bool:
    return line["agreement"] in ("denied though payable", "denied, not checked")


# What stands in the end.


def _standing(files: Iterable[Plain], unmatched: Counter[str]) -> dict[str, list[Any]]:
    said = []
    for place, file in enumerate(sorted(files, key=lambda file: file["day"])):
        said += [{**claim, "file": {**file, "place": place}} for claim in file["claims"]]
    told: dict[str, set[str]] = {}
    for one in said:
        if one["claim_id"] not in ("", "0"):
            told.setdefault(one["payer_claim_id"], set()).add(one["claim_id"])
    standing: dict[str, list[Any]] = {}
    for one in said:
        number = one["claim_id"]
        if number in ("", "0"):
            others = told.get(one["payer_claim_id"], set())
            number = next(iter(others)) if len(others) == 1 else None
        if number is None:
            unmatched["no claim number"] += 1
        elif one["status"] == "25":
            unmatched["predetermination"] += 1
        elif one["status"] == "23":
            unmatched["forwarded to another payer"] += 1
        elif one["status"] == "22":
            gone = _taken_back(one, standing.get(number, []))
            unmatched["reversed" if gone else "reversal of a payment that is not here"] += 1
            standing[number] = [other for other in standing.get(number, []) if not any(other is each for each in gone)]
        else:
            standing.setdefault(number, []).append(one)
    for number, given in standing.items():
        first = min((_LATER.get(one["status"], 1) for one in given), default=1)
        unmatched["answer of a later payer"] += sum(_LATER.get(one["status"], 1) > first for one in given)
        standing[number] = [one for one in given if _LATER.get(one["status"], 1) == first]
    return {number: given for number, given in standing.items() if given}


def _taken_back(reversal: Plain, standing: Sequence[Any]) -> list[Any]:
    def sums_to_nothing(*ones: Plain) -> bool:
        return all(sum(Decimal(one[name]) for one in (reversal, *ones)) == 0 for name in ("charge", "paid"))

    by_number = [one for one in standing if one["payer_claim_id"] == reversal["payer_claim_id"]]
    same = [one for one in standing if sums_to_nothing(one)]
    same_number = [one for one in same if any(one is other for other in by_number)]
    if same_number:
        return same_number[-1:]
    if same:
        return same[-1:]
    if by_number and sums_to_nothing(*by_number):
        return by_number
    return [one for one in by_number if one["file"]["day"] < reversal["file"]["day"]][-1:]


# Which line answers which.


def _lines(
    claim: Plain, result: Any, answers: Sequence[Any], unmatched: Counter[str], carcs_of: Callable[[str], Iterable[str]]
) -> Iterable[dict[str, Any]]:
    remitted = [{**line, "of": answer} for answer in answers for line in answer["lines"]]
    pairs: dict[int, list[Any]] = {}
    for agree in _BY_NUMBER:
        _pair(claim, remitted, pairs, agree)
    for line in remitted:
        _part(claim, line, pairs)
    for agree in _BY_CONTENT:
        _pair(claim, remitted, pairs, agree)
    unmatched["remitted line without a line"] += len(remitted) - sum(len(parts) for parts in pairs.values())
    whole = [answer for answer in answers if not answer["lines"]]
    for at, billed in enumerate(claim["lines"]):
        if at in pairs:
            of: list[Any] = []
            for part in pairs[at]:
                of += [] if any(part["of"] is one for one in of) else [part["of"]]
            yield _line(billed, at, result, pairs[at], of, carcs_of)
        elif whole:
            yield _line(billed, at, result, [], whole[-1:], carcs_of)
        else:
            unmatched["line without an answer"] += 1


def _is_used(line: Plain, pairs: Mapping[int, Sequence[Any]]) -> bool:
    return any(line is one for parts in pairs.values() for one in parts)


def _pair(
    claim: Plain,
    remitted: Sequence[Any],
    pairs: dict[int, list[Any]],
    agree: Callable[[int, Plain, Plain], bool],
) -> None:
    for at, billed in enumerate(claim["lines"]):
        for line in remitted:
            if at not in pairs and not _is_used(line, pairs) and agree(at, billed, line):
                pairs[at] = [line]


def _part(claim: Plain, line: Any, pairs: dict[int, list[Any]]) -> None:
    """Adds the line to the one that it is a part of."""
    for at, parts in pairs.items():
        if line["control_number"] and not _is_used(line, pairs):
            is_part = (line["control_number"], _names(line)) == (parts[0]["control_number"], _names(parts[0]))
            charges = sum(Decimal(part["charge"]) for part in (*parts, line))
            if is_part and charges <= Decimal(claim["lines"][at]["charge"]) > 0:
                parts.append(line)


def _names(line: Plain) -> str:
    """The code as billed."""
    return line["submitted"][0] if line.get("submitted") else line["code"]


def _billed_as(line: Plain) -> list[str]:
    return list(line["submitted"][1:]) if line.get("submitted") else list(line["modifiers"])


def _is_by_revenue(line: Plain) -> bool:
    return bool(line["qualifier"] == "NU" and not line.get("submitted"))


def _code(at: int, billed: Plain, line: Plain) -> bool:
    return not _is_by_revenue(line) and billed.get("procedure_code") == _names(line)


def _revenue(at: int, billed: Plain, line: Plain) -> bool:
    return _is_by_revenue(line) and billed.get("revenue_code") == line["code"]


def _revenue_alone(at: int, billed: Plain, line: Plain) -> bool:
    return _revenue(at, billed, line) and not billed.get("procedure_code")


def _own_number(at: int, billed: Plain, line: Plain) -> bool:
    return bool(line["control_number"]) and billed.get("line_control_number") == line["control_number"]


def _place(at: int, billed: Plain, line: Plain) -> bool:
    return bool(line["control_number"] == str(at + 1))


def _modifiers(at: int, billed: Plain, line: Plain) -> bool:
    return list(billed.get("modifiers", ())) == _billed_as(line)


def _day(at: int, billed: Plain, line: Plain) -> bool:
    return bool(billed["service_date"].replace("-", "") == line["day"])


def _charge(at: int, billed: Plain, line: Plain) -> bool:
    return Decimal(billed["charge"]) == Decimal(line["charge"])


def _all(*questions: Callable[[int, Plain, Plain], bool]) -> Callable[[int, Plain, Plain], bool]:
    return lambda at, billed, line: all(question(at, billed, line) for question in questions)


_BY_NUMBER = (_all(_own_number, _code), _all(_own_number, _revenue), _all(_place, _code), _all(_place, _revenue))
_BY_CONTENT = (
    _all(_code, _modifiers, _day, _charge),
    _all(_code, _day, _charge),
    _all(_code, _modifiers, _day),
    _all(_code, _charge),
    _all(_revenue_alone, _day, _charge),
    _all(_revenue_alone, _charge),
    _all(_revenue, _charge),
    _code,
    _revenue_alone,
    _all(_own_number, _day, _charge),
    _all(_place, _day, _charge),
)


# What each line is.


def _line(
    billed: Plain,
    at: int,
    result: Any,
    parts: Sequence[Any],
    of: Sequence[Any],
    carcs_of: Callable[[str], Iterable[str]],
) -> dict[str, Any]:
    stated = [
        (group, reason, Decimal(amount))
        for one in (*parts, *of)
        for group, triplets in one["adjustments"]
        for reason, amount, _ in triplets
    ]
    paid = sum((Decimal(one["paid"]) for one in (parts or of)), _ZERO)
    reasons = [reason for _, reason, _ in stated if reason not in NOT_A_DENIAL]
    if paid:
        actual = "paid"
    elif any(group == "PR" and reason in NOT_A_DENIAL and amount for group, reason, amount in stated):
        actual = "patient responsibility"
    else:
        is_denied = not stated and Decimal(billed["charge"]) and of[0]["status"] == "4"
        actual = "denied" if reasons or is_denied else "not paid"
    carcs = list(dict.fromkeys(reasons)) if actual == "denied" else []
    disposition, deciding = _expected(result, at)
    file = of[0]["file"]
    return {
        "claim_id": of[0]["claim_id"] if of[0]["claim_id"] not in ("", "0") else None,
        "at": at,
        "expected": disposition,
        "rule": None if deciding is None else deciding.rule_id,
        "carc": None if deciding is None else deciding.carc,
        "actual": actual,
        "carcs": carcs,
        "remarks": list(dict.fromkeys(code for one in (*parts, *of) for code in one["remarks"])),
        "charge": Decimal(billed["charge"]),
        "paid": paid if parts else _ZERO,
        "agreement": _agreement(result, at, actual, carcs, carcs_of),
        "payer": file["payer"],
        "provider": file["payee"],
        "code": billed.get("procedure_code") or billed.get("revenue_code"),
        "month": billed["service_date"][:7],
    }


def _expected(result: Any, at: int) -> tuple[str, Any]:
    """What is expected of a line: what its claim gets as a whole counts where that is stronger."""
    line = result.lines[at]
    order = ["payable", "report_only", "review", "denied", "rejected"]
    all_lines = [
        finding for finding in result.findings if finding.position is None and finding.disposition in order[2:]
    ]
    if result.receipt.claim_type == "institutional" and not any(
        str(one.disposition) == "rejected" for one in all_lines
    ):
        all_lines += [one.deciding for one in result.lines if str(one.disposition) == "rejected"]
    strongest = None
    for finding in all_lines:
        if strongest is None or order.index(finding.disposition) > order.index(strongest.disposition):
            strongest = finding
    if strongest is None or order.index(strongest.disposition) <= order.index(line.disposition):
        return str(line.disposition), line.deciding
    return str(strongest.disposition), strongest


def _agreement(
    result: Any, at: int, actual: str, carcs: Sequence[str], carcs_of: Callable[[str], Iterable[str]]
) -> str:
    line = result.lines[at]
    (expected, deciding), denied = _expected(result, at), actual == "denied"
    if expected in ("denied", "rejected", "review"):
        if denied:
            is_same = deciding is not None and deciding.carc in carcs
            return "came true" if is_same else "denied for another reason"
        return "paid, review expected" if expected == "review" else "paid though denial expected"
    if expected == "report_only":
        return "paid though report only" if actual == "paid" else "report only as expected"
    if not denied:
        return "came true"
    for entry in result.not_checked:
        if not entry.lines or line.line_number in entry.lines:
            for rule in entry.rules:
                if any(carc in carcs for carc in carcs_of(rule)):
                    return "denied, not checked"
    return "denied though payable"


# The sums.


def _rules(lines: Sequence[Plain]) -> list[tuple[Any, ...]]:
    """Rule, lines, came true, another reason, not denied, charges, paid, precision."""
    found = []
    ids = {line["rule"] for line in lines if line["expected"] in ("denied", "rejected") and line["rule"] is not None}
    for rule in ids:
        mine = [line for line in lines if line["expected"] in ("denied", "rejected") and line["rule"] == rule]
        true = [line for line in mine if line["actual"] == "denied" and line["carc"] in line["carcs"]]
        other = [line for line in mine if line["actual"] == "denied" and line["carc"] not in line["carcs"]]
        paid = [line for line in mine if line["actual"] != "denied"]
        sums = sum(line["charge"] for line in mine), sum(line["paid"] for line in mine)
        found.append((rule, len(mine), len(true), len(other), len(paid), *sums, len(true) / len(mine)))
    return sorted(found, key=lambda each: (-each[5], each[0]))


def _carcs(lines: Sequence[Plain]) -> list[tuple[Any, ...]]:
    """Reason, lines denied, expected, expected for another reason, charges, recall."""
    found = []
    for carc in {carc for line in lines for carc in line["carcs"]}:
        mine = [line for line in lines if carc in line["carcs"]]
        foreseen = [line for line in mine if line["expected"] in ("denied", "rejected", "report_only")]
        same = [line for line in foreseen if line["carc"] == carc]
        charges = sum(line["charge"] for line in mine)
        found.append((carc, len(mine), len(same), len(foreseen) - len(same), charges, len(same) / len(mine)))
    return sorted(found, key=lambda each: (-each[4], each[0]))


def sums(lines: Sequence[Plain], name: str) -> dict[Any, tuple[int, Decimal, Decimal]]:
    """Lines, charges, paid."""
    return {
        value: (
            len([line for line in lines if line[name] == value]),
            sum((line["charge"] for line in lines if line[name] == value), _ZERO),
            sum((line["paid"] for line in lines if line[name] == value), _ZERO),
        )
        for value in {line[name] for line in lines}
    }
