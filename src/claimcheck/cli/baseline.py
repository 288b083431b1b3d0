"""A baseline: the findings that are known today, so that a run fails for new ones alone.

A finding is told by a keyed digest of its rule, its claim, the place of its line, and its evidence: nothing of a claim
can be read in the file, and nobody without it can try claim ids against another's. What changes the evidence (a unit
more, another pair) is a new finding; what only rewords it is not.

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
"""The rule of a finding, and its digest."""

_FORMAT = 1
_KEY = 16  #: bytes
_NONE = "no baseline, as `claimcheck check --write-baseline FILE` writes one"


@attrs.frozen
class Baseline:
    """The marks of known findings, and the key of their digests. `writing`: all that is found is to be known."""

    key: bytes = attrs.field(repr=False)
    known: frozenset[Mark] = attrs.field(repr=False)
    writing: bool = False

    @classmethod
    def read(cls, file: str) -> Baseline:
        """The baseline in a file. InputError where it is none."""
        try:
            plain = json.loads(Path(file).read_bytes())
            if plain["claimcheck_baseline"] != _FORMAT:
                raise InputError("a baseline of another version of claimcheck: write it anew", file=file)
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
        """One that is to be written to a file: with the key of the baseline there, so that what stays is the same."""
        key = cls.read(file).key if Path(file).exists() else secrets.token_bytes(_KEY)
        return cls(key, frozenset(), writing=True)

    def marks(self, result: ClaimResult) -> list[Mark]:
        """The marks of a verdict's findings, in their order."""
        claim = result.claim_id or json.dumps(result.receipt.reads.get("claim"), sort_keys=True, default=str)
        return [(finding.rule_id, self._digest(claim, finding)) for finding in result.findings]

    def new(self, result: ClaimResult) -> tuple[Finding, ...]:
        """The findings of a verdict that are not known."""
        if self.writing:
            return ()
        marks = zip(self.marks(result), result.findings, strict=True)
        return tuple(finding for mark, finding in marks if mark not in self.known)

    def hiding(self, result: ClaimResult) -> ClaimResult:
        """The verdict without the findings that are known, to be looked at: what they decided stays."""
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
        """Tells this baseline from any other."""
        return blake2b(json.dumps(sorted(self.known)).encode(), digest_size=16, key=self.key).hexdigest()

    def _digest(self, claim: str, finding: Finding) -> str:
        evidence = sorted((name, str(value)) for name, value in finding.evidence.items())
        said = json.dumps([claim, finding.rule_id, finding.position, finding.related_lines, evidence])
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=10, key=self.key).hexdigest()

    def write(self, file: str, marks: Iterable[Mark]) -> int:
        """Writes these marks as the baseline of a file; how many they are. InputError where it cannot be written."""
        by_rule = defaultdict(list)
        for rule, mark in sorted(set(marks)):
            by_rule[rule].append(mark)
        plain = {"claimcheck_baseline": _FORMAT, "key": self.key.hex(), "findings": by_rule}
        with replaced(file) as path, writing(file):
            path.write_text(json.dumps(plain, indent=1) + "\n")
        return sum(map(len, by_rule.values()))
