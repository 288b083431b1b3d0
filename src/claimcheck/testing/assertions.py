"""Assertions on claims, which fail with the full result.

>>> from claimcheck.testing import a_claim, a_line
>>> claim = a_claim(a_line("45378"), a_line("45380"))
>>> assert_finding(claim, "NCCI101", line=2)  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
AssertionError: expected NCCI101 on line 2; it was found on line 1
<BLANKLINE>
claim: payable (errors, not fully checked)
line 1 45378: denied
  error NCCI101: Column-two code 45378 is bundled into 45380 on the same day; modifier not allowed (indicator 0)
...

"Not checked" is not "clean" in tests either: `assert_clean` and `assert_no_finding` fail if a rule that applies could
not run, unless the test accepts the reason.

>>> claim = a_claim("99213")
>>> assert_no_finding(claim, "NCCI301")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
AssertionError: expected that NCCI301 finds nothing; it was not checked: starter_table
...
>>> assert_no_finding(claim, "NCCI301", accept_unchecked=["starter_table"]).ok
True
>>> assert_no_finding(claim, "NCCI1O1")
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: NCCI1O1 is no rule of this validator; did you mean NCCI101?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

import claimcheck

if TYPE_CHECKING:
    from claimcheck import Claim, ClaimResult, Finding, NotChecked, Validator

__all__ = ["assert_clean", "assert_finding", "assert_no_finding", "assert_ok"]


def assert_ok(
    claim: Claim | Mapping[str, Any] | Any, *, validator: Validator | None = None, as_of: Any = None
) -> ClaimResult:
    """Fails if a finding is an error. It does not fail for what was not checked: see `assert_clean`.

    `claim` is a `Claim`, a mapping, or a result; without a `validator`, the default policy and the starter tables are
    used. If the validator has no history, the member has no other claims. Returns the result.
    """
    __tracebackhide__ = True
    result = _verdict(claim, validator, as_of)
    errors = [finding for finding in result.findings if finding.severity == "error"]
    if errors:
        raise AssertionError(_readable(f"expected no error; found {', '.join(map(_named, errors))}", result))
    return result


def assert_clean(
    claim: Claim | Mapping[str, Any] | Any,
    *,
    accept_unchecked: Iterable[str] = (),
    validator: Validator | None = None,
    as_of: Any = None,
) -> ClaimResult:
    """Fails if a finding is an error, or if something that applies was not checked.

    `accept_unchecked` names the reasons (`claimcheck.Reason`) that the test accepts: "starter_table", "no_table",
    "no_history", ... Returns the result.
    """
    __tracebackhide__ = True
    result = assert_ok(claim, validator=validator, as_of=as_of)
    left = _left(result.not_checked, accept_unchecked)
    if left:
        raise AssertionError(_readable(f"expected a clean claim; not checked: {'; '.join(map(str, left))}", result))
    return result


def assert_finding(
    claim: Claim | Mapping[str, Any] | Any,
    rule: str,
    *,
    line: int | None = None,
    validator: Validator | None = None,
    as_of: Any = None,
    **fields: Any,
) -> Finding:
    """Fails unless `rule` (an id or a name) has a finding: on the line with that number, if given.

    `fields` are what else the finding must have: `severity="error"`, `disposition="denied"`, `carc="236"`. Returns the
    finding.
    """
    __tracebackhide__ = True
    judge = validator or _default()
    rule_id = _rule_id(judge, rule)
    result = _verdict(claim, judge, as_of)
    found = [finding for finding in result.findings if finding.rule_id == rule_id]
    for finding in found:
        if line in (None, finding.line_number) and all(getattr(finding, name) == fields[name] for name in fields):
            return finding
    wanted = f"{rule_id}{'' if line is None else f' on line {line}'}{''.join(_described(fields))}"
    raise AssertionError(_readable(f"expected {wanted}; {_instead(rule_id, found, fields, result)}", result))


def assert_no_finding(
    claim: Claim | Mapping[str, Any] | Any,
    rule: str,
    *,
    line: int | None = None,
    accept_unchecked: Iterable[str] = (),
    validator: Validator | None = None,
    as_of: Any = None,
) -> ClaimResult:
    """Fails if `rule` has a finding (on that line, if given), or could not be checked there."""
    __tracebackhide__ = True
    judge = validator or _default()
    rule_id = _rule_id(judge, rule)
    result = _verdict(claim, judge, as_of)
    found = [f for f in result.findings if f.rule_id == rule_id and line in (None, f.line_number)]
    if found:
        raise AssertionError(
            _readable(f"expected that {rule_id} finds nothing; found {', '.join(map(_named, found))}", result)
        )
    unchecked = [
        entry
        for entry in _left(result.not_checked, accept_unchecked)
        if rule_id in entry.rules and (line is None or not entry.lines or line in entry.lines)
    ]
    if unchecked:
        reasons = ", ".join(str(entry.reason) for entry in unchecked)
        raise AssertionError(_readable(f"expected that {rule_id} finds nothing; it was not checked: {reasons}", result))
    return result


def _instead(rule_id: str, found: Iterable[Finding], fields: Mapping[str, Any], result: ClaimResult) -> str:
    """What there is instead of the expected finding."""
    if found:
        return f"it was found {'; '.join(_placed(found, fields))}"
    unchecked = [str(entry.reason) for entry in result.not_checked if rule_id in entry.rules]
    return f"it was not checked: {', '.join(unchecked)}" if unchecked else "it found nothing"


def _readable(headline: str, result: ClaimResult) -> str:
    """The message of a failed assertion: what was expected, and the result in readable form."""
    return f"{headline}\n\n{result}"


@cache
def _default() -> Validator:
    return claimcheck.Validator()


def _verdict(claim: Claim | Mapping[str, Any] | Any, validator: Validator | None, as_of: Any) -> ClaimResult:
    """The result, for a member without other claims unless the validator's history has some."""
    if isinstance(claim, claimcheck.ClaimResult):
        return claim
    judge = validator or _default()
    if judge.history is None:
        judge = judge.beside(claimcheck.MemoryHistory())
    return judge.validate(claim, as_of)


def _rule_id(validator: Validator, rule: str) -> str:
    """The id of the intended rule: a misspelled one must not pass for a rule without findings."""
    for known in validator.rules:
        if rule in (known.id, known.name):
            return known.id
    names = [name for known in validator.rules for name in (known.id, known.name)]
    near = get_close_matches(rule, names, n=1)
    meant = f"did you mean {near[0]}?" if near else "claimcheck.rules.registry.all_rules() holds all there are"
    raise claimcheck.InputError(f"{rule} is no rule of this validator; {meant}")


def _left(unchecked: Iterable[NotChecked], accepted: Iterable[str]) -> list[NotChecked]:
    reasons = {claimcheck.Reason(reason) for reason in accepted}
    return [entry for entry in unchecked if entry.reason not in reasons]


def _place(finding: Finding) -> str:
    return "on the claim" if finding.line_number is None else f"on line {finding.line_number}"


def _named(finding: Finding) -> str:
    return f"{finding.rule_id} {_place(finding)}"


def _described(fields: Mapping[str, Any]) -> Iterator[str]:
    return (f", {name} {value}" for name, value in fields.items())


def _placed(found: Iterable[Finding], fields: Mapping[str, Any]) -> Iterator[str]:
    for finding in found:
        yield _place(finding) + "".join(_described({name: getattr(finding, name) for name in fields}))
