"""Files of 837 put together of loops that are plain, unusual or broken, for the two readers to be held against.

The loops are of the examples of the claim reader's tests, and some that are written here for what columns hold: dates
over several days, drugs, laboratories, other payers, dependents.
"""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["damaged", "mixed"]

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *241001*1200*^*00501*000000001*0*P*:"
_EXAMPLES = Path(__file__).parents[2] / "io" / "x12" / "examples"
_PROVIDERS = (
    ["HL*1**20*1", "PRV*BI*PXC*207Q00000X", "NM1*85*2*A GROUP*****XX*1245319599", "N3*1 STREET", "REF*EI*123456789"],
    ["HL*1**20*1", "NM1*85*2*B GROUP*****XX*1234567893", "NM1*87*2", "REF*EI*999999999", "PER*IC*X*TE*5555550100"],
    ["HL*1**20*1", "NM1*85*1*DOCTOR*ONE****24*123456789", "REF*SY*123456789"],
)
_SUBSCRIBERS = (
    ["HL*2*1*22*0", "SBR*P*18*******MB", "NM1*IL*1*A*B****MI*M1", "DMG*D8*19770707*F", "NM1*PR*2*P*****PI*PAYER"],
    ["HL*2*1*22*0", "SBR*P*18*******MB", "NM1*IL*1*A*B****MI*NA", "DMG*D8*19770231*F", "NM1*PR*2*P*****XV*7.0"],
    ["HL*2*1*22*0", "SBR*S*18", "NM1*IL*1*A*B****II*M0000000000002", "PAT*****D8*20240101", "NM1*PR*2*P*****ZZ*9"],
    ["HL*2*1*22*1", "SBR*P**GROUP******MB", "NM1*IL*1*A*B****MI*M3", "NM1*PR*2*P*****PI*12345"],
)
_DEPENDENTS = (
    [],
    ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*A*CHILD", "N3*2 STREET", "DMG*D8*20150115*M"],
    ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*A*TWIN****MI*OWN", "DMG*D8*20150115*U"],
)
_CLAIMS = (
    ["CLM*7*125***11:B:1*Y*A*Y*Y", "REF*D9*1", "HI*ABK:E119*ABF:I10", "NM1*82*1*D*O****XX*1234567893", "PRV*PE*PXC*X"],
    ["CLM*8*48.50***11:B:7*N*C*W*I", "REF*F8*7", "REF*G1*AUTH", "HI*ABK:E119", "NM1*DN*1*D*O****XX*1234567893"],
    ["CLM*ACCOUNT-2024/07*12***22:B:1*Y*A*Y*Y", "DTP*435*D8*20240701", "HI*ABK:Z23*ABF:I10*ABF:E785*ABF:M545"],
    ["CLM*9*40***11::1*Y*A*Y*Y", "DTP*431*D8*20240701", "HI*ABK:E11.9", "REF*X4*05D1112223"],
    ["CLM*10*40***11:B:1*Y*A*Y*Y*P", "NTE*ADD*A NOTE", "HI*ABK:E119**ABF:I10"],
    ["CLM*11*125.0***11:B:1*Y*A*Y*Y", "HI*BK:25000", "CN1*01", "AMT*F5*10"],
)
_OTHER_PAYERS = (
    [],
    ["SBR*S*18*******CI", "AMT*D*10", "OI***Y***Y", "NM1*IL*1*O*O****MI*X1", "NM1*PR*2*ANOTHER*****PI*5"],
    ["SBR*S*18*******CI", "DMG*D8*19800101*F", "SBR*T*18", "NM1*85*2"],
)
_SERVICES = (
    ["SV1*HC:99213:25*125*UN*1***1:2", "DTP*472*D8*20240701", "REF*6R*1"],
    ["SV1*HC:80053*45.5*UN*1*11**1", "DTP*472*D8*20240702", "REF*X4*05D1112223"],
    ["SV1*HC:J1885*9*UN*1.5***1", "DTP*472*D8*20240701", "LIN**N4*00409379501", "CTP****1*ML"],
    ["SV1*HC:97110:GP:59:::PT*55.25*UN*2***1:2:3:4", "DTP*472*RD8*20240701-20240703", "PS1*1*2"],
    ["SV1*HC:3044F*0*UN*1***1", "DTP*472*D8*20240701", "MEA*TR*R1*6.5", "DTP*738*D8*20240630"],
    ["SV1*HC:99214*0125*MJ*15***1", "DTP*472*D8*20991231", "NM1*82*1*E*F****XX*1245319599", "PRV*PE*PXC*Y"],
    ["SV1*HC:90837*160*UN*1***A", "DTP*472*D8*20240230", "SVD*5*0*HC:90837**1", "CAS*PR*1*10", "DTP*573*D8*20240801"],
    ["SV1*HC:99213*.5*UN*1", "DTP*472*DT*202407011200"],
    ["SV1*WK:1234567*1*UN*1***1", "DTP*472*D8*20240701", "DTP*472*D8*20240702"],
)
_ODDS = (
    "",
    "NA",
    " X",
    "X ",
    "12.0",
    "nan",
    "été",
    "1",
    "ABK",
    "A:B:1",
    "HC:99213",
    "99991231",
    "0",
    "1:2",
    "-5",
    "001",
)
_BYTES = "*:~ A0\n\x01\xe9Z.-^\t"


