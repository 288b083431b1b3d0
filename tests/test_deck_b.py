"""A second deck: facility claims, structure and diagnoses, by what is answered and not by which rule answers.

Each case changes a full and correct claim in one respect. `says` holds the adjustments that must be found, by line (0:
the claim): a CARC, with the remark codes after a slash; `silent` those that must not be. A case that names no error
must have none.
"""

from __future__ import annotations

import copy
from decimal import Decimal, InvalidOperation
from typing import Any

import attrs
import pytest

from claimcheck import ClaimResult, validate_claim

DAY = "2024-07-15"
MEMBER = "1EG4TE5MK73"
PROFESSIONAL: dict[str, Any] = {
    "claim_id": "A1",
    "claim_type": "professional",
    "payer_id": "P1",
    "member_id": MEMBER,
    "birth_date": "1960-05-01",
    "sex": "F",
    "billing_npi": "1234567893",
    "billing_tax_id": "123456789",
    "billing_taxonomy": "207Q00000X",
    "rendering_npi": "1003000126",
    "frequency_code": "1",
    "place_of_service": "11",
    "received_date": "2024-08-01",
    "diagnoses": ["E11.65", "I10"],
}
OUTPATIENT: dict[str, Any] = {
    "claim_id": "A2",
    "claim_type": "institutional",
    "member_id": MEMBER,
    "birth_date": "1960-05-01",
    "sex": "F",
    "billing_npi": "1234567893",
    "bill_type": "0131",
    "statement_from": DAY,
    "statement_through": DAY,
    "admission_type": "3",
    "patient_status": "01",
    "received_date": "2024-08-01",
    "diagnoses": [{"code": "E1165", "role": "principal"}, "I10"],
}
INPATIENT: dict[str, Any] = OUTPATIENT | {
    "bill_type": "0111",
    "statement_from": "2024-07-10",
    "admission_date": "2024-07-10",
    "discharge_date": DAY,
    "admission_source": "1",
    "diagnoses": [
        {"code": "E1165", "role": "principal", "poa": "Y"},
        {"code": "E1165", "role": "admitting"},
        {"code": "I10", "poa": "Y"},
    ],
}


@attrs.frozen
class Expected:
    claim: dict[str, Any]
    says: dict[int, str] = attrs.field(factory=dict)
    silent: dict[int, str] = attrs.field(factory=dict)
    lines: tuple[str, ...] | None = None
    ok: bool = True


def good(claim: dict[str, Any], *lines: str) -> Expected:
    return Expected(claim, lines=lines or None)


def wrong(claim: dict[str, Any], at: int, adjustment: str, *lines: str) -> Expected:
    return Expected(claim, {at: adjustment}, lines=lines or None, ok=False)


def line(code: object = "99213", *modifiers: object, **fields: object) -> dict[str, Any]:
    given = {"units": 1, "charge": "100.00", "service_date": DAY, "diagnosis_pointers": [1]}
    return {"procedure_code": code, "modifiers": list(modifiers), **given, **fields}


def under(revenue_code: str | None, code: object = None, *modifiers: str, **fields: object) -> dict[str, Any]:
    return line(code, *modifiers, revenue_code=revenue_code, **fields) | {"diagnosis_pointers": []}


def _claim(base: dict[str, Any], lines: tuple[dict[str, Any], ...], fields: dict[str, Any]) -> dict[str, Any]:
    try:
        total = {"total_charge": str(sum(Decimal(str(one["charge"])) for one in lines))}
    except InvalidOperation:
        total = {}
    return copy.deepcopy({**base, **total, "lines": list(lines), **fields})


def pro(*lines: dict[str, Any], **fields: object) -> dict[str, Any]:
    return _claim(PROFESSIONAL, lines or (line(),), fields)


def out(*lines: dict[str, Any], **fields: object) -> dict[str, Any]:
    return _claim(OUTPATIENT, lines or (under("0510", "G0463"),), fields)


def stay(*lines: dict[str, Any], **fields: object) -> dict[str, Any]:
    return _claim(INPATIENT, lines or (under("0120", units=5, unit_basis="DA", service_date=None),), fields)


