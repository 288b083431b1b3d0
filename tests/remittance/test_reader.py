"""The reader of 835 files, against remittances that were written from plain values."""

from __future__ import annotations

import datetime
import gzip
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import InputError
from claimcheck.remittance import Remittance, RemittedClaim, read_remittances
from claimcheck.remittance.values import ProviderAdjustment, RemittanceHeader, RemittedAdjustment, RemittedLine
from remittance import written

CENTS = st.integers(0, 10_000_00)
CODES = st.sampled_from(["99213", "36415", "J1885", "3044F", "80053"])
MODIFIERS = st.lists(st.sampled_from(["25", "59", "LT", "QW"]), max_size=4, unique=True)
REASONS = st.sampled_from(["45", "97", "253", "18", "119"])
REMARKS = st.lists(st.sampled_from(["N130", "M15", "N435"]), max_size=3, unique=True)


def money(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2))


@st.composite
def adjustments(draw: st.DrawFn) -> list[tuple[str, list[tuple[str, str, str]]]]:
    triplet = st.tuples(REASONS, CENTS.map(money), st.sampled_from(["", "1", "2"]))
    groups = st.lists(st.sampled_from(["CO", "PR", "OA", "PI"]), max_size=2, unique=True)
    return [(group, draw(st.lists(triplet, min_size=1, max_size=6))) for group in draw(groups)]


def taken(stated: list[tuple[str, list[tuple[str, str, str]]]]) -> Decimal:
    return sum((Decimal(amount) for _, triplets in stated for _, amount, _ in triplets), Decimal(0))


@st.composite
def lines(draw: st.DrawFn) -> dict[str, object]:
    """A line that balances."""
    charge, stated = draw(CENTS), draw(adjustments())
    line = {
        "code": draw(CODES),
        "modifiers": draw(MODIFIERS),
        "charge": money(charge),
        "paid": str(Decimal(money(charge)) - taken(stated)),
        "units": draw(st.sampled_from(["", "1", "2.5"])),
        "adjustments": stated,
        "remarks": draw(REMARKS),
        "control_number": draw(st.sampled_from(["", "1", "L-7"])),
        "allowed": draw(st.sampled_from(["", "80.10"])),
    }
    if draw(st.booleans()):
        line |= {"submitted": [draw(CODES), *draw(MODIFIERS)], "submitted_units": draw(st.sampled_from(["", "3"]))}
    return line


@st.composite
def claims(draw: st.DrawFn) -> dict[str, object]:
    """A claim that balances."""
    of_claim, its_lines = draw(adjustments()), draw(st.lists(lines(), min_size=1, max_size=3))
    charge = sum((Decimal(line["charge"]) for line in its_lines), Decimal(0))
    paid = sum((Decimal(line["paid"]) for line in its_lines), Decimal(0)) - taken(of_claim)
    return {
        "claim_id": draw(st.sampled_from(["A1", "B-2", "77"])),
        "status": draw(st.sampled_from(["1", "2", "4", "19", "22"])),
        "charge": str(charge),
        "paid": str(paid),
        "payer_claim_id": draw(st.sampled_from(["", "P9"])),
        "adjustments": of_claim,
        "remarks": draw(REMARKS),
        "received": draw(st.sampled_from(["", "20240710"])),
        "lines": its_lines,
    }


