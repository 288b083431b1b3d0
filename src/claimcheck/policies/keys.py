"""What a key that is no parameter may mean."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["meant_by"]


def meant_by(key: str, known: Iterable[str]) -> str:
    """What a key that is none may mean: a similar one, else those of its family, else the families.

    >>> known = ["ncci.bypass", "ncci.settings", "coding.sides"]
    >>> [meant_by(key, known) for key in ("ncci.setting", "ncci.other", "price.x")]
    ['did you mean ncci.settings?', 'known: ncci.bypass, ncci.settings', 'families are coding, ncci']
    """
    keys = sorted(known)
    near = get_close_matches(key, keys, n=1, cutoff=0.9)
    if near:
        return f"did you mean {near[0]}?"
    family = [one for one in keys if one.partition(".")[0] == key.partition(".")[0]]
    if family:
        return f"known: {', '.join(family)}"
    return f"families are {', '.join(dict.fromkeys(one.partition('.')[0] for one in keys))}"
