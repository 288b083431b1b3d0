"""Procedure codes by the kind of service, because what stands together on a claim is no accident.

The frequencies say how often a code is billed, and not beside which others. A claim is therefore of one kind, and its
further lines are of the kinds that go with it: a visit draws laboratory tests, an emergency draws imaging.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ADD_ONS",
    "COMPANIONS",
    "EXCLUSIVE",
    "EXTRA",
    "KINDS",
    "UNLISTED",
    "Kind",
    "kind_of",
    "most_units",
    "revenue_code",
]


@dataclass(frozen=True)
class Kind:
    """A kind of service. `charge` is its median in dollars, `units` the most that a line usually has.

    `series`: the lines of a claim are mostly one service on several days.
    """

    name: str
    ranges: tuple[str, ...]
    charge: int
    places: tuple[str, ...] = ("11",)
    units: int = 1
    series: bool = False

    def holds(self, code: str) -> bool:
        """Whether the code is of this kind."""
        return any(low <= code <= high for low, _, high in (span.partition("-") for span in self.ranges))


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "visit",
            ("99202-99215", "99381-99397", "92002-92014", "T1015-T1015", "S9083-S9083"),
            140,
            ("11", "11", "11", "50", "10"),
        ),
        Kind("emergency", ("99281-99285", "99291-99291"), 380, ("23",)),
        Kind("hospital", ("99221-99239",), 190, ("21",), series=True),
        Kind("laboratory", ("80047-89398", "36415-36415", "G0480-G0483"), 32, ("81", "11", "22")),
        Kind("imaging", ("70010-79999", "93306-93306"), 240, ("11", "22", "23")),
        Kind("infusion", ("96360-96379", "J0000-J9999"), 120, ("11",), units=3),
        Kind("procedure", ("20610-20610", "43239-43239"), 420, ("11", "24")),
        Kind("therapy", ("97010-97150", "97161-97799", "92507-92508"), 62, ("11",), units=4, series=True),
        Kind(
            "behaviour",
            ("90785-90899", "97151-97158", "H0000-H2999", "S9484-S9485"),
            110,
            ("11", "53", "10"),
            series=True,
        ),
        Kind("transport", ("A0021-A0999", "S0215-S0215", "T2003-T2003"), 95, ("41",), units=30),
        Kind("supplies", ("A4000-A9999", "B4000-B9999", "E0100-E8999", "T4521-T4545", "V2020-V2020"), 70, ("12",)),
        Kind("home", ("G0156-G0156", "G0299-G0300", "S5100-S9999", "T1000-T2999"), 85, ("12",), units=16, series=True),
        Kind("rare", (), 310, ("11", "22", "24")),
        Kind("clinic", ("G0463-G0463",), 210, ("19", "22")),
    )
}

#: Of what kinds the further lines of a claim are, by its own kind, with weights.
COMPANIONS: dict[str, dict[str, int]] = {
    "visit": {"laboratory": 70, "imaging": 10, "infusion": 8, "procedure": 4},
    "emergency": {"laboratory": 50, "imaging": 35, "infusion": 15},
    "laboratory": {"laboratory": 1},
    "imaging": {"imaging": 6, "laboratory": 4},
    "infusion": {"infusion": 5, "laboratory": 5},
    "procedure": {"imaging": 5, "laboratory": 5},
    "clinic": {"laboratory": 60, "imaging": 25, "infusion": 15},
}

#: The 200 commonest codes of Medicaid hold few that are done on one side of the body; these are added at the least
#: weight of the 200.
EXTRA = ("20610", "73030", "73562", "73630")

#: Codes of kinds that are counted in miles or quarters of an hour, and are not: one a day.
_ONE_A_DAY = frozenset({"92507", "92508"})
_MILES = frozenset({"A0425", "S0215"})

#: Codes that need a description, because they name no service.
UNLISTED = frozenset({"99199", "90999", "41899", "D0999"})

#: Of each of these a claim holds one at most: what bills them knows that they are not paid together.
EXCLUSIVE = (
    frozenset({"71045", "71046"}),
    frozenset({"74176", "74177"}),
    frozenset({"96365", "96374"}),
    frozenset({"92507", "92508"}),
    frozenset({"G0480", "G0483"}),
    frozenset({"99221", "99222", "99223", "99231", "99232", "99233"}),
)

#: An add-on code, and the codes one of which it is billed beside.
ADD_ONS = {"96361": frozenset({"96360", "96365", "96374"})}

#: Three of the list are no HCPCS codes, one was withdrawn in 2023, and two are of bills that the generator does not
#: make: observation, and the visit of a health centre. Dental codes are billed on a form of their own.
_LEFT_OUT = frozenset({"00003", "0450", "W1793", "U0003", "G0378", "G0467"})

_REVENUE = {
    "emergency": "0450",
    "laboratory": "0300",
    "imaging": "0320",
    "infusion": "0260",
    "procedure": "0360",
    "therapy": "0420",
    "clinic": "0510",
}
_REVENUE_BY_CODE = {
    "70450": "0351",
    "74176": "0352",
    "74177": "0352",
    "77067": "0403",
    "93306": "0483",
    "88305": "0312",
    "43239": "0750",
    "G0378": "0762",
    "92507": "0440",
    "92508": "0440",
}


def kind_of(code: str) -> str | None:
    """The kind of a code; None for what no claim of the generator holds. What is of no kind is a visit's neighbour.

    >>> kind_of("99213"), kind_of("T1019"), kind_of("97153"), kind_of("D0120"), kind_of("0450")
    ('visit', 'home', 'behaviour', None, None)
    """
    if code.startswith("D") or code in _LEFT_OUT:
        return None
    return next((kind.name for kind in KINDS.values() if kind.holds(code)), "other")


def most_units(code: str, kind: str) -> int:
    """The most units that a line of the code has, as long as no error is planted.

    >>> most_units("97110", "therapy"), most_units("92507", "therapy"), most_units("A0100", "transport")
    (4, 1, 1)
    """
    if code in _ONE_A_DAY or (kind == "transport" and code not in _MILES) or code.startswith("963"):
        return 1
    return KINDS[kind].units if kind in KINDS else 1


def revenue_code(code: str, kind: str) -> str:
    """The revenue code that a hospital bills the service under.

    >>> revenue_code("80053", "laboratory"), revenue_code("70450", "imaging")
    ('0300', '0351')
    """
    if code.startswith("J"):
        return "0636"
    return _REVENUE_BY_CODE.get(code, _REVENUE[kind])
