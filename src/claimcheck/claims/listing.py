"""Several findings or results: tuples that a notebook shows as a table.

>>> from claimcheck import validate_claims
>>> line = {"procedure_code": "99213", "units": 0, "charge": "125.00", "service_date": "2024-07-15"}
>>> results = Results(validate_claims([{"claim_type": "professional", "lines": [line]}] * 2))
>>> results
Results(2 claims, 2 lines: 2 rejected)
>>> [finding.rule_id for finding in results.findings[:1]], results[1:]
(['STR105'], Results(1 claim, 1 line: 1 rejected))
>>> Results([line])
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: a ClaimResult is expected, not a dict: give what validate_claims gives
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from claimcheck.claims.finding import Findings
from claimcheck.claims.outcome import outcome, upon_claim
from claimcheck.claims.result import ClaimResult
from claimcheck.errors import InputError

if TYPE_CHECKING:
    from claimcheck.markup import Html

__all__ = ["Results", "a_result"]


class Results(tuple[ClaimResult, ...]):
    """The results of many claims, in order. A notebook shows their lines as a table, without claim ids.

    `claimcheck.frames.results_frame` converts them to data frames.
    """

    __slots__ = ()

    def __new__(cls, results: Iterable[ClaimResult] = ()) -> Results:
        return super().__new__(cls, map(a_result, results))

    @overload
    def __getitem__(self, place: SupportsIndex) -> ClaimResult: ...
    @overload
    def __getitem__(self, place: slice) -> Results: ...
    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        return Results(found) if isinstance(place, slice) else found

    @property
    def findings(self) -> Findings:
        """The findings of all claims."""
        return Findings(finding for result in self for finding in result.findings)

    def __repr__(self) -> str:
        told = Counter(str(outcome(line, upon_claim(result))[0]) for result in self for line in result.lines)
        counts = ", ".join(f"{count} {disposition}" for disposition, count in sorted(told.items()))
        lines = told.total()
        claims = f"{len(self)} claim{'' if len(self) == 1 else 's'}"
        return f"Results({claims}, {lines} line{'' if lines == 1 else 's'}{f': {counts}' if counts else ''})"

    def _repr_html_(self) -> Html:
        from claimcheck.claims import html

        return html.of_results(self)


def a_result(given: object) -> ClaimResult:
    """Returns a given result. Raises InputError for anything else, without describing it."""
    if isinstance(given, ClaimResult):
        return given
    raise InputError(f"a ClaimResult is expected, not a {type(given).__name__}: give what validate_claims gives")
