"""A claim is an object whose fields are known, from a file without broken segments.

## What it checks
That the claim is an object of fields and values, and not a list or a text. That no key is unknown: a misspelt key would
else pass for a missing field, so the finding names the field that was probably meant, never the key. That the file that
the claim was read from had no segment that X12 does not allow, and separates as it says that it does.

## Why payers deny it
What cannot be read cannot be processed: a file with broken segments comes back with a 999 or a 277CA.

## Example
>>> from claimcheck import validate_claim
>>> [finding.message for finding in validate_claim([]).findings if finding.rule_id == "STR101"]
['the claim is no object of fields and values, but a list']
>>> result = validate_claim({"claimtype": "professional"})
>>> [finding.evidence["probably"] for finding in result.findings if finding.rule_id == "STR101"]
['claim_type']

## What it leaves alone
What the fields hold. Lines that are no objects, which another rule names.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Problem, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule

NOT_AN_OBJECT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",))
MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",))
UNKNOWN_KEY = Outcome(Severity.INFO, Disposition.PAYABLE)
OTHER_SEPARATOR = Outcome(Severity.WARNING, Disposition.PAYABLE)
OTHER_VERSION = Outcome(Severity.INFO, Disposition.PAYABLE)


@rule(
    id="STR101",
    name="claim-form",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("problems",),
    outcomes=(NOT_AN_OBJECT, MALFORMED, UNKNOWN_KEY, OTHER_SEPARATOR, OTHER_VERSION),
    sources=("X12 005010X222A1 and 005010X223A2, appendix B (nomenclature); X12 005010X231A1 (999)",),
)
def claim_form(view: Outline) -> Outcomes:
    """Says what is wrong with the form of the claim, beside its values."""
    for problem in view.problems:
        yield _finding(problem)


def _finding(problem: Problem) -> Raised:
    match problem.kind:
        case "not_an_object":
            return NOT_AN_OBJECT(f"the claim is no object of fields and values, but {problem.detail}")
        case "unknown_key":
            meant = f"; {problem.field} was probably meant" if problem.field else ""
            return UNKNOWN_KEY(f"a key is no field of its object, and is not read{meant}", probably=problem.field)
        case "other_separator":
            return OTHER_SEPARATOR(f"the claim was read by the separator that it uses: {problem.detail}")
        case "older_version" | "newer_version":
            return OTHER_VERSION(f"the file is of another version of X12: {problem.detail}")
        case _:
            what = problem.kind.removeprefix("malformed_")
            return MALFORMED(f"a {what} is malformed: {problem.detail}")
