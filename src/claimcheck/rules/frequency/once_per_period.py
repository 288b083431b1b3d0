"""A service that exceeds its frequency limit is not paid.

## What it checks
Each frequency limit of the policy: in one period a service is paid a given number of times at most, per member (or per
member and provider, or billing group).

- **A service** is a group of codes that report one thing, such as the four HbA1c results, or a group that the policy
  names. Another result code of the same test does not start a new count; neither does another doctor, unless the
  limit is per provider or billing group.
- **The period** is the calendar year or month of the service date, a policy year, a number of months from a paid
  service (the same day twelve months later is allowed), Medicare's full months after the month of a service (11, 23,
  47, 119), a pregnancy (identified by its delivery date) or a trimester of it, or the member's lifetime.
- **After another service**: a limit may also set a waiting period after a different service, such as 47 full months
  from a screening sigmoidoscopy (G0104) to a screening colonoscopy (G0121).
- **Lines of one day** count once where the policy says so: the two components of a test, or the bills of the physician
  and of the facility.
- **A line that exceeds the limit** is denied, unless the limit says otherwise or is for CPT Category II codes only,
  which are still accepted as reports.
- **Order**: services are counted by service date, then received date, claim and line. If one claim reports several
  blood pressure codes for one day, the lowest reading counts first: quality measures take it as the day's result.
- **Not counted**: lines that are rejected, denied, voided or replaced, lines with an exclusion modifier, and lines that
  exceed a limit; where the policy says so, lines that are not paid.

## Why payers deny it
The payer covers the service, or pays an incentive for a Category II report, a limited number of times per period. A
report over the limit is not paid, but still accepted: a second HbA1c result in the year must still be reported, because
the quality measure uses the latest one. A service over its limit, such as a second annual wellness visit, is denied.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "0.00", "service_date": day}
...     for code, day in (("3046F", "2024-08-15"), ("3044F", "2024-02-01"))
... ]
>>> result = validate_claim({"claim_type": "professional", "member_id": "M1", "lines": lines})
>>> [(line.line_number, str(line.disposition), line.deciding.carc) for line in result.lines]
[(1, 'report_only', '119'), (2, 'report_only', '246')]
>>> result.lines[0].deciding.message
'Frequency limit exceeded: HbA1c result (3046F), 1 per member per calendar year; reported only, not paid'

## What it does not check
What the member received under another payer. Services on earlier claims when there is no history, and limits per
pregnancy or trimester without a delivery date: *not checked*.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.codes import cpt
from claimcheck.history.winners import unsettled
from claimcheck.money import ZERO
from claimcheck.policies.parameters.category_ii import Results
from claimcheck.policies.parameters.frequency import Excess, Limit, Limits, Per, Window, months_of
from claimcheck.rules.facts import Service, Use
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked

REMEDY_EXCESS = not_paid("Nothing has to change: the report is accepted")
REMEDY_DENIED = not_paid("Not paid again in this period; rebill only if the earlier service was not paid")
REMEDY_DENIED_IN_LIFETIME = not_paid("Nothing: the service is paid once in a lifetime")

EXCESS = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "119", ("N435",), remedy=REMEDY_EXCESS)
EXCESS_IN_12_MONTHS = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "119", ("M90",), remedy=REMEDY_EXCESS)
EXCESS_IN_LIFETIME = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "PR", "149", remedy=REMEDY_EXCESS)
#: A report is never charged to the patient.
EXCESS_IN_LIFETIME_OF_REPORTS = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "149", remedy=REMEDY_EXCESS)
DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "119", ("N435",), remedy=REMEDY_DENIED)
DENIED_IN_12_MONTHS = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "119", ("M90",), remedy=REMEDY_DENIED)
DENIED_IN_LIFETIME = Outcome(Severity.ERROR, Disposition.DENIED, "PR", "149", remedy=REMEDY_DENIED_IN_LIFETIME)
DENIED_IN_LIFETIME_OF_REPORTS = Outcome(
    Severity.ERROR, Disposition.DENIED, "CO", "149", remedy=REMEDY_DENIED_IN_LIFETIME
)

#: In any period; once in twelve months; in a lifetime; reports in a lifetime.
_OUTCOMES = {
    Excess.REPORT_ONLY: (EXCESS, EXCESS_IN_12_MONTHS, EXCESS_IN_LIFETIME, EXCESS_IN_LIFETIME_OF_REPORTS),
    Excess.DENIED: (DENIED, DENIED_IN_12_MONTHS, DENIED_IN_LIFETIME, DENIED_IN_LIFETIME_OF_REPORTS),
}
_WHENS = (
    "in any period but these",
    "once in 12 months or 11 full months",
    "once in a lifetime, of any other service",
    "once in a lifetime, of a Category II code",
)
_PERIODS = {
    Window.CALENDAR_YEAR: "per calendar year",
    Window.POLICY_YEAR: "per policy year",
    "calendar_month": "per calendar month",
    Window.PREGNANCY: "per pregnancy",
    Window.TRIMESTER: "per trimester",
    Window.LIFETIME: "per lifetime",
}
_PER = {
    Per.MEMBER: "per member",
    Per.MEMBER_AND_PROVIDER: "per member and rendering provider",
    Per.MEMBER_AND_GROUP: "per member and billing provider",
}
_DECIDED = {
    Excess.REPORT_ONLY: "over a limit that leaves the line a report",
    Excess.DENIED: "over a limit that denies the line",
}
_THEN = {
    Excess.REPORT_ONLY: "reported only, not paid",
    Excess.DENIED: "rebill only if an earlier line was not paid",
}


@rule(
    id="FRQ101",
    name="once-per-period",
    scope=Scope.MEMBER,
    phase=Phase.FREQUENCY,
    reads=("limit", "name", "uses", "over_limit", "unknown", "ungrouped"),
    tables=("service_group",),
    outcomes=tuple(
        outcome.when(f"{_DECIDED[then]}: {period}")
        for then, some in _OUTCOMES.items()
        for outcome, period in zip(some, _WHENS, strict=True)
    ),
    parameters=(Limits, Results),
    sources=(
        "Anthem Blue Cross and Blue Shield Ohio Medicaid, CPT Category II code additional reimbursements, 2024-04-10",
        "Empire BlueCross BlueShield HealthPlus, CPT Category II code reimbursements, 2023-05-31: once per pregnancy",
        "Blue Cross Blue Shield of North Dakota, Controlling high blood pressure: the lowest reading of the day counts",
        "X12, claim adjustment reason codes 119 and 149; CMS, remittance advice remark codes N435 and M90",
        "CMS Change Request 7079 (2011-02-15): annual wellness visits, G0438 once in a lifetime (CARC 149)",
        "Medicare Claims Processing Manual, chapter 18, section 140: G0439 after eleven full months",
        "42 CFR 410.37(e), (g) and (i): screening sigmoidoscopies, colonoscopies and barium enemas after one another",
    ),
)
def once_per_period(service: Service) -> Outcomes:
    """Stops payment for each use beyond the limit, and reports uses whose grouping is unknown."""
    beyond, open_ones = service.over_limit, unsettled(service.limit, service.uses, service.over_limit)
    undelivered, unknown = [], []
    for place, use in enumerate(service.uses):
        if use.position is None or not use.counts or not use.limited:
            continue
        if place in beyond:
            yield _excess(service, [service.uses[winner] for winner in beyond[place]], use, use.position)
        elif place in open_ones:
            undelivered.append(use.position)
        else:
            unknown.append(use.position)
    for reason, positions in (
        (Reason.MISSING_FIELD, undelivered),
        (service.unknown, unknown),
        (service.ungrouped, unknown),
    ):
        if reason is not None and positions:
            yield unchecked(reason, lines=tuple(positions))


def _excess(service: Service, winners: list[Use], use: Use, position: int) -> Raised:
    limit = service.limit
    return _outcome(limit, use.code)(
        # Not how many: earlier claims may come later, and the message must not change.
        f"Frequency limit exceeded: {_limited(service, use, winners)}; {_THEN[limit.when_exceeded]}",
        line=position,
        related=tuple(winner.position for winner in winners if winner.position is not None),
        scheduled=ZERO,
        source=limit.reference or None,
        limit=limit.name,
        service=service.name,
        most=limit.most,
        window=limit.window,
        per=limit.per,
        on_another_claim=any(winner.position is None for winner in winners),
    )


def _limited(service: Service, use: Use, winners: list[Use]) -> str:
    limit = service.limit
    others = [winner.code for winner in winners if winner.code in limit.after and winner.code != use.code]
    if others:
        return f"{use.code} {_period(limit.window)} after the month of {others[-1]}".replace(" in ", " within ", 1)
    named = use.code if service.name == use.code else f"{_shown(service.name)} ({use.code})"
    return f"{named}, {limit.most} {_PER[limit.per]} {_period(limit.window)}"


def _period(window: str) -> str:
    months = months_of(window)
    if months is None:
        return _PERIODS[window]
    unit = "day" if months.days else "full month" if months.full else "month"
    return f"in {months.number} {unit}{'s' if months.number > 1 else ''}"


def _shown(service: str) -> str:
    """A group's name as people write it: "HbA1c result" for `hba1c_result`."""
    return service.replace("_", " ").replace("hba1c", "HbA1c")


def _outcome(limit: Limit, code: str) -> Outcome:
    plain, in_12_months, in_lifetime, of_reports = _OUTCOMES[limit.when_exceeded]
    if limit.window == Window.LIFETIME:
        return of_reports if cpt.is_valid(code) and code.endswith("F") else in_lifetime
    # M90: not covered more than once in twelve months.
    once = limit.most == 1 and limit.window in (Window.ROLLING_12_MONTHS, Window.ELEVEN_FULL_MONTHS)
    return in_12_months if once else plain
