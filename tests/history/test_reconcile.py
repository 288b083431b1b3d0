"""Verdicts that are superseded, given, and superseded again; in memory and in a file."""

from datetime import date

import pytest

from claimcheck import Claim, MemoryHistory, SqliteHistory, Validator
from history.made import against, claim, finding, line, result, use
from history.own import KEY

EVER = date.min, date.max


@pytest.fixture(params=["memory", "file"])
def history(request, tmp_path):
    if request.param == "memory":
        yield MemoryHistory()
    else:
        stored = SqliteHistory(tmp_path / "history.db", KEY)
        yield stored
        stored.close()


def record(history, one, *uses, **said):
    history.record(one, result(one, *uses, **said))


def void(name, original):
    return claim(name, frequency_code="8", original_claim_id=original)


def said(history):
    return sorted((one.claim_id, one.position, one.rule_id, one.found) for one in history.reconcile())


def dispositions(history):
    return [str(found.disposition) for found in history.lines("M1", *EVER)]


def test_a_denial_that_was_never_given_is_never_taken_back(history):
    record(history, claim("A"))
    record(history, claim("B"), overturned=(against("A"),))
    assert dispositions(history) == ["denied", "payable"]
    record(history, void("V", "B"))
    assert dispositions(history) == ["payable"]
    assert said(history) == []


def test_a_denial_that_was_given_is_taken_back(history):
    record(history, claim("A"))
    record(history, claim("B"), overturned=(against("A"),))
    assert said(history) == [("A", 1, "NCCI101", True)]
    record(history, claim("C"))
    assert said(history) == []
    record(history, void("V", "B"))
    assert said(history) == [("A", 1, "NCCI101", False)]
    assert said(history) == []


def test_a_denial_goes_with_its_line(history):
    record(history, claim("A"))
    record(history, claim("B"), overturned=(against("A"), against("A", 2), against("nobody")))
    record(history, void("V", "A"))
    assert said(history) == []


def test_two_denials_and_one_taken_back(history):
    record(history, claim("A"))
    record(history, claim("B"), overturned=(against("A"),))
    record(history, claim("C"), overturned=(against("A", 1, "NCCI201"),))
    assert said(history) == [("A", 1, "NCCI101", True), ("A", 1, "NCCI201", True)]
    record(history, void("V", "B"))
    (taken,) = history.reconcile()
    assert (taken.rule_id, taken.found, str(taken.was), str(taken.now)) == ("NCCI101", False, "denied", "denied")
    assert dispositions(history)[0] == "denied"


def test_a_service_after_which_another_is_not_paid(history):
    """It is denied by none, and holds only the other one off, whichever is recorded first."""
    colonoscopy = use(1, "colonoscopy", window="47_full_months", takes=False)
    sigmoidoscopy = use(1, "colonoscopy", window="47_full_months", limited=False)
    record(history, claim("A", line("G0121", day="2024-02-01")), colonoscopy)
    record(history, claim("B", line("G0121", day="2024-03-01")), colonoscopy)
    assert said(history) == []
    record(history, claim("C", line("G0104", day="2022-02-01")), sigmoidoscopy)
    record(history, claim("D", line("G0104", day="2022-03-01")), sigmoidoscopy)
    assert said(history) == [("A", 1, "FRQ101", True), ("B", 1, "FRQ101", True)]


def test_a_denied_line_takes_no_place(history):
    record(history, claim("A", line(day="2024-02-01")), use())
    record(history, claim("B", line(day="2024-03-01")), use(excess=True))
    record(history, claim("C", line(day="2024-02-01")), overturned=(against("A"),))
    assert said(history) == [("A", 1, "NCCI101", True), ("B", 1, "FRQ101", False)]


def test_a_line_under_two_limits(history):
    record(history, claim("A", line(day="2024-02-01")), use(), use(service="other"))
    record(history, claim("B", line(day="2024-03-01")), use(excess=True), use(service="other", window="lifetime"))
    record(history, claim("C", line(day="2024-01-01")), use())
    verdicts = list(history.reconcile())
    assert [(one.claim_id, one.limit, one.service, one.found) for one in verdicts] == [("A", "yearly", "a1c", True)]
    assert [str(one.now) for one in verdicts] == ["report_only"]


def test_what_a_line_was_denied_for_stays(history):
    denied = {1: (finding("NCCI101", 1),)}
    record(history, claim("A", line(day="2024-02-01")), use(counts=False), findings=denied)
    record(history, claim("B", line(day="2024-03-01")), use())
    assert dispositions(history) == ["denied", "payable"]
    assert said(history) == []


def test_whose_uses_are_counted(history):
    terms = {"per": "member_and_provider"}
    record(history, claim("A", line(day="2024-02-01")), use(whose="1", **terms))
    record(history, claim("B", line(day="2024-03-01")), use(whose="2", **terms))
    record(history, claim("C", line(day="2024-04-01")), use(whose=None, **terms))
    record(history, claim("D", line(day="2024-05-01")), use(whose=None, **terms))
    assert said(history) == []
    record(history, claim("E", line(day="2024-01-01")), use(whose="2", **terms))
    assert said(history) == [("B", 1, "FRQ101", True)]


def test_line_numbers_are_as_billed(history):
    record(history, claim("A", line(day="2024-02-01", line_number=12)), use())
    record(history, claim("B", line(day="2024-01-01")), use())
    (verdict,) = history.reconcile()
    assert (verdict.position, verdict.line_number) == (1, 12)


