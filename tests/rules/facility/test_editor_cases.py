"""Claims whose edits follow from the text of CMS's outpatient code editor, judged with its own tables of 2024-07.

Each right answer was read in the edit's published description, or in the section of the Medicare Claims Processing
Manual that is named, before the claim was validated. The tables are no part of the repository: the tests skip unless
`CLAIMCHECK_OUTPATIENT_STORE` names a store that has them (`tools/outpatient_tables.py`).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tools.benchmarks.differential.edits import edits_of

from claimcheck import Validator

STORE = Path(os.environ.get("CLAIMCHECK_OUTPATIENT_STORE", ""))
pytestmark = pytest.mark.skipif(
    not (STORE / "manifest.json").is_file(), reason="CLAIMCHECK_OUTPATIENT_STORE names no store"
)

Case = tuple[dict[str, Any], set[tuple[int, int]]]


def on(text: str, *edits: tuple[int, int], bill: str = "0131", **fields: Any) -> Case:
    """A claim of lines written `CODE-MODIFIER:revenue*units`, one `+` a day later; and its edits (0: of the claim)."""
    lines = []
    for one in text.split():
        service, _, revenue = one.partition(":")
        revenue, _, units = revenue.partition("*")
        code, *modifiers = service.removeprefix("+").split("-")
        day = "2024-07-16" if one.startswith("+") else "2024-07-15"
        line = {"revenue_code": revenue or "0360", "units": int(units or 1), "charge": "100.00", "service_date": day}
        lines.append({**line, "procedure_code": code, "modifiers": modifiers} if code else line)
    claim = {"claim_type": "institutional", "bill_type": bill, "statement_from": "2024-07-15", "lines": lines}
    claim |= {"statement_through": max(line["service_date"] for line in lines), "received_date": "2024-07-31"}
    claim |= {"claim_id": "1", "birth_date": "1950-01-01", "sex": "F", "billing_npi": "1234567893"}
    return {**claim, "patient_status": "01", "diagnoses": ["I10"], **fields}, set(edits)


MENTAL = {"diagnoses": ["F329"]}
CASES = {
    # 21: a visit (V, or J2 paid as one) beside S, T or a Q3 that is paid through its own group, without modifier 25
    "a visit beside CT": on("99283:0450 70450:0350", (1, 21)),
    "a clinic visit beside an X-ray": on("G0463:0510 71046:0320", (1, 21)),
    "beside MRI": on("99285:0450 70551:0610", (1, 21)),
    "beside ultrasound": on("G0463:0510 76705:0402", (1, 21)),
    "two images of a family are paid as one, status S": on("99284:0450 70450:0350 74177:0350", (1, 21)),
    "beside MRI of another day": on("99284:0450 +72148:0610"),
    "with modifier 25": on("99284-25:0450 70551:0610"),
    # What only surgery packages is paid by its group: 75710 by a comprehensive one, 43887 as surgery
    "beside what a comprehensive group pays": on("99284:0450 75710:0361"),
    "two visits beside what a comprehensive group pays": on("95250-25:0510 99495:0510 +75710:0360"),
    "a direct referral beside what is paid as surgery": on("G0379:0450 G0378:0762*20 43887"),
    # 18 and 49: an inpatient-only procedure denies its day
    "inpatient-only with a device": on("22558 C1713:0278", (1, 18), (2, 49)),
    "inpatient-only with a visit of its day": on("33533 99284:0450", (1, 18), (2, 49)),
    "inpatient-only with a laboratory test": on("44140 80053:0300", (1, 18), (2, 49)),
    "inpatient-only with a visit of another day": on("33405 +G0463:0510", (1, 18)),
    "of its day nothing but the day is said": on("44140 G0463:0510 11042", (1, 18), (2, 49), (3, 49)),
    "critical access hospitals are not under OPPS": on("44140 80053:0300", bill="0851"),
    # CA: paid for a patient who died or was transferred (status 20, 02, 05...), else 70; more than one unit 60
    "CA, died": on("22558-CA", patient_status="20"),
    "CA, transferred": on("22558-CA", patient_status="02"),
    "CA, sent home": on("22558-CA", (1, 70)),
    "CA on surgery of the bowel, died": on("44140-CA", patient_status="20"),
    "CA on bypass surgery, sent home": on("33533-CA", (1, 70)),
    "CA on two units": on("22558-CA:0360*2", (1, 60), patient_status="20"),
    "CA on two lines": on("22558-CA 44140-CA", (1, 60), (2, 60), patient_status="20"),
    # 86: a manifestation as principal diagnosis
    "anemia in chronic kidney disease": on("G0463:0510", (0, 86), diagnoses=["D631"]),
    "dementia in diseases elsewhere": on("G0463:0510", (0, 86), diagnoses=["F0280"]),
    "glaucoma in diseases elsewhere": on("G0463:0510", (0, 86), diagnoses=["H42"]),
    "cardiomyopathy in diseases elsewhere": on("G0463:0510", (0, 86), diagnoses=["I43"]),
    "meningitis in diseases elsewhere": on("G0463:0510", (0, 86), bill="0851", diagnoses=["G02"]),
    "a manifestation second": on("G0463:0510", diagnoses=["N189", "D631"]),
    # Observation: chapter 4, section 290.5.3: eight hours with a visit and without surgery pay for all
    "six hours": on("G0378:0762*6 99284:0450 96374:0260", (2, 21)),
    "two clinic visits, six hours": on("G0463:0510*2 G0378:0762*6", (1, 42)),
    "eight hours and surgery": on("G0378:0762*8 99284:0450 11042", (2, 21)),
    "eight hours and no surgery": on("G0378:0762*8 99284:0450 96374:0260"),
    "seven hours": on("G0378:0762*7 99285:0450 93306:0480", (2, 21)),
    "eight hours without a visit of that day or the day before": on("G0378:0762*8 +99284:0450 +96374:0260", (2, 21)),
    "a visit of the day before": on("99284:0450 96374:0260 +G0378:0762*8"),
    "nine hours and a biopsy that is surgery": on("G0378:0762*9 99283:0450 10060", (2, 21)),
    # 106 on a critical access hospital's bill: a denied line is no procedure
    "hydration by the hour alone": on("99283:0450 96361:0260", (2, 106), bill="0851"),
    "infusion by the hour alone": on("99283:0450 96366:0260", (2, 106), bill="0851"),
    "a sequential push alone": on("99284:0450 96375:0260", (2, 106), bill="0851"),
    "a push, and one more": on("99284-25:0450 96374:0260 96375:0260", bill="0851"),
    "on OPPS add-on codes are packaged": on("99283-25:0450 96361:0260"),
    "an add-on visit code alone": on("G2211:0510", (1, 106), bill="0841"),
    # 21 on a referral to observation of a critical access hospital, beside its hours and S
    "a referral with an injection": on("G0378:0762*8 G0379:0762 96374:0260", (2, 21), bill="0851"),
    "a referral with an echocardiogram": on("G0378:0762*8 G0379:0762 93306:0480", (2, 21), bill="0851"),
    "a referral with modifier 25": on("G0378:0762*8 G0379-25:0762 96374:0260", bill="0851"),
    "a referral that surgery packages": on("G0378:0762*8 G0379:0762 11042", bill="0851"),
    "a referral without hours": on("G0379:0762", (1, 58), bill="0851"),
    # 17: "condition code G0 will take precedence over the bilateral edit" for V
    "two eye visits": on("92002:0510*2", condition_codes=["G0"]),
    "two longer eye visits": on("92014:0510*2", condition_codes=["G0"]),
    "two lines of eye visits": on("92012:0510 92012:0510", condition_codes=["G0"]),
    "two eye visits, not distinct": on("92004:0510*2", (1, 17), (1, 42)),
    "two eye visits, repeated": on("92004:0510 92004-76:0510", (1, 42), (2, 42)),
    "one eye visit": on("92004:0510"),
    # 9: "bypassed when code G0428 is present"
    "a meniscus implant": on("G0428"),
    # 51: more than once on the claim
    "hours on two lines": on("G0378:0762*4 G0378:0762*4 99284-25:0450", (2, 51)),
    "hours on two days": on("G0378:0762*4 +G0378:0762*4 99284-25:0450", (2, 51)),
    "hours on three lines": on("G0378:0762*2 G0378:0762*2 G0378:0762*2 99284-25:0450", (2, 51), (3, 51)),
    "hours on one line": on("G0378:0762*4 99284-25:0450"),
    "hours on two lines of a critical access hospital": on("G0378:0762*4 G0378:0762*4", (2, 51), bill="0851"),
    # 5: principal diagnosis
    "a fall as reason for the visit": on(
        "G0463:0510",
        diagnoses=[{"code": "R079", "role": "principal"}, {"code": "W19XXXA", "role": "reason_for_visit"}],
    ),
    "a fall first": on("G0463:0510", (0, 5), diagnoses=["W19XXXA"]),
    "a car accident first": on("G0463:0510", (0, 5), diagnoses=["V4352XA"]),
    "a place of occurrence first": on("G0463:0510", (0, 5), diagnoses=["Y92009"]),
    "a fall second": on("G0463:0510", diagnoses=["S0990XA", "W19XXXA"]),
    # 45: separate procedures that are inpatient-only, beside T or J1
    "excision of a vertebra beside arthroscopy": on("22110 29881", (1, 45)),
    "an osteotomy beside gallbladder surgery": on("22206 47562", (1, 45)),
    "a splenectomy beside gallbladder surgery": on("38100 47562", (1, 45)),
    "drainage beside debridement": on("22010 11042", (1, 45)),
    "two of them beside surgery": on("22110 22010 29881", (1, 45), (2, 45)),
    "one of them alone": on("22110", (1, 18)),
    "one of them beside another inpatient-only procedure": on("22110 44140", (1, 18), (2, 18)),
    # 118
    "a bill of a hospital's level of care": on("G0463:0510", (0, 118), bill="0611"),
    "a bill of another clinic": on("G0463:0510", (0, 118), bill="0791"),
    "a mental health center without a program": on("90834:0914", (0, 118), bill="0761", **MENTAL),
    "a laboratory's bill of a program": on("80053:0300", (0, 118), bill="0141", condition_codes=["41"]),
    "an inpatient's part B bill of a program": on("80053:0300", (0, 118), bill="0121", condition_codes=["41"]),
    "a bill of a nonmedical institution is processed": on("G0463:0510", bill="0431"),
    "but for a program (46)": on("G0463:0510", (0, 46), bill="0431", condition_codes=["41"]),
    "hours of observation alone are packaged (27)": on("G0378:0762*4 G0378:0762*4", (0, 27)),
}


@cache
def validator() -> Validator:
    return Validator("medicare", STORE)


@pytest.mark.parametrize("name", CASES)
def test_a_claim_gets_the_edits_of_the_published_text(name: str) -> None:
    claim, edits = CASES[name]
    assert edits_of(validator().validate(claim)) == edits
