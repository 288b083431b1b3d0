"""What is kept of a claim, and under which name."""

import re
from datetime import date
from decimal import Decimal

import pytest

from claimcheck import Claim, Disposition
from claimcheck.history import Rank, account_of, entry_of, in_force
from claimcheck.history.accounts import name_of
from claimcheck.history.entry import identity, rank_of, undone_by
from history.made import against, claim, finding, line, result, use


def entry(one, *uses, key=b"", **fields):
    return entry_of(one, result(one, *uses, **fields), key)


@pytest.mark.parametrize(
    ("fields", "rank"),
    [
        ({}, Rank.ORIGINAL),
        ({"frequency_code": "1"}, Rank.ORIGINAL),
        ({"frequency_code": "7"}, Rank.REPLACEMENT),
        ({"frequency_code": "8"}, Rank.VOID),
        ({"bill_type": "0137"}, Rank.REPLACEMENT),
        ({"bill_type": "138"}, Rank.VOID),
        ({"bill_type": "13"}, Rank.ORIGINAL),
        ({"bill_type": "nonsense"}, Rank.ORIGINAL),
        ({"bill_type": 7}, Rank.ORIGINAL),
        ({"bill_type": "0138", "frequency_code": "1"}, Rank.ORIGINAL),
        ({"original_claim_id": "B"}, Rank.REPLACEMENT),
        ({"frequency_code": "1", "original_claim_id": "B"}, Rank.REPLACEMENT),
        ({"frequency_code": "3", "original_claim_id": "B"}, Rank.ORIGINAL),
    ],
)
def test_rank(fields, rank):
    assert rank_of(claim(**fields)) is rank


@pytest.mark.parametrize(
    ("fields", "undoes"),
    [
        ({"frequency_code": "7", "original_claim_id": "B"}, ("B",)),
        ({"frequency_code": "8", "original_claim_id": "B"}, ("B",)),
        ({"frequency_code": "1", "original_claim_id": "B"}, ("B",)),
        ({"original_claim_id": "B"}, ("B",)),
        ({"bill_type": "0131", "original_claim_id": "B"}, ("B",)),
        *(({"frequency_code": code, "original_claim_id": "B"}, ()) for code in "2345"),
        ({"bill_type": "0135", "original_claim_id": "B"}, ()),
        ({"frequency_code": "7", "original_claim_id": "A"}, ()),
        ({"frequency_code": "7"}, ()),
        ({"frequency_code": "7", "original_claim_id": [5, 6]}, ()),
        ({"submitted_claim_id": "B"}, ("B",)),
        ({"submitted_claim_id": "B", "original_claim_id": "C"}, ("C", "B")),
        ({"submitted_claim_id": "B", "original_claim_id": "B"}, ("B",)),
        ({"replaced_by_claim_id": "B"}, ("A",)),
        ({"replaced_by_claim_id": [5, 6]}, ()),
    ],
)
def test_undoes(fields, undoes):
    one = claim("A", **fields)
    assert undone_by(one) == undoes
    assert entry(one).undoes == undoes


def test_name():
    assert identity(claim("A 1")) == "A 1"
    assert identity(claim("A")) != identity(claim(None))
    for odd in ("a\x00b", "\ud800", "x" * 101):
        assert identity(claim(odd)).startswith("#")
        assert identity(claim(odd)) == identity(claim(odd, line("99213")))
        assert identity(claim(odd)) != identity(claim(odd), b"key")
    first, second = claim(None, line("99213")), claim(None, line("99214"))
    assert identity(first) == identity(claim(None, line("99213")))
    assert len({identity(first), identity(second), identity(first, b"key")}) == 3
    assert identity(first) != identity(claim(None, line("99213"), member_id="M2"))


def test_digest_is_of_all_but_the_receipt():
    one = claim("A", line(charge="1.00"))
    assert entry(one).digest == entry(claim("A", line(charge="1.0"), received_date="2024-09-09")).digest
    others = [
        claim("A", line(charge="2.00")),
        claim("A", line(units=2, charge="1.00")),
        claim("A", line(charge="1.00"), line()),
        claim("A", line("3046F", charge="1.00")),
        claim("A", line(charge="1.00", modifiers=["59"])),
        claim("A", line(day="2024-02-02", charge="1.00")),
        claim("A", line(charge="1.00"), frequency_code="7"),
        claim("A", line(charge="1.00"), billing_npi="1003000126"),
    ]
    assert len({entry(other).digest for other in [one, *others]}) == len(others) + 1
    assert entry(one).digest != entry(one, key=b"key").digest


def test_lines_need_a_code_and_a_day():
    one = claim(
        "A", line(None), line("nonsense"), line(7), line(day=None), line(day="soon"), line("99213"), line("3044f")
    )
    assert [(kept.position, kept.code) for kept in entry(one).lines] == [(6, "99213"), (7, "3044F")]
    uses = entry(one, use(1), use(7), use(7)).uses
    assert [kept.position for kept in uses] == [7]


