"""A service is covered for the diagnoses that a coverage article or national determination lists.

## What it checks
A line of a professional or outpatient institutional claim whose code is listed in a national coverage determination, or
in an article of one of the contractors that the policy names. Of the diagnoses that the line points to (on an
institutional claim, all diagnoses), at least one must be among those that the document covers, and at least one must
not be among those that it excludes.

## Why payers deny it
Medicare pays for what is reasonable and necessary. The documents say for which diagnoses a service is.

## Example
The lists are those of the Medicare Coverage Database as exported or your own; docs/tables-sources.md has their columns:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name)
>>> services, diagnoses = path / "coverage_procedure.csv", path / "coverage_diagnosis.csv"
>>> head = "code,effective,deletion,document"
>>> _ = services.write_text(f"{head},contractors,covered,noncovered\\n84443,,,190.22,,sure,no\\n")
>>> _ = diagnoses.write_text(f"{head},list,asterisk\\nE039,,,190.22,covered,no\\n")
>>> _ = add([services, diagnoses], path / "tables")
>>> line = {"procedure_code": "84443", "units": 1, "charge": "9.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "diagnoses": ["I10"], "lines": [{**line, "diagnosis_pointers": [1]}]}
>>> result = validate_claim(claim, policy="medicare", tables=Tables.open(path / "tables"))
>>> [(f.group_code, f.carc, f.rarcs, f.message) for f in result.findings if f.rule_id == "COV401"]
[('CO', '50', ('N386',), 'Code 84443 not covered by NCD 190.22 for the diagnoses of the line')]
>>> folder.cleanup()

## What it does not check
What a document says in prose: frequencies, second diagnoses, and which group of codes belongs to which; so when an
article has several groups, the line goes to review at most. Contractors that the policy does not name; when it names
none, lines that only contractor articles list are *not checked*. Inpatient bills. When the coverage lists are not
loaded, claims are *not checked*.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.coverage import Necessity
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.facts import ClaimDiagnosis, Line, Setting, WholeClaim
from claimcheck.rules.facts.whole_claim import pointed, pointers
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

_SERVICES = "coverage_procedure"
_DIAGNOSES = "coverage_diagnosis"
_REMEDY = correct("Point to the diagnosis that the service was given for", documented=True)


def _outcomes(remark: str, document: str) -> dict[str, Outcome]:
    rarcs = (remark,)
    decides = f"{document} does not cover the service, and `coverage.necessity.then` is"
    found = {
        "deny": Outcome(Severity.ERROR, Disposition.DENIED, "CO", "50", rarcs, remedy=_REMEDY),
        "review": Outcome(Severity.WARNING, Disposition.REVIEW, "CO", "50", rarcs, remedy=_REMEDY),
        "warn": Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "50", rarcs, remedy=_REMEDY),
    }
    patient = Outcome(Severity.ERROR, Disposition.DENIED, "PR", "50", rarcs, remedy=_REMEDY)
    unsure = {"review": ", or deny while an article of several groups leaves it open"}
    return {
        **{then: outcome.when(f"{decides} {then}{unsure.get(then, '')}") for then, outcome in found.items()},
        "patient": patient.when(f"{decides} deny; the line has one of `coverage.necessity.patient_pays`"),
    }


LOCAL, NATIONAL = _outcomes("N115", "a local article"), _outcomes("N386", "a national determination")


def _is_asked(setting: Setting) -> bool:
    covered = setting.professional or (setting.institutional and not setting.inpatient)
    return covered and setting.policy.on(None)[Necessity].applies


def _is_governed(line: Line) -> bool:
    if line.code is None or not line.policy[Necessity].applies:
        return False
    held = line.tables.code_list(_SERVICES, line.code)
    return isinstance(held, (Found, NotCovered))


@rule(
    id="COV401",
    name="medical-necessity",
    scope=Scope.CLAIM,
    phase=Phase.STATUS,
    reads=("claim", "setting", "lines", "diagnoses"),
    tables=(_SERVICES, _DIAGNOSES),
    outcomes=(*LOCAL.values(), *NATIONAL.values()),
    parameters=(Necessity,),
    needs=Needs(setting=_is_asked, code_list=_SERVICES, line=_is_governed, of_claim=pointers),
    sources=(
        "CMS, Medicare Coverage Database: articles, their HCPCS codes, and ICD-10-CM codes that are covered and not",
        "CMS, National Coverage Determinations Manual, sections 190.12 to 190.34: lists of codes by policy",
    ),
)
def medical_necessity(view: WholeClaim) -> Outcomes:
    """Reports services that a document does not cover for the line's diagnoses."""
    if not _is_asked(view.setting):
        return
    for position, line in enumerate(view.lines, 1):
        if not _is_governed(line):
            continue
        held = line.tables.code_list(_SERVICES, line.code or "")
        if isinstance(held, NotCovered):
            yield unchecked(held, lines=(position,))
            continue
        if not isinstance(held, Found):
            continue
        contractors = line.policy[Necessity].contractors
        rows = [row for row in held.value.rows if not row["contractors"] or contractors & {*row["contractors"].split()}]
        if not rows and not contractors:
            yield unchecked(Reason.MISSING_FIELD, lines=(position,))
        elif rows:
            yield from _of_line(view, position, line, held, rows)


def _of_line(view: WholeClaim, position: int, line: Line, held: Found[Any], rows: list[Mapping[str, str]]) -> Outcomes:
    if view.setting.professional and not line.has_pointers:
        yield unchecked(Reason.MISSING_FIELD, lines=(position,))
        return
    lists: list[list[Mapping[str, str]]] = []
    for diagnosis in _diagnoses(view, position):
        answer = line.tables.code_list(_DIAGNOSES, diagnosis.code or "")
        if isinstance(answer, NotCovered):
            yield unchecked(answer, lines=(position,))
            return
        lists.append(list(answer.value.rows) if isinstance(answer, Found) else [])
    for row in rows if lists else ():
        sure = _is_not_covered(row, lists)
        if sure is not None:
            yield _outcome(line, row, sure=sure)(
                f"Code {line.code} not covered by {_named(row)} for the diagnoses of the line",
                line=position,
                answer=held,
                source=line.policy.source(Necessity),
                code=line.code,
                document=row["document"],
                contractors=tuple(row["contractors"].split()),
            )
            return


def _is_not_covered(row: Mapping[str, str], lists: list[list[Mapping[str, str]]]) -> bool | None:
    """Whether a document's lists definitely cover none of the diagnoses; None if they may."""
    own = [{one["list"] for one in of if one["document"] == row["document"]} for of in lists]
    if row["noncovered"] == "yes" and all("noncovered" in named and "covered" not in named for named in own):
        return True
    if row["covered"] != "none" and not any("covered" in named for named in own):
        return row["covered"] == "sure"
    return None


def _outcome(line: Line, row: Mapping[str, str], *, sure: bool) -> Outcome:
    policy = line.policy[Necessity]
    outcomes = LOCAL if row["contractors"] else NATIONAL
    then = policy.then if sure or policy.then is not Then.DENY else Then.REVIEW
    return outcomes["patient" if then is Then.DENY and line.modifier_codes & policy.patient_pays else str(then)]


def _named(row: Mapping[str, str]) -> str:
    return f"{'article' if row['contractors'] else 'NCD'} {row['document']}"


def _diagnoses(view: WholeClaim, position: int) -> tuple[ClaimDiagnosis, ...]:
    """The well-formed diagnoses of a line: those it points to; on an institutional claim, all."""
    if view.setting.professional:
        return pointed(view, position)
    return tuple([diagnosis for diagnosis in view.diagnoses if diagnosis.code is not None])