def beside(revenue_code: str, **fields: object) -> dict[str, Any]:
    """A line without a procedure code beside a clinic visit."""
    return out(under("0510", "G0463"), under(revenue_code), **fields)


def received(revenue_code: str, served: str, came: str) -> dict[str, Any]:
    dates = {"statement_from": served, "statement_through": served, "received_date": came}
    return out(under(revenue_code, service_date=served), **dates)


def nine(code: str, day: str = "2015-09-30") -> dict[str, Any]:
    return pro(line(service_date=day), diagnoses=[{"code": code, "version": "ICD-9-CM"}], received_date="2015-11-01")


REQUIRED = ("0301", "0450", "0360", "0420", "0636", "0722", "0724", "0729", "0761", "0320")
OPTIONAL = (
    "0240",
    "0250",
    "0258",
    "0270",
    "0273",
    "0278",
    "0290",
    "0710",
    "0732",
    "0762",
    "0801",
    "0860",
    "0943",
    "0964",
)
EXEMPT = ("0521", "0522", "0525", "0528", "0890", "0905", "0990")
UNRECOGNIZED = ("0500", "0583", "0660", "0906", "0931", "1001", "2101", "3101")
UNKNOWN = ("0000", "0105", "0458", "9999")
GOOD_DIAGNOSES = ("E11.65", "E1165", "e11.65", "U07.1", "QA0.0101", "C4A.9", "T36.0X1A", "I10", "M1A.9XX0")
BAD_DIAGNOSES = ("E1.165", "250.00", "123", "E11.653456", "3044F", "E11.6\u0665")
BAD_NUMBERS = (float("nan"), "NaN", float("inf"), "1e400", "one", [], {})