@given(st.lists(claims(), max_size=4))
def test_every_triplet_and_every_remark_is_read(stated: list[dict]) -> None:
    payment = sum((Decimal(claim["paid"]) for claim in stated), Decimal(0))
    *found, remittance = read_remittances(written.interchange(written.transaction(stated, str(payment))))
    assert isinstance(remittance, Remittance)
    assert (remittance.claims, remittance.paid, remittance.findings) == (len(stated), payment, ())
    assert len(found) == len(stated)
    for claim, said in zip(found, stated, strict=True):
        assert isinstance(claim, RemittedClaim)
        assert claim.findings == ()
        assert (claim.claim_id, claim.status) == (said["claim_id"], said["status"])
        assert (claim.charge, claim.paid) == (Decimal(said["charge"]), Decimal(said["paid"]))
        assert claim.payer_claim_id == (said["payer_claim_id"] or None)
        assert claim.remarks == tuple(said["remarks"])
        assert claim.received_date == (datetime.date(2024, 7, 10) if said["received"] else None)
        assert _as_stated(claim.adjustments) == _flat(said["adjustments"])
        assert len(claim.lines) == len(said["lines"])
        for line, of_line in zip(claim.lines, said["lines"], strict=True):
            assert (line.procedure_code, list(line.modifiers)) == (of_line["code"], of_line["modifiers"])
            assert (line.charge, line.paid) == (Decimal(of_line["charge"]), Decimal(of_line["paid"]))
            assert line.units == Decimal(of_line["units"] or 1)
            assert [line.billed_code, *line.billed_modifiers] == of_line.get(
                "submitted", [of_line["code"], *of_line["modifiers"]]
            )
            assert line.billed_units == Decimal(of_line.get("submitted_units") or of_line["units"] or 1)
            assert line.control_number == (of_line["control_number"] or None)
            assert line.allowed == (Decimal(of_line["allowed"]) if of_line["allowed"] else None)
            assert list(line.remarks) == of_line["remarks"]
            assert _as_stated(line.adjustments) == _flat(of_line["adjustments"])


def _flat(stated: list[tuple[str, list[tuple[str, str, str]]]]) -> list[tuple[str, str, Decimal, Decimal | None]]:
    return [
        (group, reason, Decimal(amount), Decimal(quantity) if quantity else None)
        for group, triplets in stated
        for reason, amount, quantity in triplets
    ]


def _as_stated(found: tuple) -> list[tuple[str, str, Decimal, Decimal | None]]:
    return [(each.group_code, each.carc, each.amount, each.quantity) for each in found]


LINE = {"code": "99213", "charge": "125", "paid": "80", "adjustments": [("CO", [("45", "45", "")])]}
CLAIM = {"claim_id": "A1", "status": "1", "charge": "125", "paid": "80", "lines": [LINE]}


@pytest.mark.parametrize(
    ("claim", "payment", "plb", "found"),
    [
        (CLAIM, "80", [], []),
        (CLAIM, "70", [["PLB", "1234567893", "20241231", "WO:A1", "10"]], []),
        (CLAIM, "80", [["PLB", "1234567893", "20241231", "WO:A1", "10", "L6", "-10"]], []),
        (CLAIM, "79", [], ["REM103"]),
        (CLAIM | {"paid": "81"}, "81", [], ["REM102"]),
        (CLAIM | {"charge": "126"}, "80", [], ["REM102", "REM104"]),
        (CLAIM | {"paid": "81", "lines": [LINE | {"paid": "81"}]}, "81", [], ["REM101", "REM102"]),
        (CLAIM | {"charge": "-125", "paid": "-80", "status": "22", "lines": []}, "-80", [], ["REM102"]),
        (CLAIM | {"charge": "x", "lines": []}, "80", [], ["REM201"]),
        (CLAIM | {"charge": "", "lines": []}, "80", [], ["REM201"]),
        (CLAIM | {"adjustments": [("CO", [("45", "", "")])]}, "80", [], ["REM204"]),
        (CLAIM | {"adjustments": [("CO", [("", "0", "")])]}, "80", [], ["REM204"]),
        (CLAIM | {"received": "2024"}, "80", [], ["REM201"]),
    ],
)
def test_what_does_not_balance_is_told(claim: dict, payment: str, plb: list[list[str]], found: list[str]) -> None:
    items = list(read_remittances(written.interchange(written.transaction([claim], payment, plb))))
    assert [finding.rule_id for item in items for finding in item.findings] == found


def test_a_reversal_balances_with_its_signs() -> None:
    line = LINE | {"charge": "-125", "paid": "-80", "adjustments": [("CO", [("45", "-45", "")])]}
    reversal = CLAIM | {"status": "22", "charge": "-125", "paid": "-80", "lines": [line]}
    first, second, remittance = read_remittances(written.interchange(written.transaction([reversal, CLAIM], "0")))
    assert first.is_reversal
    assert not second.is_reversal
    assert [first.findings, second.findings, remittance.findings] == [(), (), ()]


