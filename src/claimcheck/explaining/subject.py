"""`explain`: describes a code, a pair of codes, a rule, or a remittance code.

>>> print(explain("NCCI101"))  # doctest: +ELLIPSIS
NCCI101 procedure-to-procedure: The column-two code of an NCCI pair is denied
...
>>> print(explain("3044F"))  # doctest: +ELLIPSIS
3044F
<BLANKLINE>
Readings
  CPT procedure code: Category II, HCPCS Level I
...
>>> print(explain("no such thing"))
no such thing
<BLANKLINE>
Readings
  not a code of any format, a rule, or a word that claimcheck knows
  try a code (3044F, E11.65), a pair (45385/45380), a rule (NCCI101), a denial code (CARC 236, RARC
    N620),
  a policy parameter (category_ii.charge), a word of a result (report only), or a term of the field
    (CPT II)
>>> explain(None)
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: explain takes text: a code, a rule's id, or a denial code such as CARC 236
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from claimcheck.claims import Finding, NotChecked
from claimcheck.claims.date_fields import civil_date
from claimcheck.claims.reading import value_of
from claimcheck.errors import InputError
from claimcheck.explaining.codes import of_code, of_pair, pair_in
from claimcheck.explaining.explanation import Explanation
from claimcheck.explaining.remittance import of_remittance, wanted
from claimcheck.explaining.rules import of_parameter, of_rule
from claimcheck.explaining.scope import of_scope
from claimcheck.explaining.words import of_word
from claimcheck.rules.registry import by_id
from claimcheck.tables import Tables

__all__ = ["explain"]


def explain(
    subject: str | int | Finding | NotChecked,
    other: str | int | None = None,
    *,
    tables: Tables | str | Path | None = None,
    on: date | str | None = None,
) -> Explanation:
    """Explains `subject`.

    `subject` is a code of any format, with everything the tables have for it; two procedure codes with a slash between
    them, or with the `other` one beside it, an NCCI pair; the id or name of a rule; "CARC 236", "CO-236", or "RARC
    N620", with the rules that use it; the key of a policy parameter; a disposition, severity, or reason; "scope", for
    all families of edits; words such as "CPT II"; or a finding, whose rule is explained. `tables` as in
    `validate_claim`; `on` is the day for which tables are asked, by default the last one that the fee schedule, else
    any table, answers for exactly.
    """
    if other is not None:
        subject = f"{subject}/{other}"
    elif isinstance(subject, int) and not isinstance(subject, bool):
        subject = str(subject)
    elif isinstance(subject, Finding | NotChecked):
        subject = subject.rule_id
    if not isinstance(subject, str):
        raise InputError("explain takes text: a code, a rule's id, or a denial code such as CARC 236")
    text = subject.strip()
    rule = by_id(text)
    if rule is not None:
        return of_rule(rule)
    known = of_scope() if text.lower() == "scope" else of_parameter(text.lower()) or of_word(text)
    if known is not None:
        return known
    opened = tables if isinstance(tables, Tables) else Tables.starter() if tables is None else Tables.open(tables)
    if remittance := wanted(text):
        return of_remittance(*remittance, opened)
    day = _day(on, opened)
    if pair := pair_in(text):
        return of_pair(*pair, opened, day)
    return of_code(text, opened, day)


def _day(on: date | str | None, tables: Tables) -> date:
    day = value_of(civil_date(on))
    if isinstance(day, date):
        return day
    if day is not None:
        raise InputError("`on` is no date: give a datetime.date, or text as YYYY-MM-DD")
    of_schedule = [edition.exact_through for edition in tables.editions if edition.table == "fee_schedule"]
    return max(of_schedule or [edition.exact_through for edition in tables.editions])
