"""Recorded uses and what holds against them."""

from datetime import date

from claimcheck.history.superseded import RecordedUse, Terms


def test_a_use_shows_neither_its_claim_nor_a_delivery():
    terms = Terms("yearly", "a1c", None, 1, "pregnancy", "member", "01-01")
    use = RecordedUse((1, 1), "CLAIM-7", date(2024, 3, 1), None, date(2024, 9, 9), terms, counts=True, given=False)
    assert "CLAIM-7" not in repr(use)
    assert "9, 9" not in repr(use)