DECK: dict[str, Expected] = {
    # a line without a procedure code, by revenue code
    **{f"{code} needs a procedure": wrong(beside(code), 2, "16/M20", "payable", "rejected") for code in REQUIRED},
    **{f"{code} needs none": good(beside(code), "payable", "payable") for code in (*OPTIONAL, *EXEMPT)},
    **{f"{code} is not recognised": wrong(beside(code), 2, "16/M50", "payable", "denied") for code in UNRECOGNIZED},
    **{f"{code} is unknown": wrong(beside(code), 2, "16/M50", "payable", "rejected") for code in UNKNOWN},
    "drugs of one's own": wrong(beside("0637"), 2, "96/N425"),
    "steps of cell therapy": wrong(beside("0871"), 2, "97", "payable", "denied"),
    "a required one at no charge": wrong(out(under("0510", "G0463"), under("0301", charge="0.00")), 2, "16/M20"),
    "an invalid procedure is no missing one": Expected(
        out(under("0301", "ZZZZZ")), {1: "16/M51"}, {1: "16/M20"}, ok=False
    ),
    "0161 before it was known": wrong(received("0161", "2022-06-15", "2022-06-20"), 1, "16/M50"),
    "0161 received when it was": wrong(received("0161", "2022-06-15", "2022-07-05"), 1, "16/M20"),
    "0892 before it was known": wrong(received("0892", "2020-03-15", "2020-03-20"), 1, "16/M50"),
    "0905 before it was recognised": wrong(received("0905", "2023-12-15", "2023-12-20"), 1, "16/M50", "denied"),
    "0905 received when it was": good(received("0905", "2023-12-15", "2024-01-10"), "payable"),
    "condition code 89": good(beside("0301", condition_codes=["89"])),
    "12x": wrong(out(under("0301"), bill_type="0121"), 1, "16/M20"),
    "14x": wrong(out(under("0301"), bill_type="0141"), 1, "16/M20"),
    "14x with condition code 41": Expected(
        # edit 118, version 25.0: 14x is not processed with 41, whatever its lines say
        out(under("0301"), bill_type="0141", condition_codes=["41"]),
        silent={1: "16/M20"},
        ok=False,
    ),
    "74x": wrong(out(under("0420"), bill_type="0741"), 1, "16/M20"),
    "75x": wrong(out(under("0420"), bill_type="0751"), 1, "16/M20"),
    "critical access": good(out(under("0301"), bill_type="0851")),
    "hospice": good(out(under("0651"), bill_type="0811")),
    "inpatient": good(stay(under("0301", service_date=None))),
    # revenue codes and bill types
    "no revenue code": wrong(out(under(None, "99283")), 1, "16/M50"),
    "a letter in the revenue code": wrong(out(under("04X0", "99283")), 1, "16/M50"),
    "the total line, which is no service": good(out(under("0510", "G0463"), under("0001"), total_charge="100.00")),
    "a room for an outpatient": wrong(out(under("0120")), 1, "282", "rejected"),
    "no bill type": wrong(out(bill_type=None), 0, "16/MA30"),
    "a bill type of three characters": good(out(bill_type="131")),
    **{f"bill type {text}": wrong(out(bill_type=text), 0, "16/MA30") for text in ("013", "131A", "ABCD", "00131")},
    "frequency 7 beside bill type 0131": wrong(
        out(bill_type="0131", frequency_code="7", original_claim_id="Z9"), 0, "16/MA30"
    ),
    "replaces nothing": wrong(out(bill_type="0137"), 0, "16/M47"),
    "voids nothing": wrong(pro(frequency_code="8"), 0, "16/M47"),
    "voids a claim": good(pro(frequency_code="8", original_claim_id="Z9")),
    "pays nothing by design": good(stay(under("0120", units=5, charge="0.00", service_date=None), bill_type="0110")),
    # codes of the claim
    "a condition code of three": wrong(out(condition_codes=["G00"]), 0, "16/M44"),
    "an occurrence code of three": wrong(out(occurrence_codes=[{"code": "ZZZ"}]), 0, "16/M45"),
    "a value code of one": wrong(out(value_codes=[{"code": "A", "amount": "1.00"}]), 0, "16/M49"),
    "condition code 20 asks for a review": good(out(condition_codes=["20"]), "review"),
    # modifiers and units of facilities
    "a modifier that is none": wrong(out(under("0510", "G0463", "ZZ")), 1, "182"),
    "both sides, two units": wrong(out(under("0360", "64483", "50", units=2)), 1, "16/N430"),
    "both sides, one unit": good(out(under("0360", "64483", "50"))),
    "broken off, two units": wrong(out(under("0360", "64483", "73", units=2)), 1, "16/N430"),
    "modifiers that contradict each other": wrong(out(under("0320", "71046", "CT", "FX")), 1, "4/N519"),
    "MUE of hospitals, reached": good(out(under("0420", "97110", "GP", units=8))),
    "MUE of hospitals, exceeded": wrong(out(under("0420", "97110", "GP", units=9)), 1, "151/N362", "denied"),
    "MUE of practitioners": wrong(pro(line("97110", "GP", units=7)), 1, "151/N362", "denied"),
    "no MUE for inpatients": Expected(stay(under("0301", "83036", units=9)), silent={1: "151"}),
    # observation, token charges
    "another service as observation": wrong(out(under("0762", "99213")), 1, "199"),
    "a referral without observation": wrong(out(under("0510", "G0379")), 1, "107"),
    "observation twice": wrong(
        out(under("0762", "G0378", units=9), under("0762", "G0378", units=3, charge="50.00")), 2, "16/N430"
    ),
    # pairs of one day
    "column two": wrong(out(under("0360", "45380"), under("0360", "45385")), 1, "236", "denied", "payable"),
    "separate, on column one": good(out(under("0360", "45385", "59"), under("0360", "45380"))),
    "76 separates nothing": wrong(out(under("0360", "45385"), under("0360", "45380", "76")), 2, "236"),
    "indicator 0": wrong(out(under("0360", "43239", "59"), under("0360", "43235", "59")), 2, "236"),
    "a pair of the practitioners' table alone": good(out(under("0510", "99213"), under("0360", "20610"))),
    "rural health clinics": Expected(
        out(under("0521", "80053"), under("0521", "80048"), bill_type="0711"), silent={2: "236"}
    ),
    "85x, one line professional": Expected(
        out(under("0360", "45385"), under("0975", "45380"), bill_type="0851"), silent={2: "236"}
    ),
    "85x, both of the facility": wrong(out(under("0360", "45385"), under("0360", "45380"), bill_type="0851"), 2, "236"),
    "add-on codes on 13x": Expected(out(under("0360", "17003")), silent={1: "107"}),
    "add-on codes on a professional claim": wrong(pro(line("17003")), 1, "107/N122", "denied"),
    # amounts, units and dates
    "no charge": wrong(pro(line(charge=None), total_charge="0.00"), 1, "16/M79", "rejected"),
    "a negative charge": wrong(pro(line(charge="-5.00")), 1, "16/M79"),
    "no units": wrong(pro(line(units=None)), 1, "16/M53", "rejected"),
    **{f"{units} units": wrong(pro(line(units=units)), 1, "16/M53") for units in (0, -1, True)},
    **{f"units {given!r}": wrong(pro(line(units=given)), 1, "16/M53") for given in BAD_NUMBERS},
    **{f"charge {given!r}": wrong(pro(line(charge=given)), 1, "16/M79") for given in BAD_NUMBERS},
    "a total that is no sum": wrong(pro(total_charge="99.00"), 0, "16/M54"),
    "no day": wrong(pro(line(service_date=None)), 1, "16/M52"),
    "February 30": wrong(pro(line(service_date="2024-02-30")), 1, "16/M52"),
    "a time zone": good(pro(line(service_date="2024-07-15T00:00:00Z"))),
    "a compact date": good(pro(line(service_date="20240715"))),
    "ends before it starts": Expected(pro(line(service_date_end="2024-07-14")), ok=False),
    "after receipt": wrong(pro(line(service_date="2025-01-01")), 1, "110"),
    "before birth": wrong(pro(birth_date="2024-07-16"), 1, "14"),
    "on the day of birth": good(pro(line("99460"), birth_date=DAY)),
    "after death": wrong(pro(death_date="2024-07-14"), 1, "13"),
    "on the day of death": good(pro(death_date=DAY)),
    "outside the statement": Expected(out(under("0510", "G0463", service_date="2024-07-20")), ok=False),
    "several days, and no day on the line": wrong(
        out(under("0510", "G0463", service_date=None), statement_from="2024-07-10"), 1, "16/M52"
    ),
    # counts and pointers
    "no line": Expected(pro() | {"lines": []}, ok=False),
    "51 lines": Expected(
        pro(*[line("36415", service_date=f"2024-0{1 + i // 28}-{1 + i % 28:02d}") for i in range(51)]), ok=False
    ),
    "13 diagnoses": Expected(pro(diagnoses=[f"I{number}" for number in range(20, 33)]), ok=False),
    "five modifiers": Expected(pro(line("45380", "59", "51", "GA", "RT", "KX")), ok=False),
    **{
        f"pointers {given}": wrong(pro(line(diagnosis_pointers=given)), 1, "16/M76")
        for given in ([0], [3], ["C"], ["?"])
    },
    "five pointers": Expected(pro(line(diagnosis_pointers=[1, 2, 1, 2, 1])), ok=False),
    "letters as pointers": good(pro(line(diagnosis_pointers=["A", "b"]))),
    # identifiers and places
    **{
        f"billing NPI {text}": wrong(pro(billing_npi=text), 0, "207/N257")
        for text in ("1234567890", "3000000000", "0000000000", "123456789", "12345A7893")
    },
    "rendering NPI": wrong(pro(rendering_npi="1234567890"), 0, "207/N290"),
    "rendering NPI of the line": wrong(pro(line(rendering_npi="123")), 1, "207/N290"),
    "ten digits of an NDC": wrong(pro(line("J1885", ndc="0002751001", ndc_quantity="1", ndc_unit="ML")), 1, "16/M119"),
    "unit of an NDC": wrong(pro(line("J1885", ndc="00002751001", ndc_quantity="1", ndc_unit="EA")), 1, "16/N816"),
    "milligrams of an NDC": good(pro(line("J1885", ndc="00002751001", ndc_quantity="1", ndc_unit="ME"))),
    "no such place": wrong(pro(place_of_service="59"), 1, "16/M77"),
    "no such place on the line": wrong(pro(line(place_of_service="30")), 1, "16/M77"),
    "no claim type": Expected(pro(claim_type=None), ok=False),
    # diagnoses
    **{f"diagnosis {text}": good(pro(diagnoses=[text])) for text in GOOD_DIAGNOSES},
    **{f"no diagnosis: {text}": wrong(pro(diagnoses=[text]), 0, "16/MA63") for text in BAD_DIAGNOSES},
    "an external cause first": wrong(out(diagnoses=["W19XXXA"]), 0, "16/MA63"),
    "an external cause beside": good(out(diagnoses=["S93.401A", {"code": "W19XXXA", "role": "external_cause"}])),
    "no principal": wrong(out(diagnoses=[{"code": "I10", "role": "other"}]), 0, "16/MA63"),
    "two principals": Expected(
        out(diagnoses=[{"code": code, "role": "principal"} for code in ("I10", "E1165")]), ok=False
    ),
    "no admitting diagnosis": Expected(
        stay(diagnoses=[{"code": "I10", "role": "principal", "poa": "Y"}]), {0: "16/MA65"}
    ),
    "ICD-9-CM on its last day": good(nine("401.9")),
    "ICD-9-CM, V code": good(nine("V70.0")),
    "ICD-9-CM a day later": wrong(nine("401.9", "2015-10-01"), 0, "146/M76"),
    "ICD-10-CM a day early": wrong(pro(line(service_date="2015-09-30"), received_date="2015-11-01"), 0, "146/M76"),
    "a first diagnosis without a role": good(out(diagnoses=[{"code": "I10"}, {"code": "E1165"}])),
    "both versions": Expected(pro(diagnoses=["I10", {"code": "401.9", "version": "ICD-9-CM"}]), ok=False),
    "a version that is none": Expected(
        pro(diagnoses=[{"code": "I10", "version": MEMBER}]), silent={0: "146"}, ok=False
    ),
    "a diagnosis as the procedure": wrong(pro(line("E11.65")), 1, "16/M51"),
    "a good inpatient procedure": good(stay(procedures=["0DTJ4ZZ"])),
    **{
        f"inpatient procedure {text}": Expected(stay(procedures=[text]), ok=False)
        for text in ("0DTI4ZZ", "0DTO4ZZ", "0DTJ4Z")
    },
    # correct claims
    "an emergency": good(
        out(under("0450", "99283", "25"), under("0250"), under("0301", "80053"), under("0730", "93005"))
    ),
    "surgery": good(out(under("0360", "45385"), under("0250"), under("0370"), under("0710"))),
    "therapy": good(out(under("0420", "97110", "GP"), bill_type="0741")),
    "a report on a facility claim": good(
        out(under("0510", "G0463"), under("0510", "3044F", charge="0.00")), "payable", "report_only"
    ),
    "an inpatient stay": good(stay()),
    "telehealth": good(pro(line("99213", "95"), place_of_service="10")),
}


def _says(result: ClaimResult, at: int, adjustment: str) -> bool:
    carc, _, remark = adjustment.partition("/")
    there = [finding for finding in result.findings if (finding.line_number or 0) == at]
    return any(finding.carc == carc and (not remark or remark in finding.rarcs) for finding in there)


@pytest.mark.parametrize("name", DECK)
def test_deck(name: str) -> None:
    case = DECK[name]
    result = validate_claim(case.claim)
    said = f"{name}\n{result}"
    assert result.ok is case.ok, said
    if case.ok and not (case.says or case.silent) and "review" not in (case.lines or ()):
        assert {str(finding.severity) for finding in result.findings} <= {"info"}, said
    if case.lines is not None:
        assert tuple(str(one.disposition) for one in result.lines) == case.lines, said
    for at, adjustment in case.says.items():
        assert _says(result, at, adjustment), said
    for at, adjustment in case.silent.items():
        assert not _says(result, at, adjustment), said
    told = {key: value for key, value in result.to_dict().items() if key != "claim_id"}
    assert MEMBER not in repr(told), said
    assert ClaimResult.from_dict(result.to_dict()).to_dict() == result.to_dict()
