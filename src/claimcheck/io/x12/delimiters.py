"""The delimiters of an interchange."""

from __future__ import annotations

import attrs

__all__ = ["Delimiters"]


@attrs.frozen
class Delimiters:
    """The three delimiters of an interchange, and its ISA control number."""

    element: str
    component: str
    terminator: str
    control: str

    @property
    def all(self) -> set[str]:
        """All three delimiters."""
        return {self.element, self.component, self.terminator}
