"""A claim has known fields, and its file has valid segments.

## What it checks
A claim must be an object with fields and values, not a list or text. Unknown fields are reported, because a misspelled
field would otherwise pass for a missing one: the finding names the field that was probably meant, and quotes the
unknown name only when it is made of words of known fields, because any other name could be a person's. Two names for
one field (`pos` and `place_of_service`) must have the same value. The file that the claim was read from must not have
segments that X12 does not allow, and must use the separators it declares. Other content of the file, such as an 835, is
named and skipped.

## Why payers deny it
A file with invalid segments cannot be processed and is returned with a 999 or a 277CA.

## Example
>>> from claimcheck import validate_claim
>>> [finding.message for finding in validate_claim([]).findings if finding.rule_id == "STR101"]
['Claim not readable: expected an object of fields and values, found a list; for several claims use validate_claims']
>>> result = validate_claim({"claim_typ": "professional"})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR101"]
["Unknown field 'claim_typ' ignored; did you mean 'claim_type'?"]

## What it does not check
The values of the fields, and lines that are not objects; the requirements of the X12 guides. Other rules check these.
"""

from __future__ import annotations

from claimcheck.claims import GUIDE_PROBLEMS, Disposition, Problem, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule

REMEDY_NOT_AN_OBJECT = correct("Give the claim as an object with fields and values")
REMEDY_MALFORMED = correct("Correct the segments of the file that the message names")
REMEDY_CONFLICT = correct("Give the field once, under one name")
REMEDY_OTHER_SEPARATOR = correct("Use the separators that the file declares")

NOT_AN_OBJECT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_NOT_AN_OBJECT)
MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_MALFORMED)
UNKNOWN_KEY = Outcome(Severity.INFO, Disposition.PAYABLE)
CONFLICT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_CONFLICT)
OTHER_SEPARATOR = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY_OTHER_SEPARATOR)
OTHER_VERSION = Outcome(Severity.INFO, Disposition.PAYABLE)
PASSED_OVER = Outcome(Severity.INFO, Disposition.PAYABLE)

_ADVICE = {
    "a list": "; for several claims use validate_claims",
    "text of": "; for a file use claimcheck.io.read_claims",
    "bytes": "; for a file use claimcheck.io.read_claims",
    "a path": "; for a file use claimcheck.io.read_claims",
    "a FHIR resource": "; read it with claimcheck.io.read_claims",
    "a data frame": "; use claimcheck.frames.validate_frame",
}


@rule(
    id="STR101",
    name="claim-form",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("problems",),
    outcomes=(
        NOT_AN_OBJECT.when("the claim is not an object of fields and values"),
        MALFORMED.when("a segment of the file is malformed"),
        UNKNOWN_KEY.when("a field has an unknown name"),
        CONFLICT.when("a field is given under two names with different values"),
        OTHER_SEPARATOR.when("the file uses another component separator than its ISA16 declares"),
        OTHER_VERSION.when("the file has another X12 version or guide than the claim needs"),
        PASSED_OVER.when("the file holds other content than claims"),
    ),
    sources=("X12 005010X222A1 and 005010X223A2, appendix B (nomenclature); X12 005010X231A1 (999)",),
)
def claim_form(view: Outline) -> Outcomes:
    """Reports problems with the form of the claim."""
    for problem in view.problems:
        if problem.kind != "read_as" and problem.kind not in GUIDE_PROBLEMS:
            yield _finding(problem)


def unknown(problem: Problem) -> str:
    """The message for an unknown key."""
    named = f"Unknown field {problem.detail!r}" if problem.detail else "Unknown field"
    field, of_line, _ = (problem.field or "").partition(" of a service line")
    if of_line:
        return f"{named} ignored; as {field!r} of a service line it belongs in lines=[{{...}}]"
    return f"{named} ignored; did you mean {problem.field!r}?" if problem.field else f"{named} ignored"


def conflict(problem: Problem) -> str:
    """The message for two keys of one field that disagree."""
    return (
        f"Fields {problem.detail!r} and {problem.field!r} have the same meaning but different values; send one of them"
    )


def _malformed(problem: Problem) -> str:
    what, (place, colon, fault) = problem.kind.removeprefix("malformed_"), problem.detail.partition(": ")
    if not place.startswith(f"{what} "):
        return f"{what.capitalize()} malformed: {problem.detail}"
    return f"{place.capitalize()} malformed{colon}{fault}"


def _finding(problem: Problem) -> Raised:
    match problem.kind:
        case "not_an_object":
            advice = next((said for begins, said in _ADVICE.items() if problem.detail.startswith(begins)), "")
            return NOT_AN_OBJECT(
                f"Claim not readable: expected an object of fields and values, found {problem.detail}{advice}"
            )
        case "unknown_key":
            return UNKNOWN_KEY(unknown(problem), probably=problem.field)
        case "conflicting_fields":
            return CONFLICT(conflict(problem), field=problem.field)
        case "other_separator":
            place = problem.detail.replace(": ", ", ")
            return OTHER_SEPARATOR(f"Component separator differs from ISA16, read as used: {place}")
        case "older_version" | "newer_version":
            return OTHER_VERSION(f"X12 version differs from 005010: {problem.detail}")
        case "other_guide":
            return OTHER_VERSION(f"Implementation guides in the file differ: {problem.detail}")
        case "passed_over":
            return PASSED_OVER(f"File contents other than claims skipped: {problem.detail}")
        case _:
            return MALFORMED(_malformed(problem))