def test_a_line_of_a_revenue_code_alone() -> None:
    line = LINE | {"qualifier": "NU", "code": "0450"}
    claim, _ = read_remittances(written.interchange(written.transaction([CLAIM | {"lines": [line]}], "80")))
    assert (claim.lines[0].procedure_code, claim.lines[0].revenue_code) == (None, "0450")


def test_other_transaction_sets_are_passed_over() -> None:
    other = [["ST", "999", "1"], ["CLP", "X", "1", "5", "5"], ["SE", "3", "1"]]
    items = list(read_remittances(written.interchange(other, written.transaction([CLAIM], "80"))))
    assert [type(item) for item in items] == [RemittedClaim, Remittance]


@pytest.mark.parametrize("form", ["gzip", "newlines", "stream"])
def test_inputs(form: str, tmp_path) -> None:
    data = written.interchange(written.transaction([CLAIM], "80"))
    if form == "gzip":
        data = gzip.compress(data)
    elif form == "newlines":
        data = data.replace(b"~", b"~\r\n")
    path = tmp_path / "a.835"
    path.write_bytes(data)
    with path.open("rb") as stream:
        claim, _ = read_remittances(stream if form == "stream" else path)
    assert claim.source.file == str(path)
    assert claim.source.place == 11


def test_two_remittances_of_one_file_are_two() -> None:
    one = written.transaction([CLAIM], "80")
    items = list(read_remittances(written.interchange(one, one)))
    assert [type(item) for item in items] == [RemittedClaim, Remittance, RemittedClaim, Remittance]
    assert items[0].remittance == items[1].header
    assert items[1].paid == items[3].paid == 80


@pytest.mark.parametrize("cut", range(2, 20))
def test_a_file_that_ends_early_is_refused_after_what_it_holds(cut: int) -> None:
    data = written.interchange(written.transaction([CLAIM, CLAIM], "160")).split(b"~")
    with pytest.raises(InputError):
        list(read_remittances(b"~".join(data[:cut]) + b"~", name="cut.835"))


def test_text_around_interchanges_is_passed_over_and_told() -> None:
    one = written.interchange(written.transaction([CLAIM], "80"))
    items = list(read_remittances(b"Hello,\n" + one + b"\nand the next\n" + one + b"\nYours\n"))
    assert [type(item) for item in items] == [RemittedClaim, Remittance, RemittedClaim, Remittance]
    before = "Text before this interchange is no X12: passed over"
    after = "Text after the last interchange is no X12: passed over"
    assert [[finding.message for finding in item.findings] for item in items[1::2]] == [[before], [before, after]]
    assert [finding.place for finding in items[3].findings] == [19, 37]  # an interchange has 18 segments


def test_a_remittance_is_delivered_before_what_breaks_after_it() -> None:
    one = written.interchange(written.transaction([CLAIM], "80"))
    items = read_remittances(one + b"ISA*00*cut")
    assert [type(next(items)), type(next(items))] == [RemittedClaim, Remittance]
    with pytest.raises(InputError):
        next(items)


def test_no_835_is_refused() -> None:
    with pytest.raises(InputError, match="transaction set 835 is expected"):
        list(read_remittances(written.interchange([["ST", "837", "1"], ["SE", "2", "1"]])))


def test_nothing_of_the_member_is_held_or_said() -> None:
    claim = CLAIM | {"charge": "MEMBER-CANARY", "received": "MEMBER-CANARY"}
    items = list(read_remittances(written.interchange(written.transaction([claim], "80"))))
    assert items[0].findings
    assert "CANARY" not in repr(items)
    assert "DOE" not in repr(items)


