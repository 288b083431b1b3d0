"""A starting point for a policy file: it extends a policy, and decides the same until its values are changed.

>>> from claimcheck import Policy
>>> print(new(Policy.load("zero"), "Our payer", ["category_ii.charge"]))  # doctest: +ELLIPSIS
# A payer policy of claimcheck.
# Change the values, and say in each reference where the payer says so: document, date, page.
title = "Our payer"
extends = "zero"
<BLANKLINE>
[[category_ii.charge]]
reference = "CMS FAQ ..."
accepts = ["0.00"]
allowed = "0.00"
<BLANKLINE>
>>> new(Policy.load("zero"), "Our payer", ["category_ii.charges"])
Traceback (most recent call last):
    ...
claimcheck.errors.PolicyError: key category_ii.charges: unknown parameter; did you mean category_ii.charge?
"""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.errors import PolicyError
from claimcheck.policies.keys import meant_by
from claimcheck.policies.parameter import list_of
from claimcheck.policies.policy import Policy
from claimcheck.policies.writing import entry, toml_of

__all__ = ["new"]

_HEAD = """\
# A payer policy of claimcheck.
# Change the values, and say in each reference where the payer says so: document, date, page.
"""


def new(base: Policy, title: str, keys: Iterable[str] = (), *, extends: str | None = None) -> str:
    """The text of a policy file that extends `base`, by its name or as `extends` says, with its values for `keys`."""
    described = dict(base.describe())
    parts = [f"{_HEAD}title = {toml_of(title)}\nextends = {toml_of(extends or base.name)}\n"]
    for key in keys:
        if key not in described:
            raise PolicyError(f"unknown parameter; {meant_by(key, described)}", place=key)
        for one in described[key]:
            adds = list_of(type(one.value)) is not None
            parts.append(f"{entry(one.value, one.reference, one.start, replace=adds)}\n")
    return "\n".join(parts)
