"""What a new user tries from habit: the call, and what must come of it.

Each entry is one thing that somebody types without having read anything. `WORK` are those that work; `REFUSED` those
that are a bad call, which say what to do instead.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
import pickle
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import attrs
import polars as pl
import pyarrow as pa
import pytest

import claimcheck
from claimcheck import (
    Claim,
    ClaimcheckError,
    Diagnosis,
    Policy,
    ServiceLine,
    Tables,
    Validator,
    codes,
    explain,
    validate_claim,
    validate_claims,
)  # fmt: skip
from claimcheck.claims import Disposition, Severity
from claimcheck.frames import results_frame, validate_frame
from claimcheck.io import read_claims

np = pytest.importorskip("numpy", reason="numpy is not installed: pip install 'claimcheck[test-pandas]'")
pd = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'claimcheck[test-pandas]'")

LINE = {
    "procedure_code": "99213",
    "units": 1,
    "charge": "125.00",
    "service_date": "2024-07-15",
    "place_of_service": "11",
}
CLAIM: dict[str, Any] = {
    "claim_id": "A1", "claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893",
    "diagnoses": ["I10", "E11.9"], "total_charge": "125.00", "lines": [LINE],
}  # fmt: skip
DAY = datetime.date(2024, 7, 15)


def judge(line: dict[str, Any] | None = None, /, **claim: Any) -> claimcheck.ClaimResult:
    """The verdict on the claim with other fields of its line, and of its own."""
    given = {**CLAIM, "lines": [{**LINE, **(line or {})}], **claim}
    return validate_claim({name: value for name, value in given.items() if value is not ...})


def line(**fields: Any) -> ServiceLine:
    return ServiceLine.from_dict(fields)


def claim(**fields: Any) -> Claim:
    return Claim.from_dict(fields)


def renamed(**names: str) -> dict[str, Any]:
    """The line with some of its fields under other names."""
    return {names.get(name, name): value for name, value in LINE.items()}


def fine(result: claimcheck.ClaimResult) -> bool:
    """No error, and nothing about keys."""
    return result.ok and not {"STR101", "STR102"} & {finding.rule_id for finding in result}


@dataclasses.dataclass
class DataLine:
    procedure_code: str = "99213"
    units: int = 1
    charge: float = 125.0
    service_date: datetime.date = DAY


@attrs.define
class AttrsClaim:
    claim_type: str = "professional"
    billing_npi: str = "1234567893"
    lines: list[DataLine] = attrs.field(factory=lambda: [DataLine()])
    diagnoses: tuple[str, ...] = ("I10",)
    member_id: str = "M1"


class TupleLine(NamedTuple):
    cpt: str = "99213"
    units: int = 1
    charge: str = "125.00"
    dos: str = "2024-07-15"


class Model:
    """As pydantic makes classes: the names of the fields on the class, the values on the instance."""

    model_fields = MappingProxyType({"procedure_code": None, "units": None, "charge": None, "service_date": None})

    def __init__(self) -> None:
        self.procedure_code, self.units, self.charge, self.service_date = "99213", 1, 125, DAY


FRAME = pd.DataFrame([{**LINE, "claim_id": "A1", "claim_type": "professional", "billing_npi": "1234567893"}])
EXPORT = (
    "Claim #,Patient ID,CPT,Mod 1,DX1,DOS,Qty,Billed Amount,POS,NPI\n"
    "A1,M1,99213,25,I10,07/15/2024,1,$125.00,11,1234567893\n"
)


def of_csv(text: str) -> Claim:
    (read,) = read_claims(text.encode(), name="export.csv")
    return read


WORK: dict[str, Callable[[], Any]] = {
    # the claim itself
    "a mapping": lambda: judge().ok,
    "a JSON text": lambda: validate_claim(json.dumps(CLAIM)).ok,
    "JSON bytes": lambda: validate_claim(json.dumps(CLAIM).encode()).ok,
    "JSON with a byte order mark": lambda: validate_claim(b"\xef\xbb\xbf" + json.dumps(CLAIM).encode()).ok,
    "a memory view of JSON": lambda: validate_claim(memoryview(json.dumps(CLAIM).encode())).ok,
    "ServiceLine.from_dict of JSON": lambda: ServiceLine.from_dict(json.dumps(LINE)).units == 1,
    "a line as JSON": lambda: judge(lines=[json.dumps(LINE)]).ok,
    "Claim.from_dict of JSON": lambda: Claim.from_dict(json.dumps(CLAIM)).claim_id == "A1",
    "an OrderedDict": lambda: validate_claim(OrderedDict(CLAIM)).ok,
    "a defaultdict": lambda: validate_claim(defaultdict(list, CLAIM)).ok,
    "a mapping proxy": lambda: validate_claim(MappingProxyType(CLAIM)).ok,
    "a Claim": lambda: validate_claim(Claim(**CLAIM)).ok,
    "an attrs instance": lambda: validate_claim(AttrsClaim()).ok,
    "a dataclass as a line": lambda: judge(lines=[DataLine()]).ok,
    "a named tuple as a line": lambda: judge(lines=[TupleLine()]).ok,
    "a model as a line": lambda: judge(lines=[Model()]).ok,
    "one line, not a list": lambda: judge(lines=LINE).ok,
    "a tuple of lines": lambda: judge(lines=(LINE,)).ok,
    "a generator of lines is no list, and told": lambda: judge(lines=(one for one in [LINE])).errors != (),
    "a pandas frame of lines": lambda: judge(lines=pd.DataFrame([LINE])).ok,
    "a pandas row as a line": lambda: judge(lines=[row for _, row in pd.DataFrame([LINE]).iterrows()]).ok,
    "pandas records": lambda: judge(lines=pd.DataFrame([LINE]).to_dict("records")).ok,
    "pandas tuples": lambda: judge(lines=list(pd.DataFrame([LINE]).itertuples(index=False))).ok,
    "a Polars frame of lines": lambda: judge(lines=pl.DataFrame([LINE])).ok,
    "an Arrow table of lines": lambda: judge(lines=pa.Table.from_pylist([LINE])).ok,
    "results_frame of one result": lambda: results_frame(judge()).height == 1,
    "pickle": lambda: pickle.loads(pickle.dumps(judge())).ok,
    # policy and tables
    "the policy by position": lambda: validate_claim(CLAIM, "medicare").receipt.policy == "medicare",
    "the policy by name": lambda: validate_claim(CLAIM, policy="medicare").receipt.policy == "medicare",
    "a Policy by position": lambda: validate_claim(CLAIM, Policy.load("medicare")).receipt.policy == "medicare",
    "a policy for many by position": lambda: [r.receipt.policy for r in validate_claims([CLAIM], "zero")] == ["zero"],
    "a policy for a frame by position": lambda: len(validate_frame(FRAME, "medicare").lines) == 1,
    "a validator's policy by position": lambda: Validator("medicare").validate(CLAIM).receipt.policy == "medicare",
    "Policy.from_dict": lambda: validate_claim(CLAIM, Policy.from_dict({"name": "ours", "extends": "default"})).ok,
    "as_of as text": lambda: validate_claim(CLAIM, as_of="2024-08-01").receipt.as_of == datetime.date(2024, 8, 1),
    "as_of as MM/DD/YYYY": lambda: validate_claim(CLAIM, as_of="08/01/2024").receipt.as_of is not None,
    "as_of as a moment": lambda: validate_claim(CLAIM, as_of=datetime.datetime(2024, 8, 1, 9)).receipt.as_of,
    "as_of as a Timestamp": lambda: validate_claim(CLAIM, as_of=pd.Timestamp("2024-08-01")).receipt.as_of is not None,
    "a policy as a mapping": lambda: validate_claim(CLAIM, {"name": "ours", "extends": "default"}).ok,  # type: ignore[arg-type]
    "the starter tables": lambda: validate_claim(CLAIM, tables=Tables.starter()).ok,
    # several claims
    "a list of claims": lambda: [result.ok for result in validate_claims([CLAIM, CLAIM])] == [True, True],
    "a generator of claims": lambda: [result.ok for result in validate_claims(one for one in [CLAIM])] == [True],
    "claims as JSON": lambda: [result.ok for result in validate_claims([json.dumps(CLAIM)])] == [True],
    "sorted claims": lambda: len(list(validate_claims([CLAIM, CLAIM], sort=True))) == 2,
    "a bad claim among good ones": lambda: [r.ok for r in validate_claims([CLAIM, None, CLAIM])] == [True, False, True],
    # the result
    "result.ok": lambda: judge().ok is True,
    "result.errors": lambda: [finding.rule_id for finding in judge({"units": "x"}).errors] == ["STR301"],
    "result.warnings": lambda: all(finding.severity == "warning" for finding in judge().warnings),
    "for finding in result": lambda: [f.rule_id for f in judge({"units": "x"})].count("STR301") == 1,
    "list(result)": lambda: list(judge()) == list(judge().findings),
    "result.line(1)": lambda: judge().line(1).disposition == "payable",
    "result.line(7) by its number": lambda: judge({"line_number": 7}).line(7).position == 1,
    "result.line(position=1)": lambda: judge({"line_number": 7}).line(position=1).line_number == 7,
    "result.lines[0]": lambda: judge().lines[0].procedure_code == "99213",
    "max(severities)": lambda: max(f.severity for f in judge({"units": "x"})) is Severity.ERROR,
    "severity > info": lambda: Severity.ERROR > Severity.INFO,
    "severity >= a word": lambda: Severity.WARNING >= "warning",
    "a word < severity": lambda: Severity.ERROR > "info",
    "sorted(Severity)": lambda: sorted(Severity) == ["info", "warning", "error"],
    "severity == a word": lambda: Severity.ERROR == "error",
    "errors by >=": lambda: [f for f in judge({"units": "x"}) if f.severity >= Severity.WARNING] != [],
    "disposition > payable": lambda: Disposition.DENIED > Disposition.PAYABLE,
    "worst line": lambda: max(judge().lines, key=lambda one: one.disposition).disposition == "payable",
    "sorted(Disposition)": lambda: sorted(Disposition)[:2] == ["payable", "report_only"],
    "disposition as a key": lambda: {Disposition.DENIED: 1}["denied"] == 1,
    "raise_for_findings": lambda: judge().raise_for_findings() is None,
    "to_dict": lambda: judge().to_dict()["ok"] is True,
    "to_json": lambda: json.loads(judge().to_json())["ok"] is True,
    "str(result)": lambda: "payable" in str(judge()),
    # other names of fields
    **{
        f"{name} for procedure_code": lambda name=name: fine(judge(lines=[renamed(procedure_code=name)]))
        for name in ("cpt", "hcpcs", "code", "procedure", "CPT Code", "procedureCode", "24D", "box_24d", "FL 44", "px")
    },
    **{
        f"{name} for service_date": lambda name=name: fine(judge(lines=[renamed(service_date=name)]))
        for name in ("dos", "DOS", "date_of_service", "from_date", "Date of Service", "box 24A", "fl45", "serviceDate")
    },
    **{
        f"{name} for units": lambda name=name: fine(judge(lines=[renamed(units=name)]))
        for name in ("qty", "quantity", "Qty", "box_24g", "FL 46", "service_units")
    },
    **{
        f"{name} for charge": lambda name=name: fine(judge(lines=[renamed(charge=name)]))
        for name in ("billed_amount", "charge_amount", "charges", "24F", "fl47", "Line Charge")
    },
    **{
        f"{name} for place_of_service": lambda name=name: fine(judge(lines=[renamed(place_of_service=name)]))
        for name in ("pos", "POS", "box_24b", "place_of_service_code")
    },
    **{
        f"{name} for diagnoses": lambda name=name: claim(**{name: ["I10"]}).diagnoses[0].code == "I10"  # type: ignore[union-attr]
        for name in ("dx", "icd", "icd10", "diagnosis_codes", "diagnosis", "box_21")
    },
    "dx1 and dx2": lambda: [one.code for one in claim(dx1="I10", dx2="E11.9").diagnoses] == ["I10", "E11.9"],  # type: ignore[union-attr]
    "21A and 21B": lambda: [one.code for one in claim(**{"21B": "E11.9", "21A": "I10"}).diagnoses] == ["I10", "E11.9"],  # type: ignore[union-attr]
    "fl67 is the principal": lambda: claim(fl67a="E11.9", fl67="I10").diagnoses[0].role == "principal",  # type: ignore[union-attr]
    "admitting_diagnosis": lambda: claim(admitting_diagnosis="R07.9").diagnoses[0].role == "admitting",  # type: ignore[union-attr]
    "mod1 to mod4": lambda: line(cpt="99213", mod1="25", mod2="59", mod3="", mod4=None).modifiers == ("25", "59"),
    "modifier": lambda: line(modifier="25").modifiers == ("25",),
    "modifier1": lambda: line(modifier1="25", modifier_2="59").modifiers == ("25", "59"),
    "rev_code": lambda: line(rev_code="0450").revenue_code == "0450",
    "FL 42": lambda: line(**{"FL 42": "0450"}).revenue_code == "0450",
    "tob": lambda: claim(tob="0131").bill_type == "0131",
    "fl4": lambda: claim(fl4="0131").bill_type == "0131",
    "npi of a claim": lambda: claim(npi="1234567893").billing_npi == "1234567893",
    "npi of a line": lambda: line(npi="1234567893").rendering_npi == "1234567893",
    "dob and gender": lambda: (claim(dob="1960-01-31", gender="female").birth_date, claim(gender="female").sex)
    == (datetime.date(1960, 1, 31), "F"),
    "through_date": lambda: line(dos="2024-07-15", through_date="2024-07-15").service_date_end == DAY,
    "claim_number": lambda: claim(claim_number="A1").claim_id == "A1",
    "service_lines": lambda: len(claim(service_lines=[LINE, LINE]).lines) == 2,
    "total": lambda: claim(total=125).total_charge == 125,
    "patient_id": lambda: claim(patient_id="M1").member_id == "M1",
    "auth number": lambda: claim(**{"Prior Auth": "X1"}).prior_authorization == "X1",
    "the same under two names": lambda: fine(judge({"cpt": "99213", "qty": 1.0})),
    # spellings of codes
    "an int as a code": lambda: line(cpt=99213).procedure_code == "99213",
    "a float of pandas as a code": lambda: line(cpt=99213.0).procedure_code == "99213",
    "a code as 99213.0": lambda: line(cpt="99213.0").procedure_code == "99213",
    "an anesthesia code that lost its zeros": lambda: line(cpt=100).procedure_code == "00100",
    "99213-25": lambda: (line(cpt="99213-25").procedure_code, line(cpt="99213-25").modifiers) == ("99213", ("25",)),
    "99213 25 59": lambda: line(cpt="99213 25 59").modifiers == ("25", "59"),
    "99213-25 beside its modifier": lambda: line(cpt="99213-25", modifiers=["25"]).modifiers == ("25",),
    "lower case": lambda: judge({"procedure_code": "g0438"}).lines[0].procedure_code == "G0438",
    "modifiers 25,59": lambda: line(modifiers="25,59").modifiers == ("25", "59"),
    "modifiers 25:59": lambda: line(modifiers="25:59").modifiers == ("25", "59"),
    "modifiers 25~59, as HL7 repeats them": lambda: line(modifiers="25~59").modifiers == ("25", "59"),
    "modifiers 25 59": lambda: line(modifiers="25 59").modifiers == ("25", "59"),
    "modifiers as ints": lambda: line(modifiers=[25, 59]).modifiers == ("25", "59"),
    "modifiers as a float": lambda: line(modifiers=25.0).modifiers == ("25",),
    "modifiers as an array": lambda: line(modifiers=np.array(["25"])).modifiers == ("25",),
    "modifiers as a set": lambda: line(modifiers={"25"}).modifiers == ("25",),
    "modifiers with NaN": lambda: line(modifiers=["25", float("nan"), None, ""]).modifiers == ("25",),
    "diagnoses I10,E11.9": lambda: [one.code for one in claim(dx="I10,E11.9").diagnoses] == ["I10", "E11.9"],  # type: ignore[union-attr]
    "diagnoses E11.9~I10": lambda: [one.code for one in claim(dx="E11.9~I10").diagnoses] == ["E11.9", "I10"],  # type: ignore[union-attr]
    "diagnosis I10.": lambda: Diagnosis("I10.").code == "I10",
    "diagnosis without a dot": lambda: judge(diagnoses=["E119"]).ok,
    "diagnosis as a mapping": lambda: claim(dx=[{"icd10": "I10", "type": 1}]).diagnoses[0].code == "I10",  # type: ignore[union-attr]
    "diagnosis version ICD10": lambda: Diagnosis("I10", version="ICD10").version == "ICD-10-CM",
    "pointers AB": lambda: line(pointers="AB").diagnosis_pointers == (1, 2),
    "pointers A,B": lambda: line(pointers="A,B").diagnosis_pointers == (1, 2),
    "pointers 1:2": lambda: line(pointers="1:2").diagnosis_pointers == (1, 2),
    "pointers 1,2": lambda: line(pointers="1,2").diagnosis_pointers == (1, 2),
    "pointers ['A', 'B']": lambda: line(pointers=["A", "B"]).diagnosis_pointers == (1, 2),
    "pointer 12 is twelve": lambda: line(pointers="12").diagnosis_pointers == (12,),
    "place of service as an int": lambda: line(pos=11).place_of_service == "11",
    "place of service 2": lambda: line(pos=2).place_of_service == line(pos="2").place_of_service == "02",
    "revenue code as an int": lambda: line(rev_code=250).revenue_code == "0250",
    "bill type as an int": lambda: claim(tob=131).bill_type == "0131",
    "NPI as an int": lambda: claim(npi=1234567893).billing_npi == "1234567893",
    "tax id as an int": lambda: claim(tax_id=12345678).billing_tax_id == "012345678",
    "patient status 1": lambda: claim(patient_status=1).patient_status == "01",
    "condition codes as ints": lambda: claim(condition_codes=[44, 7]).condition_codes == ("44", "07"),
    "claim id as an int": lambda: claim(claim_id=1001).claim_id == "1001",
    "claim type 837P": lambda: fine(judge(claim_type="837P")),
    "claim type UB-04": lambda: claim(claim_type="UB-04").claim_type == "institutional",
    "claim type in upper case": lambda: fine(judge(claim_type="PROFESSIONAL")),
    # spellings of days
    **{
        f"{text!r} is a day": lambda text=text: line(dos=text).service_date == DAY
        for text in (
            "07/15/2024", "7/15/24", "07-15-2024", "2024/07/15", "20240715", 20240715, "2024-07-15 00:00:00",
            "2024-07-15T10:30:00Z", "2024-07-15T10:30:00-05:00", "15-JUL-2024", "Jul 15, 2024", "07152024",
        )
    },
    "a datetime": lambda: line(dos=datetime.datetime(2024, 7, 15, 8, 30)).service_date == DAY,
    "a Timestamp": lambda: line(dos=pd.Timestamp("2024-07-15")).service_date == DAY,
    "a datetime64": lambda: line(dos=np.datetime64("2024-07-15")).service_date == DAY,
    "a birth date as 3/17/45": lambda: claim(dob="3/17/45").birth_date == datetime.date(1945, 3, 17),
    # spellings of amounts
    "$125.00": lambda: line(charge="$125.00").charge == 125,
    "$1,250.00": lambda: line(charge="$1,250.00").charge == 1250,
    "1,250.00": lambda: line(charge="1,250.00").charge == 1250,
    "(125.00) is negative": lambda: line(charge="(125.00)").charge == -125,
    "a float": lambda: line(charge=125.5).charge == Decimal("125.5"),
    "3 * 1.1": lambda: line(charge=3 * 1.1).charge == Decimal("3.30"),
    "np.float64": lambda: fine(judge({"charge": np.float64(125)})),
    "np.int64 units": lambda: fine(judge({"units": np.int64(1)})),
    "units 1.0": lambda: fine(judge({"units": 1.0})),
    "minutes 15.5": lambda: line(units=15.5).units == Decimal("15.5"),
    # what is missing
    **{
        f"{value!r} is missing": lambda value=value: line(units=value, cpt=value, dos=value) == line()
        for value in (None, "", " ", float("nan"), pd.NA, pd.NaT)
    },
    # files and frames
    "an export of its own": lambda: fine(validate_claim(attrs.evolve(of_csv(EXPORT), claim_type="professional"))),
    "an export in a frame": lambda: validate_frame(pl.read_csv(io.StringIO(EXPORT))).lines.height == 1,
    "a pandas frame": lambda: len(validate_frame(FRAME).lines) == 1,
    "a pandas frame of numbers": lambda: set(
        validate_frame(FRAME.assign(procedure_code=99213, units=1.0, billing_npi=1234567893)).lines["disposition"]
    )
    == {"payable"},
    "csv.DictReader": lambda: len(list(validate_claims(csv.DictReader(io.StringIO(EXPORT))))) == 1,
    # a hint where something is not known
    "unit for units is told": lambda: "did you mean 'units'?" in str(judge({"unit": 1})),
    "a field of the claim on a line is told": lambda: "of the claim" in str(judge({"member_id": "M1"})),
    "a field of the line on the claim is told": lambda: "it belongs in lines" in str(judge(cpt="99213")),
    "two names that differ are told": lambda: judge({"cpt": "99214"}).errors[0].rule_id == "STR102",
    "a path is told": lambda: "read_claims" in str(validate_claim("claims.837")),
    "a list of claims is told": lambda: "validate_claims" in str(validate_claim([CLAIM])),
    "a frame is told": lambda: "validate_frame" in str(validate_claim(FRAME)),
    "broken JSON is told": lambda: "not JSON" in str(validate_claim('{"claim_type": ')),
    # codes
    "codes.npi.is_valid": lambda: codes.npi.is_valid("1234567893"),
    "explain(a code, another)": lambda: "NCCI" in str(explain("45385", "45380")),
    "explain(99213)": lambda: "99213" in str(explain("99213")),
    "parse_procedure": lambda: codes.parse_procedure("99213").system == "CPT",
}  # fmt: skip

REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "a path to validate_claims": (lambda: list(validate_claims("claims.837")), "read_claims"),
    "a Path to validate_claims": (lambda: list(validate_claims(Path("claims.837"))), "read_claims"),  # type: ignore[arg-type]
    "one claim to validate_claims": (lambda: list(validate_claims(CLAIM)), "validate_claim"),
    "one Claim to validate_claims": (lambda: list(validate_claims(Claim(**CLAIM))), "validate_claim"),  # type: ignore[arg-type]
    "a frame to validate_claims": (lambda: list(validate_claims(FRAME)), "validate_frame"),
    "a Polars frame to validate_claims": (lambda: list(validate_claims(pl.from_pandas(FRAME))), "validate_frame"),
    "nothing to validate_claims": (lambda: list(validate_claims(None)), "give a list"),  # type: ignore[arg-type]
    "a list to validate_frame": (lambda: validate_frame([LINE]), "give a Polars, Arrow or pandas frame"),
    "a policy that is not there": (lambda: validate_claim(CLAIM, "medicaire"), "medicaire"),
    "no policy": (lambda: validate_claim(CLAIM, None), "for the default, leave it out"),  # type: ignore[arg-type]
    "a number for a policy": (lambda: validate_claim(CLAIM, 5), "a name, a path or a Policy"),  # type: ignore[arg-type]
    "no policy for a frame": (lambda: validate_frame(FRAME, None), "leave it out"),  # type: ignore[arg-type]
    "a date that is none": (lambda: validate_claim(CLAIM, as_of="yesterday"), "YYYY-MM-DD"),
    "a line that is not there": (lambda: judge().line(9), "there is 1"),
    "a line by its number, of two": (lambda: judge(lines=[{**LINE, "line_number": 1}] * 2).line(1), "position"),
    "a code that is none": (lambda: codes.npi.parse("1234567890"), "check digit"),
    "raise_for_findings": (lambda: judge({"units": "x"}).raise_for_findings(), "STR301"),
    "raise_for_findings of a word": (lambda: judge().raise_for_findings("warn"), "one of error, warning, info"),
    "a path for a history": (lambda: validate_claim(CLAIM, history="x.db"), "SqliteHistory(path)"),  # type: ignore[arg-type]
    "claims for a history": (lambda: list(validate_claims([CLAIM], history=[CLAIM])), "MemoryHistory"),  # type: ignore[arg-type]
    "a path for the history of a frame": (lambda: validate_frame(FRAME, history=Path("x.db")), "SqliteHistory(path)"),
    "a file that is not there": (lambda: list(read_claims("no such file.837")), "no such file"),
}  # fmt: skip


@pytest.mark.parametrize("call", WORK)
def test_works(call: str) -> None:
    assert WORK[call]()


@pytest.mark.parametrize("call", REFUSED)
def test_is_refused_with_what_to_do(call: str) -> None:
    refused, advice = REFUSED[call]
    with pytest.raises(ClaimcheckError) as error:
        refused()
    assert advice in str(error.value)


def test_severity_beside_a_word_that_is_none() -> None:
    with pytest.raises(TypeError, match="one of info, warning, error"):
        _ = Severity.ERROR > "fatal"
    with pytest.raises(TypeError):
        _ = Severity.ERROR > Disposition.DENIED


def test_there_are_as_many_as_are_promised() -> None:
    assert len(WORK) >= 150
    assert len(WORK) + len(REFUSED) >= 170
