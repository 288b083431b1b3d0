"""Errors that are planted: one kind on a claim, on so many claims, in this mix."""

from __future__ import annotations

from random import Random

from tools.benchmarks.generator.template import Line, Template

__all__ = ["FAULTS", "FAULT_RATE", "plant"]

FAULT_RATE = 0.04
"""The share of claims with a planted error."""

FAULTS: dict[str, int] = {
    "bundled_pair": 20,
    "diagnosis_header": 15,
    "units_beyond_reason": 12,
    "duplicate_line": 10,
    "code_cut_short": 8,
    "units_missing": 8,
    "npi_check_digit": 8,
    "total_differs": 7,
    "pointer_beyond": 7,
    "modifier_unknown": 5,
}
"""What is planted, with weights in percent.

A second code that the first one's payment holds; a category in the place of the first diagnosis; 9,999 units; a line
twice; a procedure code without its last character; no units; an NPI whose check digit is wrong; a total that is not the
sum; a pointer to a diagnosis that the claim has not; a modifier that is none. Where a claim offers no place for its
error (a pointer on an institutional claim), the NPI's is planted.
"""

#: Column-one and column-two codes of PTP edits that no modifier bypasses, in the table of either setting.
_PAIR = ("80053", "80048")


def plant(template: Template, chance: Random) -> Template:
    """The claim with one error; the errors that are of no line are planted when the claim is drawn."""
    (fault,) = chance.choices([*FAULTS], [*FAULTS.values()])
    place = next((at for at, line in enumerate(template.lines) if line.code and not line.fixed), None)
    if place is None or (fault == "pointer_beyond" and not template.professional):
        return template.with_fault("npi_check_digit", template.lines)
    line = template.lines[place]
    bare = line.but(modifiers=(), fixed=True)  # a modifier, or another charge, may say that it was done twice
    changed = {
        "bundled_pair": (_pair_of(line, 0), *_rest(template, place), _pair_of(line, 1)),
        "units_beyond_reason": _put(template, place, line.but(units=9_999)),
        "duplicate_line": (*_put(template, place, bare), bare),
        "code_cut_short": _put(template, place, line.but(code=str(line.code)[:4])),
        "units_missing": _put(template, place, line.but(units=None)),
        "pointer_beyond": _put(template, place, line.but(pointers=(template.diagnoses + 1,))),
        "modifier_unknown": _put(template, place, line.but(modifiers=("ZZ",))),
    }
    return template.with_fault(fault, changed.get(fault, template.lines))


def _pair_of(line: Line, column: int) -> Line:
    revenue = "0301" if line.revenue is not None else None
    return line.but(code=_PAIR[column], modifiers=(), units=1, revenue=revenue, charge=(48, 35)[column], day=0)


def _rest(template: Template, place: int) -> tuple[Line, ...]:
    """The other lines, without those of the same codes."""
    return tuple(line for at, line in enumerate(template.lines) if at != place and line.code not in _PAIR)


def _put(template: Template, place: int, line: Line) -> tuple[Line, ...]:
    return (*template.lines[:place], line, *template.lines[place + 1 :])
