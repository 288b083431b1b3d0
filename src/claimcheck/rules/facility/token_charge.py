"""A drug is not paid at a token charge of $1.00 or less.

## What it checks
On the outpatient bills that the policy names, a drug or biological (by its OPPS status indicator) with a charge of more
than $0.00 but less than $1.01, and a code that is only ever billed at a token charge, with a higher one. By default
these are edits 117 (from 2021-07-01, indicators G, K, and K1) and 82 (C9898) of the Integrated Outpatient Code Editor.
The editor's text leaves open whether $0.00 is accepted for C9898; the policy decides.

## Why payers deny it
A drug that the hospital received free is not paid, and one that it bought is not billed for a cent. C9898 reports that
a radiolabeled product was given during an earlier inpatient stay; it has no price of its own.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0636", "procedure_code": "C9898", "units": 1, "charge": "150.00"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "statement_from": "2024-07-15",
...                          "statement_through": "2024-07-15", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC201"]
['Charge of C9898 exceeds the token charge: at most $1.00 allowed']

## What it does not check
CPT Category II codes, whose token charges follow a different convention (CAT101). Drugs at $0.00. Charges that cannot
be read. When the editor's own tables are loaded, FAC514 reports edit 117 instead, by how the drug is paid on the claim;
without them, a drug that is packaged into a comprehensive service is denied, too.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import TokenCharges
from claimcheck.rules.facility.edit import PROCEDURES
from claimcheck.rules.facts import ChargeKind, Line
from claimcheck.rules.remedies import change_charge
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

REMEDY_DRUG_AT_TOKEN = change_charge("Give the charge of the drug, if the hospital bought it")
REMEDY_NOT_A_TOKEN = change_charge("Bill the token charge")

DRUG_AT_TOKEN = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "16", ("M79",), remedy=REMEDY_DRUG_AT_TOKEN)
NOT_A_TOKEN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M79",), remedy=REMEDY_NOT_A_TOKEN)


@rule(
    id="FAC201",
    name="token-charge",
    scope=Scope.LINE,
    phase=Phase.PRICE,
    reads=("setting", "code", "is_category_ii", "charge", "policy", "tables"),
    tables=("opps", PROCEDURES),
    outcomes=(
        DRUG_AT_TOKEN.when("a drug is billed at a token charge"),
        NOT_A_TOKEN.when("a code for a token charge is billed above it"),
    ),
    parameters=(TokenCharges,),
    sources=("CMS, Integrated Outpatient Code Editor, edits 82 and 117",),
)
def token_charge(line: Line) -> Outcomes:
    """Denies drugs at a token charge; rejects token codes above it."""
    if not line.setting.institutional or line.is_category_ii or line.code is None:
        return
    tokens = line.policy[TokenCharges]
    if line.code in tokens.token_only:
        if line.setting.is_one_of(tokens.token_bills) and _is_no_token(line, tokens):
            message = f"Charge of {line.code} exceeds the token charge: at most $1.00 allowed"
            yield NOT_A_TOKEN(message, source=line.policy.source(TokenCharges), code=line.code)
    elif line.charge.small and line.setting.is_one_of(tokens.drug_bills) and not _is_decided_elsewhere(line):
        answer = line.tables.opps(line.code)
        if isinstance(answer, NotCovered):
            yield unchecked(answer)
        elif isinstance(answer, Found) and answer.value.status_indicator in tokens.drug_status_indicators:
            indicator = answer.value.status_indicator
            yield DRUG_AT_TOKEN(
                f"Token charge of ${line.charge.small} not payable for drug {line.code} "
                f"(OPPS status indicator {indicator})",
                answer=answer,
                source=line.policy.source(TokenCharges),
                code=line.code,
                status_indicator=indicator,
                charge=line.charge.small,
            )


def _is_decided_elsewhere(line: Line) -> bool:
    """Whether the editor's own table knows the code: then the claim says how the drug is paid (FAC514)."""
    return isinstance(line.tables.code_list(PROCEDURES, line.code or ""), Found)


def _is_no_token(line: Line, tokens: TokenCharges) -> bool:
    if line.charge.kind is ChargeKind.SMALL:
        return not line.charge.small and not tokens.zero_is_token
    return line.charge.kind is ChargeKind.AMOUNT
