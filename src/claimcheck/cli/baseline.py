"""A baseline: the findings that are already known, so that a run fails only for new ones.

A finding is identified by a keyed digest of its rule, claim, line position, and evidence: nothing of a claim can be
read from the file, and without it nobody can test claim ids against another baseline. A change in the evidence (one
more unit, another pair) is a new finding; a change of wording is not.

>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 1, "charge": "-5.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_id": "A1", "claim_type": "professional", "lines": [line]})
>>> baseline = Baseline(b"0" * 16, frozenset())
>>> known = Baseline(b"0" * 16, frozenset(baseline.marks(result)[:1]))
>>> known.new(result) == result.findings[1:], baseline.new(result) == result.findings
(True, True)
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import attrs

from claimcheck.claims import ClaimResult, Finding
from claimcheck.errors import InputError
from claimcheck.io.out.target import replaced, writing

__all__ = ["Baseline", "Mark"]

Mark = tuple[str, str]
"""The rule of a finding and its digest."""

_FORMAT = 1
_KEY = 16  #: bytes
_NONE = "no baseline, as `claimcheck check --write-baseline FILE` writes one"


@attrs.frozen
class Baseline:
    """The marks of known findings, and the key of their digests. `writing`: all findings are to become known."""

    key: bytes = attrs.field(repr=False)
    known: frozenset[Mark] = attrs.field(repr=False)
    writing: bool = False

    @classmethod
    def read(cls, file: str) -> Baseline:
        """The baseline in a file. InputError if it is not one."""
        try:
            plain = json.loads(Path(file).read_bytes())
            if plain["claimcheck_baseline"] != _FORMAT:
                raise InputError("a baseline from another version of claimcheck: write it again", file=file)
            key = bytes.fromhex(plain["key"])
            marks = frozenset((str(rule), str(mark)) for rule, found in plain["findings"].items() for mark in found)
        except OSError as error:
            raise InputError(f"the baseline cannot be read: {error.strerror}", file=file) from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise InputError(_NONE, file=file) from None
        if len(key) != _KEY:
            raise InputError(_NONE, file=file)
        return cls(key, marks)

    @classmethod
    def begun(cls, file: str) -> Baseline:
        """A baseline to be written to a file, with the key of an existing one there, so that unchanged findings keep
        their marks."""
        key = cls.read(file).key if Path(file).exists() else secrets.token_bytes(_KEY)
        return cls(key, frozenset(), writing=True)

    def marks(self, result: ClaimResult) -> list[Mark]:
        """The marks of a result's findings, in order."""
        claim = result.claim_id or json.dumps(result.receipt.reads.get("claim"), sort_keys=True, default=str)
        return [(finding.rule_id, self._digest(claim, finding)) for finding in result.findings]

    def new(self, result: ClaimResult) -> tuple[Finding, ...]:
        """The findings of a result that are not known."""
        if self.writing:
            return ()
        marks = zip(self.marks(result), result.findings, strict=True)
        return tuple(finding for mark, finding in marks if mark not in self.known)

    def hiding(self, result: ClaimResult) -> ClaimResult:
        """The result for display, without known findings: dispositions stay as they are."""
        if self.writing:
            return result
        new = set(map(id, self.new(result)))
        if len(new) == len(result.findings):
            return result
        lines = tuple(
            attrs.evolve(line, findings=tuple(one for one in line.findings if id(one) in new)) for line in result.lines
        )
        return attrs.evolve(result, lines=lines, findings=tuple(one for one in result.findings if id(one) in new))

    @property
    def digest(self) -> str:
        """A digest that identifies this baseline."""
        return blake2b(json.dumps(sorted(self.known)).encode(), digest_size=16, key=self.key).hexdigest()

    def _digest(self, claim: str, finding: Finding) -> str:
        evidence = sorted((name, str(value)) for name, value in finding.evidence.items())
        parts = json.dumps([claim, finding.rule_id, finding.position, finding.related_lines, evidence])
        return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=10, key=self.key).hexdigest()

    def write(self, file: str, marks: Iterable[Mark]) -> int:
        """Writes these marks to a baseline file and returns their number. InputError if it cannot be written."""
        by_rule = defaultdict(list)
        for rule, mark in sorted(set(marks)):
            by_rule[rule].append(mark)
        plain = {"claimcheck_baseline": _FORMAT, "key": self.key.hex(), "findings": by_rule}
        with replaced(file) as path, writing(file):
            path.write_text(json.dumps(plain, indent=1) + "\n")
        return sum(map(len, by_rule.values()))
