"""A separately paid drug is not paid at a token charge.

## What it checks
On the outpatient bills that the policy names, a drug or biological whose final OPPS status indicator is G, K, or K1,
with a charge of more than $0.00 but less than $1.01. A drug that is packaged on the claim, for example with a
comprehensive service, has no such indicator. This is edit 117 of the Integrated Outpatient Code Editor, from
2021-07-01.

## Why payers deny it
A drug that the hospital received free is not paid, and one that it bought is not billed for a cent.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0636", "procedure_code": "J9271", "units": 1, "charge": "0.01",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC514" in entry.rules]
['no_table']

## What it does not check
Drugs at $0.00, charges that cannot be read, and CPT Category II codes. Without the editor's tables, FAC201 uses the
status indicator of Addendum B, whatever else is on the claim.
"""

from __future__ import annotations

from claimcheck.policies.parameters.facility import Observation, TokenCharges
from claimcheck.rules.facility.edit import PROCEDURES, Edited, edited, runs_editor
from claimcheck.rules.facility.payment import GROUPS, PAIRS, REVENUE, Paid, paid
from claimcheck.rules.facility.token_charge import DRUG_AT_TOKEN
from claimcheck.rules.facts import Line, Setting, WholeClaim
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

__all__ = ["DRUG_AT_TOKEN", "is_at_token_charge"]


def _pays_for_drugs(setting: Setting) -> bool:
    given = setting.policy.parameters.get(TokenCharges, ())
    return any(setting.is_one_of(entry.value.drug_bills) for entry in given) and runs_editor(setting)


def _has_token_charge(line: Line) -> bool:
    return bool(line.charge.small) and line.code is not None and not line.is_category_ii


def is_at_token_charge(line: Edited, how: Paid, view: WholeClaim) -> bool:
    """Whether the line, paid so, is a drug at a token charge, on a bill on which none is paid."""
    tokens = view.policy[TokenCharges]
    if how.status not in tokens.drug_status_indicators or not _has_token_charge(line.line):
        return False
    return view.setting.is_one_of(tokens.drug_bills)


@rule(
    id="FAC514",
    name="drug-at-token-charge",
    scope=Scope.CLAIM,
    phase=Phase.PRICE,  # how a line is paid hangs on what denies others
    reads=("setting", "lines", "edited", "days", "policy"),
    tables=(PROCEDURES, GROUPS, REVENUE, PAIRS),
    outcomes=(DRUG_AT_TOKEN,),
    parameters=(TokenCharges, Observation),
    needs=Needs(setting=_pays_for_drugs, code_list=PROCEDURES, line=_has_token_charge),
    sources=("CMS, Integrated Outpatient Code Editor, edit 117",),
)
def drug_at_token_charge(view: WholeClaim) -> Outcomes:
    """Denies drugs at a token charge that are paid apart."""
    if not view.setting.is_one_of(view.policy[TokenCharges].drug_bills):
        return
    lines, silent = edited(view)
    yield from silent
    for line, how in zip(lines, paid(lines, view), strict=True):
        if is_at_token_charge(line, how, view):
            charge = line.line.charge.small
            yield DRUG_AT_TOKEN(
                f"Token charge of ${charge} not payable for drug {line.code} (OPPS status indicator {how.status})",
                line=line.position,
                source=view.policy.source(TokenCharges),
                edit=117,
                code=line.code,
                status_indicator=how.status,
                charge=charge,
            )