def _example(name: str) -> list[str]:
    text = (_EXAMPLES / name).read_text().replace("\n", "")
    segments = text.split("~")
    ends = [place for place, segment in enumerate(segments) if segment.startswith("SE*")]
    begins = [place for place, segment in enumerate(segments) if segment.startswith("HL*")]
    return segments[begins[0] : ends[0]]


_BODIES = [_example(name) for name in ("professional.837", "institutional.837", "version_4010.837")]


def _claim(chance: random.Random) -> list[str]:
    segments = [*chance.choice(_CLAIMS[: chance.choice((3, 3, 6))]), *chance.choice((_OTHER_PAYERS[0], *_OTHER_PAYERS))]
    for number in range(1, chance.randint(1, 4) + 1):
        segments += [f"LX*{number}", *chance.choice(_SERVICES[: chance.choice((4, 4, 4, 9))])]
    return segments


def _loops(chance: random.Random) -> list[str]:
    if chance.random() < 0.05:
        return chance.choice(_BODIES)
    segments = [*chance.choice(_PROVIDERS[: chance.choice((2, 2, 3))])]
    for _ in range(chance.randint(1, 4)):
        segments += chance.choice(_SUBSCRIBERS[: chance.choice((1, 1, 4))])
        segments += chance.choice(_DEPENDENTS)
        for _ in range(chance.choice((0, 1, 1, 1, 2))):
            segments += _claim(chance)
    return segments


def mixed(chance: random.Random) -> bytes:
    """A file, of which at most a few segments are damaged."""
    segments = [ISA, "GS*HC*SENDER*RECEIVER*20241001*1200*1*X*005010X222A1"]
    many = chance.randint(1, 3)
    guide = chance.choice(("*005010X222A1", "*005010X222A1", ""))
    for number in range(1, many + 1):
        head = [f"ST*837*{number:04}{guide}", f"BHT*0019*00*{number}*20241231*1200*{chance.choice(('CH', 'RP', '31'))}"]
        own = [*head, "NM1*41*2*S*****46*1", *(one for _ in range(chance.randint(1, 4)) for one in _loops(chance))]
        for _ in range(chance.choice((0, 0, 0, 1, 2, 4))):
            _hurt(own, chance)
        segments += [*own, f"SE*{len(own) + 1}*{number:04}"]
    segments += [f"GE*{many}*1", "IEA*1*000000001"]
    end = chance.choice(("~\n", "~\n", "~\n", "~", "~\r\n", "~~\n"))
    content = "".join(segment + end for segment in segments).encode("latin-1" if chance.random() < 0.5 else "utf-8")
    if chance.random() < 0.1:
        content = content[: chance.randrange(len(content))]
    return content * 2 if chance.random() < 0.05 else content


def _hurt(segments: list[str], chance: random.Random) -> None:
    place = chance.randrange(len(segments))
    elements = segments[place].split("*")
    match chance.randrange(6):
        case 0:
            del segments[place]
        case 1:
            segments.insert(place, chance.choice(segments))
        case 2:
            segments.insert(place, chance.choice(("ST*837*9", "SE*1*1", "HI*BG:44", "XX*1", "K3*1", "HL*9**20", "SV1")))
        case 3:
            elements[chance.randrange(len(elements))] = chance.choice((*_ODDS, *chance.choice(segments).split("*")))
            segments[place] = "*".join(elements)
        case 4:
            segments[place] = "*".join(elements[: chance.randint(1, len(elements))])
        case _:
            at = chance.randrange(len(segments[place]) + 1)
            segments[place] = segments[place][:at] + chance.choice(_BYTES) + segments[place][at + 1 :]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Up to four faults: segments lost, doubled or out of place, bytes changed, the end cut off."""
    segments = content.split(b"~")
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(segments))
        match chance.randrange(5):
            case 0:
                del segments[place]
            case 1:
                segments.insert(place, chance.choice(segments))
            case 2:
                segments.insert(chance.randrange(len(segments)), segments.pop(place))
            case 3 if segments[place]:
                changed = bytearray(segments[place])
                changed[chance.randrange(len(changed))] = chance.choice(_BYTES.encode("latin-1"))
                segments[place] = bytes(changed)
            case _:
                segments = segments[: max(place, 1)]
        segments = segments or [b""]
    return b"~".join(segments)
