"""What a rule is: documentation, metadata, and function in one module.

A rule's module has a docstring in four parts (what it checks, why payers deny it, an example, what it does not check),
the outcomes that its findings may have, and one plain function, decorated::

    DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "236")


    @rule(
        id="NCCI101",
        name="procedure-to-procedure",
        scope=Scope.DAY,
        phase=Phase.BUNDLING,
        reads=("code", "modifiers"),
        outcomes=(DENIED,),
        sources=("...",),
    )
    def procedure_to_procedure(day: Day) -> Outcomes:
        ...
        yield DENIED("Column-two code ... is bundled into ...", line=two, related=(one,))

The function is pure in what the rule declares to read, so its answer may be cached and reused for every line that reads
the same. It knows no rule id, line number, or file: the engine fills those in.
"""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Callable
from typing import Any

import attrs

from claimcheck.claims import Severity
from claimcheck.renamed import renamed
from claimcheck.rules.needs import Needs, Open
from claimcheck.rules.other_days import DateWindow, OtherDays, reads_no_other_claim
from claimcheck.rules.outcome import Outcome, Outcomes, Raised, Unchecked, unchecked
from claimcheck.rules.scope import Phase, Scope

__all__ = [
    "DateWindow",
    "Needs",
    "Open",
    "OtherDays",
    "Outcome",
    "Outcomes",
    "Phase",
    "Raised",
    "Rule",
    "Scope",
    "Unchecked",
    "reads_no_other_claim",
    "rule",
    "unchecked",
]


@attrs.frozen(eq=False, repr=False)
class Rule:
    """A rule: its name, when it runs, what it reads, its outcomes, and where they are published.

    `id` is append-only: once assigned, never reused. `reads` are the facts of its view that the function may read;
    `parameters` are its policy parameters, and `tables` the tables it asks; `status` is "stable" or "preview"; `needs`
    is what a claim must have for it to report anything, None if it is always called. `severity`, if set by a user,
    applies to all its findings.

    `other_claims`, for a rule with scope day, is whether lines of the member's other claims may change what it reports
    about a claim with that line: if they are unknown, the result says so and names the rule. None: for any line with a
    code. It may be true for too many lines, never for too few. `window` says which other days it reads.
    """

    id: str
    name: str
    scope: Scope
    phase: Phase
    reads: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    sources: tuple[str, ...]
    check: Callable[[Any], Outcomes]
    parameters: tuple[type[Any], ...] = ()
    status: str = "stable"
    needs: Needs | None = None
    severity: Severity | None = None
    tables: tuple[str, ...] = ()
    other_claims: Callable[[Any], bool] | None = None
    window: DateWindow | None = None

    @property
    def family(self) -> str:
        """The family (package) of the rule, such as "ncci"."""
        return self.check.__module__.rpartition(".")[0].rpartition(".")[2]

    @property
    def room(self) -> str:
        """The old name of `family`."""
        warnings.warn("Rule.room is now Rule.family", DeprecationWarning, stacklevel=2)
        return self.family

    @property
    def beyond(self) -> DateWindow | None:
        """The old name of `window`."""
        warnings.warn("Rule.beyond is now Rule.window", DeprecationWarning, stacklevel=2)
        return self.window

    @property
    def severities(self) -> tuple[Severity, ...]:
        """The severities its findings may have, most severe first."""
        given = {outcome.severity for outcome in self.outcomes} if self.severity is None else {self.severity}
        return tuple(severity for severity in Severity if severity in given)

    @property
    def title(self) -> str:
        """The first sentence of the rule's documentation."""
        return self.documentation.partition("\n")[0].rstrip(".")

    @property
    def documentation(self) -> str:
        """The docstring of the rule's module."""
        return inspect.cleandoc(sys.modules[self.check.__module__].__doc__ or "")

    def __call__(self, view: Any) -> Outcomes:
        return self.check(view)

    def __repr__(self) -> str:
        return f"<{self.id} {self.name}>"

    def _repr_html_(self) -> str:
        from claimcheck.markup import Html, badge, block, code, escaped, joined, table

        rows = [
            (
                outcome.condition,
                badge(outcome.severity),
                badge(outcome.disposition),
                None if outcome.carc is None else "/".join((f"{outcome.group_code}-{outcome.carc}", *outcome.rarcs)),
            )
            for outcome in self.outcomes
        ]
        return block(
            joined(code(self.id), self.title),
            Html(f"<pre style='white-space:pre-wrap'>{escaped(self.documentation)}</pre>"),
            table(("when", "severity", "disposition", "CARC/RARC"), rows),
            joined("sources:", "; ".join(self.sources)),
        )


def rule(
    *,
    id: str,  # noqa: A002 - the field's word
    name: str,
    scope: Scope,
    phase: Phase,
    reads: tuple[str, ...],
    outcomes: tuple[Outcome, ...],
    sources: tuple[str, ...],
    parameters: tuple[type[Any], ...] = (),
    tables: tuple[str, ...] = (),
    status: str = "stable",
    needs: Needs | None = None,
    other_claims: Callable[[Any], bool] | None = None,
    window: DateWindow | None = None,
    beyond: DateWindow | None = None,
) -> Callable[[Callable[[Any], Outcomes]], Rule]:
    """Makes a function of one view a `Rule`. `beyond` is the old name of `window`."""
    if beyond is not None:
        warnings.warn("@rule: the keyword beyond is now called window", DeprecationWarning, stacklevel=2)
        window = beyond

    def declare(check: Callable[[Any], Outcomes]) -> Rule:
        return Rule(
            id,
            name,
            scope,
            phase,
            reads,
            outcomes,
            sources,
            check,
            parameters,
            status,
            needs,
            tables=tables,
            other_claims=other_claims,
            window=window,
        )

    return declare


__getattr__ = renamed(__name__, {"Beyond": ("DateWindow", DateWindow)})
