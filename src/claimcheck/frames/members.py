"""Which claims must be judged in the light of others of the frame: those whose member's other claims may matter.

A claim stands alone unless its member has another that may have a part in its verdict: one that replaces or voids, or
bears its claim id; one that reports a service which is counted together; or one of the same kind, with a provider of
its own among its providers, within a day of it. Over a history all claims of a member are judged together: what the
history holds is asked claim by claim anyway.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from claimcheck.claims import Claim, code_fields, reading
from claimcheck.codes.procedure import text_of
from claimcheck.columns.fields import Fields
from claimcheck.columns.order import CLAIM, MEMBER
from claimcheck.history.entry import rank_of
from claimcheck.policies import Policy
from claimcheck.policies.parameters.frequency import Limit, Limits
from claimcheck.policies.parameters.ncci import SameProvider, Settings
from claimcheck.tables import Found, Tables

__all__ = ["MEMBER", "NAMES_ANOTHER", "Counted", "acquainted", "members_of", "surveyed"]

NAMES_ANOTHER = ("original_claim_id", "submitted_claim_id", "replaced_by_claim_id")
"""The fields by which a claim names another version of its bill."""


class Counted:
    """The service as which a frequency limit of the policy counts a code, whenever it is in force, as a number.

    0 for a code that none counts. Codes of one number may be counted together; one that is counted as several services
    (by several limits, or as a table holds it in several groups, each in its time) has the number `ANY`, and may be
    counted together with every other.

    `providers` are the fields by which the policy tells one provider from another, first that which stands for all
    lines; none where it does so by more than one.
    """

    ANY = 1

    def __init__(self, policy: Policy, tables: Tables) -> None:
        entries = policy.parameters.get(Limits, ())
        self._limits: list[Limit] = [limit for entry in entries for limit in entry.value.limits]
        self._tables = tables
        self.providers = _told_by(policy)
        self._days = (date.min, *tables.boundaries_of(("service_group",)))
        self._numbers: dict[str, int] = {}

    def __call__(self, cell: Any) -> int:
        code = code_of(cell)
        if code is None:
            return 0
        services = {service for limit in self._limits if code in limit.codes for service in self._services(limit, code)}
        if not services:
            return 0
        if len(services) > 1:
            return self.ANY
        return self._numbers.setdefault(services.pop(), self.ANY + 1 + len(self._numbers))

    def _services(self, limit: Limit, code: str) -> set[str]:
        """What the limit may count the code as, one day or another."""
        if limit.group is not None:
            return {limit.group}
        if not limit.grouped:
            return {code}
        found = [self._tables.service_group(code, day) for day in self._days]
        return {answer.value.name for answer in found if isinstance(answer, Found)} or {code}


def _told_by(policy: Policy) -> tuple[str, ...]:
    same = {entry.value.same_provider for entry in policy.parameters.get(Settings, ())} or {Settings().same_provider}
    if same == {SameProvider.NPI}:
        return "billing_npi", "rendering_npi"
    return ("billing_tax_id",) if same == {SameProvider.TAX_ID} else ()


def code_of(cell: Any) -> str | None:
    """The procedure code that a cell spells, however it is qualified; None where it spells none.

    >>> code_of("99213"), code_of(99213), code_of("99213-25"), code_of("no code")
    ('99213', '99213', '99213', None)
    """
    read = reading.value_of(code_fields.procedure_code(cell))
    return text_of(read) if isinstance(read, str) else None


def surveyed(frame: pl.DataFrame, fields: Fields, counted: Counted) -> pl.DataFrame:
    """What of each claim (`CLAIM`) tells whether it meets others of its member, some bytes for each.

    Members, claim ids and providers are told apart by hashes: two that share one are taken for acquainted, and then
    are not.
    """
    first, last = _days(frame, fields)
    who = _providers(frame, fields, counted.providers)
    rows = pl.DataFrame(
        [
            frame[CLAIM],
            members_of(frame, fields).alias(MEMBER),
            _hash(frame, fields, "claim_id").alias("id"),
            _service(frame, fields, counted).alias("services"),
            _undoes(frame, fields).alias("undoes"),
            first.alias("first"),
            last.alias("last"),
            _hash(frame, fields, "claim_type", lower=True).alias("kind"),
            who,
            (who.list.len() == 0).alias("unknown"),
        ]
    )
    return _by_claim(rows, pl.col("services").filter(pl.col("services") > 0).unique())


def members_of(frame: pl.DataFrame, fields: Fields) -> pl.Series:
    """The member of each row, as a number; None where it is missing."""
    return _hash(frame, fields, "member_id")


def _by_claim(claims: pl.DataFrame, services: pl.Expr) -> pl.DataFrame:
    return claims.group_by(CLAIM, maintain_order=True).agg(
        pl.col(MEMBER).drop_nulls().first(),
        pl.col("id").first(),
        services,
        pl.col("undoes").any(),
        pl.col("first").min(),
        pl.col("last").max(),
        pl.col("kind").drop_nulls().first(),
        pl.col("providers").explode().drop_nulls().unique(),
        pl.col("unknown").any(),
    )


def acquainted(claims: pl.DataFrame, *, all_kept: bool) -> pl.DataFrame:
    """The claims (`CLAIM`) that are judged together with others, each with its member (`MEMBER`).

    `claims` are all that were `surveyed`. `all_kept`: there is a history.
    """
    claims = _each_once(claims).filter(pl.col(MEMBER).is_not_null())
    if not all_kept:
        claims = claims.filter(pl.len().over(MEMBER) > 1)
        undone = claims.filter(pl.col("undoes").any().over(MEMBER))
        same_id = claims.filter(pl.col("id").is_not_null() & (pl.len().over(MEMBER, "id") > 1))
        near = [part[CLAIM] for part in (undone, same_id)]
        met = pl.concat([*near, *_of_one_service(claims), _of_one_day(claims)]).unique()
        claims = claims.filter(pl.col(CLAIM).is_in(met.implode()))
    return claims.select(CLAIM, MEMBER).sort(CLAIM)


def _each_once(claims: pl.DataFrame) -> pl.DataFrame:
    """A row for each claim, where some were surveyed in parts."""
    in_parts = claims[CLAIM].is_duplicated()
    if not in_parts.any():
        return claims
    services = pl.col("services").explode().drop_nulls().unique()
    return pl.concat([claims.filter(~in_parts), _by_claim(claims.filter(in_parts), services)]).sort(CLAIM)


def _of_one_service(claims: pl.DataFrame) -> list[pl.Series]:
    """The claims of a member that may report services which are counted together."""
    counted = claims.select(CLAIM, MEMBER, "services").explode("services").drop_nulls("services")
    several = counted.filter(pl.len().over(MEMBER, "services") > 1)
    of_any = counted.filter((pl.col("services") == Counted.ANY).any().over(MEMBER) & (pl.len().over(MEMBER) > 1))
    return [several[CLAIM], of_any[CLAIM]]


def _of_one_day(claims: pl.DataFrame) -> pl.Series:
    """The claims of one kind of a member that may share a provider, and lie within a day of each other.

    Where it is not known of one of them who billed, it may be whoever billed any of the others.
    """
    placed = claims.select(CLAIM, MEMBER, "kind", "first", "last", "providers", "unknown").drop_nulls(
        ["kind", "first", "last"]
    )
    doubtful = pl.col("unknown").any().over(MEMBER, "kind")
    whoever = placed.filter(doubtful).with_columns(pl.lit(None, dtype=pl.UInt64).alias("providers"))
    by_provider = placed.filter(~doubtful).explode("providers")
    rows = pl.concat([whoever, by_provider]).sort(MEMBER, "kind", "providers", "first", "last")
    alike = (MEMBER, "kind", "providers")
    before = pl.col("last").cum_max().shift(1).over(alike)
    after = pl.col("first").shift(-1).over(alike)
    touches = (pl.col("first") <= before + 1) | (after <= pl.col("last") + 1)
    return rows.filter(touches.fill_null(value=False))[CLAIM]


def _hash(frame: pl.DataFrame, fields: Fields, field: str, *, lower: bool = False) -> pl.Series:
    """A field of the claim as a number: equal texts have equal ones, None where it is missing."""
    texts = _texts(frame, fields, field, of_line=False)
    if texts is None:
        return pl.repeat(None, len(frame), dtype=pl.UInt64, eager=True)
    texts = texts.str.to_lowercase() if lower else texts
    return texts.hash().set(texts.is_null(), None)


def _texts(frame: pl.DataFrame, fields: Fields, field: str, *, of_line: bool) -> pl.Series | None:
    """A field of text; where it is missing, what the layout says of all rows."""
    found, constant = fields.text(frame, field, of_line=of_line), None if of_line else fields.constant(field)
    if constant is None:
        return found
    of_all = str(constant)
    return pl.repeat(of_all, len(frame), dtype=pl.String, eager=True) if found is None else found.fill_null(of_all)


def _providers(frame: pl.DataFrame, fields: Fields, names: tuple[str, ...]) -> pl.Series:
    """Who may have provided each row, as numbers; none where that is not known."""
    nobody = pl.Series("providers", [[]], dtype=pl.List(pl.UInt64)).new_from_index(0, len(frame))
    of_all = _texts(frame, fields, names[0], of_line=False) if names else None
    if of_all is None:
        return nobody
    fields_of = [(name, of_line) for name in names for of_line in (False, True)]
    columns = [_texts(frame, fields, name, of_line=of_line) for name, of_line in fields_of]
    found = [texts for texts in columns if texts is not None]
    hashes = [texts.hash().set(texts.is_null(), None).alias(str(place)) for place, texts in enumerate(found)]
    listed = pl.DataFrame(hashes).select(pl.concat_list(pl.all()).list.drop_nulls().list.unique()).to_series()
    return listed.alias("providers").zip_with(of_all.is_not_null(), nobody)


def _service(frame: pl.DataFrame, fields: Fields, counted: Counted) -> pl.Series:
    """The number of the service of each row; where several columns hold a code, of whichever is counted."""
    result = pl.repeat(0, len(frame), dtype=pl.UInt32, eager=True)
    for place in fields.places("procedure_code", of_line=True):
        own = fields.asked(frame, place, counted, missing=0, dtype=pl.UInt32)
        unlike = (own > 0) & (result > 0) & (own != result)
        result = own.zip_with(result == 0, result).set(unlike, Counted.ANY)
    return result


def _undoes(frame: pl.DataFrame, fields: Fields) -> pl.Series:
    """Whether the claim may replace or void another: by its frequency or bill type, or because it names one."""
    found = [
        fields.asked(frame, place, _frequency_undoes, missing=False, dtype=pl.Boolean)
        for place in fields.places("frequency_code", of_line=False)
    ]
    found += [
        fields.asked(frame, place, _bill_type_undoes, missing=False, dtype=pl.Boolean)
        for place in fields.places("bill_type", of_line=False)
    ]
    for name in NAMES_ANOTHER:
        texts = fields.text(frame, name, of_line=False)
        if texts is not None:
            found.append(texts.is_not_null())
    constant = rank_of(Claim(frequency_code=fields.constant("frequency_code"), bill_type=fields.constant("bill_type")))
    return _any(frame, [*found, pl.repeat(bool(constant), len(frame), dtype=pl.Boolean, eager=True)])


def _frequency_undoes(cell: Any) -> bool:
    return bool(rank_of(Claim(frequency_code=cell)))


def _bill_type_undoes(cell: Any) -> bool:
    return bool(rank_of(Claim(bill_type=cell)))


def _days(frame: pl.DataFrame, fields: Fields) -> tuple[pl.Series, pl.Series]:
    """The first and the last day on which a line may lie."""
    names = (("service_date", True), ("service_date_end", True), ("statement_from", False), ("discharge_date", False))
    found = [days[0] for name, of_line in names if (days := fields.days(frame, name, of_line=of_line)) is not None]
    if not found:
        none = pl.repeat(None, len(frame), dtype=pl.Int32, eager=True)
        return none, none
    columns = pl.DataFrame([days.alias(str(place)) for place, days in enumerate(found)])
    return columns.min_horizontal(), columns.max_horizontal()


def _any(frame: pl.DataFrame, flags: list[pl.Series]) -> pl.Series:
    result = pl.repeat(value=False, n=len(frame), dtype=pl.Boolean, eager=True)
    for flag in flags:
        result = result | flag
    return result
