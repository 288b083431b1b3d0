"""For your own tests: one-line claims, assertions with reasons, strategies, and a pytest plugin.

`a_claim` and `a_line` build readable claims; `assert_clean`, `assert_ok`, `assert_finding`, and `assert_no_finding`
validate one, and fail with a readable result. Under pytest, the fixtures of the same names use the policy of
`--claimcheck-policy`. `claimcheck.testing.strategies`, which needs Hypothesis, generates claims, lines, codes, and
plausible mistakes.

>>> from claimcheck.testing import a_claim, a_line, assert_finding
>>> claim = a_claim(a_line("45380"), a_line("45378"))
>>> assert_finding(claim, "NCCI101", line=2).carc
'236'
"""

from claimcheck.testing.assertions import assert_clean, assert_finding, assert_no_finding, assert_ok
from claimcheck.testing.builders import DAY, a_claim, a_line, an_institutional_claim

__all__ = [
    "DAY",
    "a_claim",
    "a_line",
    "an_institutional_claim",
    "assert_clean",
    "assert_finding",
    "assert_no_finding",
    "assert_ok",
]