def test_recording_while_reconciling(history):
    """What fell meanwhile is gone, and what came meanwhile is looked at before the end, or another time."""
    record(history, claim("A", line(day="2024-02-01")), use())
    record(history, claim("B", line(day="2024-03-01")), use())
    record(history, claim("C", line(day="2024-02-01")), overturned=(against("B"),))
    verdicts = []
    for verdict in history.reconcile():
        verdicts.append((verdict.claim_id, verdict.rule_id, verdict.found))
        if len(verdicts) == 1:
            record(history, void("V", "B"))
            record(history, claim("D", line(day="2024-01-01")), use())
    verdicts += [(one.claim_id, one.rule_id, one.found) for one in history.reconcile()]
    assert verdicts[0] == ("B", "NCCI101", True)
    assert verdicts[-1] == ("A", "FRQ101", True)
    assert said(history) == []


def test_a_source_that_falls_while_reconciling(history):
    record(history, claim("A", line(day="2024-02-01")), use())
    record(history, claim("C", line(day="2024-02-01")), overturned=(against("A"),))
    verdicts = history.reconcile()
    given = [next(verdicts)]
    record(history, void("V", "C"))
    given += [*verdicts, *history.reconcile()]
    assert [(one.rule_id, one.found) for one in given] == [("NCCI101", True), ("NCCI101", False)]
    assert dispositions(history) == ["payable"]
    assert said(history) == []


def test_two_who_reconcile_at_once(tmp_path):
    """What one gave and the other did not know of is settled in the end."""
    history = SqliteHistory(tmp_path / "history.db", KEY)
    record(history, claim("A", line(day="2024-02-01")), use())
    record(history, claim("B", line(day="2024-01-01")), use())
    slow = history.reconcile()
    given = [next(slow)]
    record(history, void("V", "B"))
    assert list(history.reconcile()) == []
    given += slow
    assert [(one.claim_id, one.found) for one in given] == [("A", True), ("A", False)]
    assert list(history.reconcile()) == []
    history.close()


def test_a_use_that_falls_while_reconciling(history):
    record(history, claim("A", line(day="2024-02-01")), use())
    record(history, claim("B", line(day="2024-01-01")), use())
    verdicts = history.reconcile()
    assert next(verdicts).claim_id == "A"
    record(history, void("V", "A"))
    assert list(verdicts) == []
    assert said(history) == []


def billed(name, **said):
    service = {"procedure_code": "71046", "units": 1, "charge": "60.00", "service_date": "2024-07-01"}
    biller = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893"}
    return Claim.from_dict({**biller, "claim_id": name, "lines": [{**service, **said.pop("service", {})}], **said})


def taken(history, *claims):
    """The dispositions of claims that are validated and recorded in turn."""
    validator = Validator(history=history)
    found = []
    for one in claims:
        verdict = validator.validate(one)
        history.record(one, verdict)
        found.append(str(verdict.disposition))
    return found


def test_a_duplicate_no_longer_stands_denied_when_what_it_repeats_is_voided(history):
    assert taken(history, billed("A"), billed("B")) == ["payable", "denied"]
    assert said(history) == []
    assert dispositions(history) == ["payable", "denied"]
    taken(history, billed("V", frequency_code="8", original_claim_id="A"))
    assert said(history) == [("B", 1, "STR603", False)]
    assert said(history) == []
    assert dispositions(history) == ["payable"]
    assert taken(history, billed("B"), billed("C")) == ["payable", "denied"]


def test_of_two_duplicates_the_first_takes_the_place_of_what_was_voided(history):
    assert taken(history, billed("A"), billed("B"), billed("C")) == ["payable", "denied", "denied"]
    taken(history, billed("V", frequency_code="8", original_claim_id="A"))
    assert said(history) == [("B", 1, "STR603", False)]
    assert dispositions(history) == ["payable", "denied"]
    taken(history, billed("W", frequency_code="8", original_claim_id="B"))
    assert said(history) == [("C", 1, "STR603", False)]


def test_a_duplicate_stays_denied_when_what_it_repeats_is_replaced_by_the_same(history):
    assert taken(history, billed("A"), billed("B")) == ["payable", "denied"]
    assert taken(history, billed("R", frequency_code="7", original_claim_id="A")) == ["payable"]
    assert said(history) == []
    taken(history, billed("V", frequency_code="8", original_claim_id="R"))
    assert said(history) == [("B", 1, "STR603", False)]


def test_a_duplicate_that_is_also_wrong_for_itself_stays_denied(history):
    wrong = {"service": {"procedure_code": "97010"}}
    taken(history, billed("A", **wrong), billed("B", **wrong))
    taken(history, billed("V", frequency_code="8", original_claim_id="A"))
    assert said(history) == []
    assert dispositions(history) == ["denied"]


def test_duplicates_of_one_commit_are_told_from_what_they_repeat(tmp_path):
    stored = SqliteHistory(tmp_path / "one.db", KEY)
    claims = [billed("A"), billed("B"), billed("C")]
    stored.commit(None, zip(claims, Validator().validate_many(claims), strict=True))
    assert dispositions(stored) == ["payable", "denied", "denied"]
    taken(stored, billed("V", frequency_code="8", original_claim_id="A"))
    assert said(stored) == [("B", 1, "STR603", False)]
    assert dispositions(stored) == ["payable", "denied"]
    stored.close()
