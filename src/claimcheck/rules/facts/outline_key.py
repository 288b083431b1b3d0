"""From a claim to the key of its outline: what all its outline rules depend on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

import attrs

from claimcheck.claims import Claim, OccurrenceCode, Problem, Unreadable, ValueCode
from claimcheck.codes import clia, mbi
from claimcheck.rules.facts.claim_codes import NO_CODE_FLAGS, code_flags, codes_of, procedures_of
from claimcheck.rules.facts.claim_dates import claim_date_flags
from claimcheck.rules.facts.code import CodeField, read_code
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis
from claimcheck.rules.facts.present import read_present
from claimcheck.rules.facts.total import AGREES, read_total

__all__ = ["DiagnosesOutline", "LinesOutline", "codes_in_order", "outline_key", "repeated_codes"]


@attrs.define(eq=False)
class DiagnosesOutline:
    """The diagnoses of a claim in outline."""

    kinds: tuple[tuple[str, str], ...]  #: the role and version of each
    repeated: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
    codes: tuple[tuple[str, str], ...] = ()


@attrs.define(eq=False)
class LinesOutline:
    """The lines of a claim in outline.

    `placed`, if not 0, says that each has its own place of service, `charges_nothing` that each charges $0.00; `clia`
    are invalid numbers by position; `totals` the positions of lines with revenue code 0001, which hold the sum of the
    others. `added` is the sum of the charges, if each is an amount in whole cents.
    """

    how_many: int
    placed: int
    charges_nothing: int
    added: Decimal | None = None
    clia: tuple[tuple[int, CodeField], ...] = ()
    totals: frozenset[int] = frozenset()


def outline_key(
    claim: Claim, frame: Frame, lines: LinesOutline, diagnoses: DiagnosesOutline, *, asks_for_mbi: bool
) -> tuple[Any, ...]:
    """The fields of a claim's `OutlineKey`, from the outlines of its lines and diagnoses."""
    placed = bool(lines.how_many and lines.placed)
    missing, unreadable, identifiers, has_codes = read_present(claim, lines.how_many, every_line_placed=placed)
    return (
        missing,
        unreadable,
        _all_problems(claim, diagnoses) if has_codes or claim.problems or diagnoses.problems else (),
        identifiers,
        lines.clia if claim.clia is None else _clia(claim, lines.clia),
        mbi.is_valid(claim.member_id) if asks_for_mbi and isinstance(claim.member_id, str) else None,
        claim_date_flags(claim, frame),
        diagnoses.kinds,
        diagnoses.repeated,
        diagnoses.codes,
        procedures_of(claim) if has_codes else (),
        tuple(code for code in claim.condition_codes if isinstance(code, str)) if has_codes else (),
        codes_of(claim.occurrence_codes, OccurrenceCode) if has_codes else (),
        codes_of(claim.value_codes, ValueCode) if has_codes else (),
        code_flags(claim) if has_codes else NO_CODE_FLAGS,
        *_of_stay(claim),
        lines.how_many,
        lines.how_many > 0 and lines.charges_nothing != 0,
        lines.how_many > 1 and _repeats_numbers(claim),
        AGREES
        if lines.added is not None and lines.added == claim.total_charge
        else read_total(claim.total_charge, claim.lines, lines.totals),
    )


def _all_problems(claim: Claim, diagnoses: DiagnosesOutline) -> tuple[Problem, ...]:
    """All problems with the form of the claim and of the small values in its lists."""
    rest = _problems(chain(claim.procedures, claim.occurrence_codes, claim.value_codes))
    return (*claim.problems, *diagnoses.problems, *rest)


def _problems(values: Iterable[Any]) -> tuple[Problem, ...]:
    return tuple([problem for value in values if value.__class__ is not Unreadable for problem in value.problems])


def _clia(claim: Claim, of_lines: tuple[tuple[int, CodeField], ...]) -> tuple[tuple[int | None, CodeField], ...]:
    own = read_code(clia.parse, claim.clia)
    return ((None, own), *of_lines) if own.wrong else of_lines


def _repeats_numbers(claim: Claim) -> bool:
    numbers = [line.line_number for line in claim.lines if line.line_number.__class__ is int]
    if len({*numbers}) < len(numbers):
        return True
    return bool(claim.problems) and any(problem.kind == "repeated_line_number" for problem in claim.problems)


def repeated_codes(diagnoses: Sequence[ClaimDiagnosis]) -> tuple[tuple[str, int], ...]:
    """The diagnoses listed more than once, as people write them, and how often."""
    shown = [text for diagnosis in diagnoses if diagnosis.role in ("principal", "other") and (text := diagnosis.shown)]
    return tuple((code, times) for code, times in Counter(shown).items() if times > 1)


def codes_in_order(diagnoses: Sequence[ClaimDiagnosis]) -> tuple[tuple[str, str], ...]:
    """Role and code of the well-formed diagnoses in ICD-10-CM, principal and others, in order."""
    return tuple(
        [
            (one.role, one.code)
            for one in diagnoses
            if one.code is not None and one.role in ("principal", "other") and one.version == "ICD-10-CM"
        ]
    )


def _of_stay(claim: Claim) -> tuple[str | None, str | None, str | None]:
    """Patient status, type of admission, and point of origin: rarely present except on institutional claims."""
    status, kind, origin = claim.patient_status, claim.admission_type, claim.admission_source
    if status is None and kind is None and origin is None:
        return _NO_STAY
    return _upper(status), _upper(kind), _upper(origin)


def _upper(value: str | Unreadable | None) -> str | None:
    return value.upper() if isinstance(value, str) else None


_NO_STAY = (None, None, None)
