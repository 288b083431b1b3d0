"""Declares every published table that claimcheck reads: its name and its properties.

A new table needs a reader for its file (`readers`), a declaration here, and a test. Everything that asks, describes, or
packs tables reads the declarations: `Tables`, `explain`, descriptions of what was not checked, bulk lookups.

>>> of("opps").title, of("my_list").title
('OPPS Addendum B', 'list my_list')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from claimcheck import dates
from claimcheck.codes import icd10cm, icd10pcs, modifier, place_of_service, procedure
from claimcheck.tables import as_of, ncci_as_of
from claimcheck.tables.as_of import Say
from claimcheck.tables.families import (
    is_anesthesia,
    is_category_ii,
    is_level_ii_modifier,
    is_national,
    is_no_ride,
    is_outpatient,
    is_reason,
    is_remark,
    is_scheduled,
)

__all__ = ["DECLARED", "Declared", "lists", "may_hold", "of", "remembers_from"]

Test = Callable[[str], object]


def _any(_code: str) -> bool:
    return True


def _is_labeler(text: str) -> bool:
    """Whether the text may be the first five digits of an NDC."""
    return len(text) == 5 and text.isascii() and text.isdigit()


@attrs.frozen
class Declared:
    """A table. `say` interprets the rows of a code on a day; pairs are looked up differently, and have none.

    `form` is what its codes look like. `lists` says for which of them absence from an official edition means that they
    are not in force, `starter_lists` the same for the starter edition. An edition keeps an ended code for `kept_for`
    months, if not forever. `described` are the kinds of code (those of `claimcheck.codes.classify`) for which `explain`
    shows it.
    """

    name: str
    title: str
    say: Say = as_of.code_list
    form: Test = procedure.is_valid
    lists: Test = _any
    starter_lists: Test | None = None
    kept_for: int | None = None
    described: tuple[str, ...] = ()


_PROCEDURES = ("cpt", "hcpcs", "cdt")

DECLARED: Final[Mapping[str, Declared]] = MappingProxyType(
    {
        table.name: table
        for table in (
            Declared(
                "hcpcs", "HCPCS Level II codes", as_of.hcpcs, lists=is_national, kept_for=48, described=("hcpcs",)
            ),
            Declared(
                "modifier",
                "modifiers",
                as_of.hcpcs,
                modifier.is_valid,
                is_level_ii_modifier,
                starter_lists=is_no_ride,
                kept_for=48,
                described=("modifier",),
            ),
            Declared(
                "fee_schedule", "physician fee schedule", as_of.fee_schedule, lists=is_scheduled, described=_PROCEDURES
            ),
            Declared("category_ii", "Category II codes", as_of.category_ii, is_category_ii, described=_PROCEDURES),
            Declared("service_group", "service groups", as_of.service_group, is_category_ii, described=_PROCEDURES),
            Declared("opps", "OPPS Addendum B", as_of.opps, lists=is_outpatient, described=_PROCEDURES),
            Declared("mue_practitioner", "MUEs, practitioner", ncci_as_of.mue, described=_PROCEDURES),
            Declared("mue_outpatient_hospital", "MUEs, outpatient hospital", ncci_as_of.mue, described=_PROCEDURES),
            Declared("mue_dme", "MUEs, DME supplier", ncci_as_of.mue, described=_PROCEDURES),
            Declared("add_on", "add-on codes", ncci_as_of.add_on, described=_PROCEDURES),
            Declared("icd10cm", "ICD-10-CM codes", as_of.diagnosis, icd10cm.is_valid, described=("icd10cm",)),
            Declared("icd10pcs", "ICD-10-PCS codes", as_of.diagnosis, icd10pcs.is_valid, described=("icd10pcs",)),
            Declared(
                "place_of_service",
                "places of service",
                as_of.place_of_service,
                place_of_service.is_valid,
                described=("place_of_service",),
            ),
            Declared("carc", "adjustment reason codes", as_of.carc, is_reason, described=("carc",)),
            Declared("rarc", "remark codes", as_of.rarc, is_remark, described=("rarc",)),
            Declared("ptp_practitioner", "NCCI pairs, practitioner"),
            Declared("ptp_outpatient_hospital", "NCCI pairs, outpatient hospital"),
            Declared("ptp_dme", "NCCI pairs, DME supplier"),
            Declared("outpatient_procedure", "outpatient code editor, procedures", lists=is_outpatient),
            Declared("outpatient_diagnosis", "outpatient code editor, diagnoses"),
            Declared("outpatient_revenue", "outpatient code editor, revenue codes"),
            Declared("outpatient_apc", "outpatient code editor, APCs"),
            Declared("outpatient_pair", "outpatient code editor, pairs of codes"),
            Declared("inpatient_diagnosis", "Medicare Code Editor, diagnoses", form=icd10cm.is_valid),
            Declared("inpatient_procedure", "Medicare Code Editor, procedures", form=icd10pcs.is_valid),
            Declared("icd10cm_notes", "ICD-10-CM Tabular List, notes", form=icd10cm.is_valid),
            Declared("coverage_procedure", "NCD and LCD coverage, services"),
            Declared("coverage_diagnosis", "NCD and LCD coverage, diagnoses", form=icd10cm.is_valid),
            Declared("clfs", "clinical laboratory fee schedule"),
            Declared("ndc_hcpcs", "crosswalk of NDC and HCPCS codes (ASP)", form=_is_labeler),
            Declared("telehealth", "telehealth services"),
            Declared("dmepos", "DMEPOS fee schedule"),
            # user lists, and tables that no file is read for
            Declared("age_sex", "age and sex limits"),
            Declared("therapy_amount", "allowed amounts of therapy"),
            Declared("anesthesia_base", "base units of anesthesia", lists=is_anesthesia, described=_PROCEDURES),
            Declared("manifestation", "manifestation diagnoses"),
            Declared("unacceptable_principal", "unacceptable principal diagnoses"),
            Declared("replacement", "replacements of ended codes"),
            Declared("revenue_code", "revenue codes"),
            Declared("icd9cm", "ICD-9-CM codes"),
        )
    }
)


def of(table: str) -> Declared:
    """The declaration of a table; for an unknown name, that of a user's list."""
    return DECLARED.get(table) or Declared(table, f"list {table}")


def lists(table: str, code: str, *, starter: bool = False) -> bool:
    """Whether the table would list the code if it were in force, so that its absence is meaningful.

    >>> [lists("modifier", text) for text in ("LT", "59", "RH")]
    [True, False, False]
    >>> [lists("modifier", text, starter=True) for text in ("LT", "59", "RH")]
    [True, True, False]
    """
    declared = of(table)
    return bool((declared.starter_lists if starter and declared.starter_lists else declared.lists)(code))


def may_hold(table: str, code: str) -> bool:
    """Whether the text has the form of the table's codes.

    >>> [table for table in ("hcpcs", "mue_dme", "icd10cm", "rarc", "modifier") if may_hold(table, "J4520")]
    ['hcpcs', 'mue_dme', 'icd10cm']
    """
    return bool(of(table).form(code)) and lists(table, code, starter=True)


def remembers_from(table: str, exact_from: date) -> date:
    """The date since which an edition lists every code that was ever in force.

    The national file keeps a code for four years after its end (CMS, HCPCS 2018 file, its notice). Nothing similar is
    known of other tables.

    >>> str(remembers_from("hcpcs", date(2026, 1, 1))), str(remembers_from("opps", date(2026, 1, 1)))
    ('2022-01-01', '0001-01-01')
    """
    kept_for = of(table).kept_for
    return date.min if kept_for is None else dates.months_later(exact_from, -kept_for)
