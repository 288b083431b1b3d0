"""Claims of a frame judged by classes: what is alike is judged once, and by the engine.

A claim falls into parts on which nothing else of it has a bearing: each group of lines that may have a part in each
other's verdicts (see `claimcheck.frames.companions`), each diagnosis, and the claim itself. Two parts of one class get
one verdict. For each class a claim of the frame that has such a part is given to the engine, whole as it is; what it
says of that part is kept, and holds for every other part of the class. What no class can hold (see
`claimcheck.frames.irregular`) is left to be judged claim by claim.
"""

from __future__ import annotations

import attrs

from claimcheck.frames.chunk import Chunk
from claimcheck.frames.combinations import Combinations
from claimcheck.frames.companions import Companions
from claimcheck.frames.diagnoses import DiagnosisWords
from claimcheck.frames.engine import Bench
from claimcheck.frames.features import Eras
from claimcheck.frames.fields import Fields
from claimcheck.frames.headers import Headers, Known
from claimcheck.frames.irregular import Listed, needs_whole_claims
from claimcheck.frames.lines import Pointers
from claimcheck.frames.plain import PlainPlaces, PlainUnits
from claimcheck.frames.templates import Templates
from claimcheck.frames.times import Times
from claimcheck.rules.rule import Scope

__all__ = ["Classes", "Judged"]


@attrs.define(eq=False)
class Judged:
    """Which verdict each class has: by its number a place among the templates, or -1 where it was not judged yet."""

    lines: list[int] = attrs.field(factory=list)
    groups: dict[str, int] = attrs.field(factory=dict)
    wholes: list[int] = attrs.field(factory=list)
    diagnoses: list[int] = attrs.field(factory=list)


class Classes:
    """All classes met so far, and their verdicts; and what is known of cells, codes and times that make them."""

    def __init__(self, bench: Bench, fields: Fields) -> None:
        validator = bench.validator
        self.bench, self.fields = bench, fields
        known_from = None if validator.history is None else validator.history.known_from
        parted = [] if known_from is None else [known_from]  # before it, a claim's history is not known
        self.eras = Eras.of_all(validator.tables, validator.policy, parted)
        self.policy_eras = Eras([*validator.policy.boundaries, *parted])
        units = PlainUnits(validator.rules, bench.tables, validator.policy)
        self.companions = Companions(bench.tables, validator.policy, self.eras, plain_units=units)
        self.times = Times(bench.tables, validator.policy, self.eras)
        self.places = PlainPlaces(validator.rules, bench.tables, validator.policy)
        self.known, self.pointers, self.words = Known(self.places), Pointers(), DiagnosisWords()
        self.listed = Listed(validator.policy)
        self.whole_claims = needs_whole_claims(validator.rules, bench.tables, validator.policy) or bool(
            fields.places("line_diagnoses", of_line=True)  # a line's code of a diagnosis may be one more of the claim
        )
        self.diagnosis_rules = [bench.rules[rule.id] for rule in validator.rules if rule.scope is Scope.DIAGNOSIS]
        self.line_headers, self.lines, self.wholes, self.diagnoses = (Combinations() for _ in range(4))
        self.judged, self.templates = Judged(), Templates()

    def headers(self, chunk: Chunk) -> Headers:
        """The headers of a chunk's claims."""
        return Headers(chunk, self.eras, self.policy_eras, self.known, self.bench.as_of)
