"""A manifestation is no principal diagnosis.

## What it checks
Where a list of one's own (`manifestation`) is loaded: that the principal diagnosis is none of its codes.

## Why payers deny it
The code says how a disease shows itself, and follows the code of the disease.

## Example
The list is a CSV file with the columns code, effective and deletion, whose name says "manifestation":

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name)
>>> _ = path.joinpath("manifestation.csv").write_text("code,effective,deletion\\nH42,,\\n")
>>> _ = add([path / "manifestation.csv"], path / "tables")
>>> line = {"procedure_code": "99213", "service_date": "2024-07-01"}
>>> claim = {"claim_type": "professional", "diagnoses": ["H42"], "lines": [line]}
>>> result = validate_claim(claim, tables=Tables.open(path / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "COD206"]
['H42 is a manifestation, and cannot be the principal diagnosis']
>>> folder.cleanup()

## What it leaves alone
Everything, where no such list is loaded. Manifestations in any other role.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import ClaimDiagnosis
from claimcheck.rules.facts.lists import is_loaded
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import CodeListEntry, Found, Lookup, NotCovered

PRINCIPAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",))

_LIST = "manifestation"


@rule(
    id="COD206",
    name="manifestation",
    scope=Scope.DIAGNOSIS,
    phase=Phase.ACTIVITY,
    reads=("code", "role", "shown", "tables"),
    outcomes=(PRINCIPAL,),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 86; Medicare Code Editor, manifestation as principal",
        "CDC and CMS, ICD-10-CM Official Guidelines, section I.A.13",
    ),
)
def manifestation(diagnosis: ClaimDiagnosis) -> Outcomes:
    """Rejects a manifestation that stands first."""
    if diagnosis.code is None or diagnosis.role != "principal" or not is_loaded(diagnosis.tables, _LIST):
        return
    held = _ask(diagnosis, diagnosis.code)
    if isinstance(held, Found):
        message = f"{diagnosis.shown} is a manifestation, and cannot be the principal diagnosis"
        yield PRINCIPAL(message, answer=held, code=diagnosis.shown)
    elif isinstance(held, NotCovered):
        yield unchecked(held)


def _ask(diagnosis: ClaimDiagnosis, code: str) -> Lookup[CodeListEntry]:
    """What the list says of the diagnosis, with or without its dot."""
    held = diagnosis.tables.code_list(_LIST, code)
    return held if isinstance(held, Found) else diagnosis.tables.code_list(_LIST, diagnosis.shown)
