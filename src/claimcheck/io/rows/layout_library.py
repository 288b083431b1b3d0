"""The layouts that come with claimcheck."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from claimcheck import toml
from claimcheck.errors import InputError
from claimcheck.io.rows.layout import Layout
from claimcheck.io.rows.layout_file import from_mapping

__all__ = ["library", "named"]


@lru_cache(maxsize=1)
def library() -> tuple[Layout, ...]:
    """The layouts that come with claimcheck.

    >>> [layout.name for layout in library() if layout.name.startswith("rif")]
    ['rif_institutional', 'rif_professional']
    """
    folder = resources.files("claimcheck.io.rows") / "layouts"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(from_mapping(toml.read(item.read_bytes()), item.name) for item in files)


def named(name: str) -> Layout:
    """The layout with that name.

    >>> named("tuva").requires
    ('claim_id', 'claim_line_number', 'claim_type')
    >>> named("excel")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: excel is no layout: 837, cclf1, cclf2, cclf3, cclf4, cclf5, cclf6, claimcheck, ...
    """
    for layout in library():
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in library())
    raise InputError(f"{name} is no layout: {known} are known")