def test_a_line_without_a_day_of_its_own():
    institutional = {"claim_type": "institutional", "bill_type": "0131"}
    days = [
        ({"discharge_date": "2024-03-05", "statement_from": "2024-03-01"}, date(2024, 3, 5)),
        ({"statement_from": "2024-03-01"}, date(2024, 3, 1)),
        ({"statement_from": "2024-03-01", "statement_through": "2024-03-01"}, date(2024, 3, 1)),
        ({"statement_from": "2024-03-01", "statement_through": "2024-03-02"}, None),
        ({}, None),
    ]
    for fields, day in days:
        lines = entry(claim("A", line(day=None), **institutional, **fields)).lines
        assert [kept.service_date for kept in lines] == ([] if day is None else [day])
        assert not entry(claim("A", line(day=None), **fields)).lines
    assert not entry(claim("A", line(day="soon"), statement_from="2024-03-01", **institutional)).lines


def test_spans_units_and_modifiers():
    one = claim(
        "A",
        line(service_date_end="2024-02-05", units="1.5", modifiers=["59", "nonsense", 7]),
        line(service_date_end="2024-01-05", units="many"),
        bill_type="0131",
        rendering_npi="1003000126",
        rendering_taxonomy="207R00000X",
        billing_tax_id="x" * 101,
    )
    first, second = entry(one).lines
    assert (first.service_date_end, first.units, first.modifiers) == (date(2024, 2, 5), Decimal("1.5"), {"59"})
    assert (second.service_date_end, second.units, second.modifiers) == (date(2024, 2, 1), None, set())
    assert (first.facility_type, first.rendering_npi, first.rendering_taxonomy) == ("13", "1003000126", "207R00000X")
    assert first.billing_tax_id is None


def test_the_disposition_is_without_the_frequency_limits():
    one = claim("A", line(), line(), line())
    findings = {
        2: (finding("FRQ101", 2, "report_only"),),
        3: (finding("FRQ101", 3), finding("CAT101", 3, "report_only")),
    }
    kept = [line.disposition for line in entry(one, findings=findings).lines]
    assert kept == [Disposition.PAYABLE, Disposition.PAYABLE, Disposition.REPORT_ONLY]


def test_a_void_keeps_no_lines():
    void = entry(claim("V", frequency_code="8", original_claim_id="A"), use())
    assert (void.rank, void.lines, void.uses, void.last) == (Rank.VOID, (), (), date.max)


def test_nothing_is_kept_of_a_rejected_claim_or_of_nobody():
    assert entry(claim("A"), disposition="rejected") is None
    assert entry(claim("A", member_id=None)) is None
    assert entry(claim("A", member_id=[7, 8])) is None


def test_the_last_day_on_which_a_claim_can_matter():
    assert entry(claim("A", line(day="2024-02-01", service_date_end="2024-02-09"))).last == date(2024, 2, 9)
    assert entry(claim("A", line(day=None), statement_through="2024-03-01")).last == date(2024, 3, 1)
    assert entry(claim("A", line(day=None), discharge_date="2024-03-02")).last == date(2024, 3, 2)
    assert entry(claim("A", line()), use()).last == date(2024, 12, 31)
    assert entry(claim("A", line()), use(window="lifetime")).last == date.max
    assert entry(claim("A", line(day=None)), use()).last == date.min


def test_what_is_said_against_others_is_said_once():
    said = (against("B", 1), against("B", 1), against("B", 2), against("B", 1, "NCCI201"))
    kept = entry(claim("A"), overturned=said).overturned
    assert [(one.claim, one.finding.position, one.finding.rule_id) for one in kept] == [
        ("B", 1, "NCCI101"),
        ("B", 2, "NCCI101"),
        ("B", 1, "NCCI201"),
    ]


def test_no_repr_shows_whose_it_is():
    one = Claim(
        claim_id="CANARY-1", member_id="CANARY-2", original_claim_id="CANARY-3", frequency_code="7", lines=[line()]
    )
    kept = entry(one, use(), overturned=(against("CANARY-4"),))
    assert kept.lines
    assert "CANARY" not in repr(kept)


def test_a_name_fits_every_database():
    assert identity(claim("A" * 100)) == "A" * 100
    assert re.fullmatch("#[0-9a-f]{32}", identity(claim("A" * 101)))
    assert re.fullmatch("#[0-9a-f]{16}", identity(claim(None)))


def test_a_bill_has_one_name_whosever_claims_came_before_it():
    """A history of one's own that names lines after `in_force` knows a claim's own lines by `account_of`."""
    first = claim("A", line(day="2024-07-01"), frequency_code="1")
    second = claim("A", line(day="2024-07-01"), line(day="2024-07-01"), frequency_code="1")
    entries = [entry_of(one, result(one)) for one in (claim("A", member_id="M2"), first, second)]
    names = {name_of("A", one.visit) for one in account_of(entries, "M1", "A").versions}
    assert names == {one.claim for one in in_force(entries) if one.member == "M1"}
