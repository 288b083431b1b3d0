"""When absence from a starter table is meaningful. Mostly it is not: the table holds a few rows of many.

Some starter tables are complete for their exact range. For the others it is known that they hold no Category II code:
none is in a PTP pair, has an MUE, or is an add-on code (CMS NCCI tables, July 2024), and those on the fee schedule are
all known. Neither 99201 and 99241, which ended, nor any code for the administration of a COVID-19 vaccine (0001A to
0104A) is on the fee schedule of July 2024. For a PTP pair it is known that both directions are never in force (same
source).

>>> means_absence("modifier", "ZZ"), means_absence("add_on", "99214"), means_absence("add_on", "3044F")
(True, False, True)
>>> [means_absence("fee_schedule", code) for code in ("99201", "0001A", "99499")]
[True, True, False]
>>> pair_means_absence("3044F", "99213"), pair_means_absence("97530", "97140"), pair_means_absence("99214", "99215")
(True, True, False)
"""

from __future__ import annotations

from claimcheck.tables.families import is_category_ii, is_covid_administration
from claimcheck.tables.starter.loading import known_absent_pairs

__all__ = ["means_absence", "pair_means_absence", "stands_in_no_pair"]

_COMPLETE = frozenset(
    {
        *("carc", "category_ii", "modifier", "place_of_service", "rarc", "service_group"),
        *("inpatient_diagnosis", "inpatient_procedure"),
    }
)
_ENDED = frozenset({"99201", "99241"})  #: codes that the fee schedule held earlier


def means_absence(table: str, code: str) -> bool:
    """Whether a code that the starter table lacks is known not to be in the published one."""
    if table in _COMPLETE or is_category_ii(code):
        return True
    return table == "fee_schedule" and (code in _ENDED or is_covid_administration(code))


def pair_means_absence(column_one: str, column_two: str) -> bool:
    """Whether a pair that the starter tables lack, in either direction, is known not to be an edit."""
    return (
        (column_one, column_two) in known_absent_pairs()
        or stands_in_no_pair(column_one)
        or stands_in_no_pair(column_two)
        or column_one == column_two
    )


def stands_in_no_pair(code: str) -> bool:
    """Whether it is known that no pair has the code in either column.

    >>> stands_in_no_pair("3044F"), stands_in_no_pair("99213")
    (True, False)
    """
    return is_category_ii(code)
