"""What each segment of an 837 means in each loop."""

from __future__ import annotations

from types import MappingProxyType

from claimcheck.claims import Claim
from claimcheck.io.x12 import claim_loop, envelope, header, line_loop, services
from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.loop import Handler, Loop, Loops, Segments
from claimcheck.io.x12.passing import passed

__all__ = ["LOOPS"]


def _unknown(draft: Draft, _segment: str) -> None:
    draft.note("this is no segment of an 837")


def _misplaced(draft: Draft, segment: str) -> None:
    draft.note(f"{draft.split(segment)[0]} does not belong here")


def _without_clm(draft: Draft, segment: str) -> Claim | None:
    """A segment of a claim whose CLM is missing: it is still a claim, and starts here."""
    finished = draft.finish()
    draft.open_claim()
    name = draft.split(segment)[0]
    draft.note(f"expected CLM before {name}")
    _OF_A_CLAIM[name](draft, segment)
    return finished


_OUT_OF_ORDER = envelope.misplaced("SE")

#: Every other segment in the 837 guides: addresses, notes, forms, other coverage, and so on.
_IGNORED = (
    *("AMT", "CAS", "CN1", "CR1", "CR2", "CR3", "CR4", "CR5", "CR6", "CR7", "CR8", "CRC", "CUR", "DSB", "FRM", "HCP"),
    *("HSD", "IMM", "K3", "LQ", "MIA", "MOA", "N1", "N2", "N3", "N4", "NM1", "NTE", "OI", "PER", "PRV", "PS1", "PWK"),
    *("QTY", "REF", "SBR", "SV4", "SV5", "SV6", "SV7", "SVD", "UR", "DN1"),
)

_SERVICES: dict[str, Handler] = {
    "LX": line_loop.lx,
    "SV1": services.sv1,
    "SV2": services.sv2,
    "SV3": services.sv3,
}
#: Segments that only a claim loop has.
_OF_A_CLAIM: dict[str, Handler] = {"CL1": claim_loop.cl1, "HI": claim_loop.hi, **_SERVICES}

#: Handlers of every loop of a transaction set, unless the loop overrides them.
_COMMON: dict[str, Handler | None] = {
    **dict.fromkeys(_IGNORED),
    **dict.fromkeys(("ISA", "GS", "ST", "GE", "IEA"), _OUT_OF_ORDER),
    **dict.fromkeys(("BHT", "CTP", "DMG", "DTP", "LIN", "MEA", "PAT", "TOO", "DN2"), _misplaced),
    **dict.fromkeys(_OF_A_CLAIM, _without_clm),
    "SE": envelope.se,
    "HL": header.hl,
    "CLM": claim_loop.clm,
}
_PARTIES: dict[str, Handler | None] = {**_COMMON, "NM1": header.nm1, "SBR": header.sbr, "PAT": header.pat}
_PEOPLE: dict[str, Handler | None] = {**_PARTIES, "DMG": header.dmg}
_CLAIM: dict[str, Handler | None] = {
    **_COMMON,
    **_OF_A_CLAIM,
    "DTP": claim_loop.dtp,
    "DN2": claim_loop.dn2,
    "REF": claim_loop.ref,
    "NM1": claim_loop.nm1,
    "PRV": claim_loop.prv,
    "SBR": claim_loop.sbr,
}
_LINE: dict[str, Handler | None] = {
    **_COMMON,
    **_SERVICES,
    "DTP": line_loop.dtp,
    "REF": line_loop.ref,
    "MEA": line_loop.mea,
    "LIN": line_loop.lin,
    "TOO": line_loop.too,
    "CTP": line_loop.ctp,
    "NM1": claim_loop.nm1,
    "PRV": claim_loop.prv,
    "SBR": header.sbr,
    "PAT": header.pat,
}
_OTHER: dict[str, Handler | None] = {
    **_COMMON,
    **_SERVICES,
    **dict.fromkeys(("DMG", "DTP")),
    **dict.fromkeys(("CL1", "HI"), _misplaced),
}

_READ = MappingProxyType(
    {
        Loop.FILE: Segments({"ISA": envelope.isa}, other=envelope.misplaced("ISA")),
        Loop.INTERCHANGE: Segments(
            {"GS": envelope.gs, "IEA": envelope.iea, "TA1": None}, other=envelope.misplaced("GS or IEA")
        ),
        Loop.GROUP: Segments({"ST": envelope.st, "GE": envelope.ge}, other=envelope.misplaced("ST or GE")),
        Loop.OTHER_SET: Segments(
            {
                "SE": envelope.se_of_another,
                **dict.fromkeys(("ISA", "GS", "ST", "GE", "IEA"), envelope.misplaced("SE")),
            },
            other=None,
        ),
        Loop.HEADER: Segments({**_PARTIES, "BHT": envelope.bht, "REF": envelope.ref}, other=_unknown),
        Loop.PROVIDER: Segments({**_PARTIES, "PRV": header.prv, "REF": header.ref}, other=_unknown),
        Loop.SUBSCRIBER: Segments(_PEOPLE, other=_unknown),
        Loop.PATIENT: Segments(_PEOPLE, other=_unknown),
        Loop.CLAIM: Segments(_CLAIM, other=_unknown),
        Loop.OTHER_SUBSCRIBER: Segments(_OTHER, other=_unknown),
        Loop.LINE: Segments(_LINE, other=_unknown),
    }
)

LOOPS = Loops(_READ, passed(_READ))
"""What the segments of each loop mean."""
