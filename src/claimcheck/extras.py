"""The extras and the packages they bring: a feature that needs one says so, and how to install it.

>>> with extra("frames"):
...     import no_such_package
Traceback (most recent call last):
    ...
ModuleNotFoundError: No module named 'no_such_package'
>>> with extra("frames"):
...     raise ModuleNotFoundError("No module named 'polars'", name="polars")
Traceback (most recent call last):
    ...
claimcheck.errors.MissingExtraError: polars is not installed: pip install 'claimcheck[frames]'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from claimcheck.errors import MissingExtraError

__all__ = ["PACKAGES", "extra"]

#: The modules that each extra brings.
PACKAGES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cli": frozenset({"click", "rich"}),
        "excel": frozenset({"openpyxl"}),
        "frames": frozenset({"narwhals", "numpy", "polars", "pyarrow"}),
        "learn": frozenset({"scipy"}),
        "pandas": frozenset({"narwhals", "numpy", "pandas", "polars", "pyarrow"}),
        "report": frozenset({"jinja2"}),
        "spark": frozenset({"narwhals", "numpy", "pandas", "polars", "pyarrow", "pyspark"}),
        "sql": frozenset({"sqlalchemy"}),
        "testing": frozenset({"hypothesis", "pytest"}),
    }
)


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Wraps imports: says which extra to install if one of its packages is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package not in PACKAGES[name]:
            raise
        raise MissingExtraError(package, name) from None