@pytest.mark.parametrize(
    "name", ["BPR", "TRN", "N1", "REF", "CLP", "CAS", "NM1", "MOA", "DTM", "SVC", "AMT", "LQ", "PLB"]
)
@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_a_segment_that_ends_early_is_read_as_far_as_it_goes(name: str, kept: int) -> None:
    """X12 drops empty elements at the end of a segment; a CAS of its name alone raised IndexError."""
    segments = [segment.split("*") for segment in WHOLE.split("~")]
    assert name in {segment[0] for segment in segments}
    cut = [segment[: kept + 1] if segment[0] == name else segment for segment in segments]
    items = list(read_remittances("~".join("*".join(segment) for segment in cut).encode()))
    assert isinstance(items[-1], Remittance)
    if name == "CAS":
        incomplete = [finding for item in items for finding in item.findings if finding.rule_id == "REM204"]
        assert len(incomplete) == (2 if kept < 3 else 0)


WHOLE = (
    written.isa()
    + "GS*HP*A*B*20240801*1200*1*X*005010X221A1~ST*835*1~BPR*I*75*C*CHK************20240802~TRN*1*C7*1P~N1*PR*PAYER~"
    "N1*PE*CLINIC*XX*1234567893~REF*TJ*123456789~LX*1~CLP*A1*1*250*80*20*12*77*11*1~CAS*PR*3*20~"
    "NM1*82*1*ROE*RICHARD****XX*1234567893~MOA***MA01~DTM*050*20240710~SVC*HC:99213:25*125*60**1~DTM*472*20240701~"
    "CAS*CO*45*45~REF*6R*1~AMT*B6*80~LQ*HE*N22~PLB*1234567893*20241231*WO:77*5~SE*21*1~GE*1*1~IEA*1*000000001~"
)


def test_the_repr_of_what_was_read_shows_no_number_of_a_claim_and_no_text_that_is_no_code():
    """An element may hold anything where a file is shifted, a name, too; a claim's number may be a member's."""
    name = "QUIXOTE"
    adjustment = RemittedAdjustment(name, name, Decimal(1))
    line = RemittedLine(
        name, Decimal(1), Decimal(0), (name,), name, name, submitted_code=name, submitted_modifiers=(name,),
        control_number=name, adjustments=(adjustment,), remarks=(name,), rendering_npi=name,
        submitted_revenue_code=name,
    )  # fmt: skip
    header = RemittanceHeader(payee_npi=name, trace_number=name, control_number=name)
    claim = RemittedClaim(
        header, name, name, Decimal(1), Decimal(0), None, name, name, name, name, rendering_npi=name, remarks=(name,),
        adjustments=(adjustment,), lines=(line,),
    )  # fmt: skip
    of_provider = ProviderAdjustment(name, None, name, Decimal(1), name)
    assert name not in f"{claim!r} {of_provider!r}"


def test_the_repr_of_what_was_read_shows_its_codes():
    adjustment = RemittedAdjustment("CO", "B7", Decimal(1))
    line = RemittedLine("99213", Decimal(1), Decimal(0), ("25",), adjustments=(adjustment,), remarks=("N22",))
    claim = RemittedClaim(RemittanceHeader(), "A1", "1", Decimal(1), Decimal(0), lines=(line,), remarks=("MA01",))
    assert all(f"'{code}'" in repr(claim) for code in ("CO", "B7", "99213", "25", "N22", "MA01"))
    assert "Unreadable" not in repr(claim)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"resourceType": "Claim", "id": "1"}', "an ExplanationOfBenefit is expected: the file holds no remittance"),
        (
            b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}',
            "an ExplanationOfBenefit",
        ),
        (b"Acct,CPT\nA1,99213\n", "the columns are not those of remittances: give a mapping"),
        (b"Acct|CPT\nA1|99213\n", "the columns are not those of remittances: give a mapping"),
        (b"ST|835|0001~CLP|A1|1~", "ISA is expected"),
    ],
)
def test_what_holds_no_remittance_is_refused_in_the_words_of_its_kind(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        list(read_remittances(data))


def test_an_empty_bundle_holds_nothing_and_is_no_error() -> None:
    assert list(read_remittances(b'{"resourceType": "Bundle", "entry": []}')) == []


def test_a_remittance_without_its_payment_says_so() -> None:
    data = written.text("").replace(b"BPR*I*0*C*ACH************20240802~", b"")
    [remittance] = read_remittances(data)
    assert [finding.message for finding in remittance.findings if finding.rule_id == "REM201"] == [
        "BPR is missing: the payment of the remittance is required"
    ]
