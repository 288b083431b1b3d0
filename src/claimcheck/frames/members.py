"""Which claims must be judged in the light of others of the frame: those whose member's other claims may matter.

A batch without a history keeps of each claim the lines that a frequency limit counts, and what replaces or voids
another claim. So a claim stands alone unless its member has another claim that is kept, and one of the two replaces or
voids, or both report a service that is counted together, or it lies on the days of that one, or bears its claim id.
Over a history a batch keeps every line, and all claims of a member are judged together.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from claimcheck.claims import Claim
from claimcheck.frames.companions import code_of
from claimcheck.frames.fields import Fields
from claimcheck.frames.order import CLAIM
from claimcheck.history.entry import rank_of
from claimcheck.policies import Policy
from claimcheck.policies.parameters.frequency import Limit, Limits
from claimcheck.tables import Found, Tables

__all__ = ["MEMBER", "NAMES_ANOTHER", "Counted", "acquainted", "surveyed"]

MEMBER = "claimcheck: member"

NAMES_ANOTHER = ("original_claim_id", "submitted_claim_id", "replaced_by_claim_id")
"""The fields by which a claim names another version of its bill."""


class Counted:
    """The service as which a frequency limit of the policy counts a code, whenever it is in force, as a number.

    0 for a code that none counts. Codes of one number may be counted together; one that is counted as several services
    (by several limits, or as a table holds it in several groups, each in its time) has the number `ANY`, and may be
    counted together with every other.
    """

    ANY = 1

    def __init__(self, policy: Policy, tables: Tables) -> None:
        entries = policy.parameters.get(Limits, ())
        self._limits: list[Limit] = [limit for entry in entries for limit in entry.value.limits]
        self._tables = tables
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


def surveyed(frame: pl.DataFrame, fields: Fields, counted: Counted) -> pl.DataFrame:
    """What of each claim (`CLAIM`) tells whether it meets others of its member, some bytes for each.

    Members and claim ids are told apart by hashes: two that share one are taken for acquainted, and then are not.
    """
    members = fields.text(frame, "member_id", of_line=False)
    first, last = _days(frame, fields)
    rows = pl.DataFrame(
        [
            frame[CLAIM],
            _hash(frame, members).alias(MEMBER),
            _hash(frame, fields.text(frame, "claim_id", of_line=False)).alias("id"),
            _service(frame, fields, counted).alias("services"),
            _undoes(frame, fields).alias("undoes"),
            first.alias("first"),
            last.alias("last"),
        ]
    )
    return _by_claim(rows, pl.col("services").filter(pl.col("services") > 0).unique())


def _by_claim(claims: pl.DataFrame, services: pl.Expr) -> pl.DataFrame:
    return claims.group_by(CLAIM, maintain_order=True).agg(
        pl.col(MEMBER).drop_nulls().first(),
        pl.col("id").first(),
        services,
        pl.col("undoes").any(),
        pl.col("first").min(),
        pl.col("last").max(),
    )


def acquainted(claims: pl.DataFrame, *, all_kept: bool) -> pl.DataFrame:
    """The claims (`CLAIM`) that are judged together with others, each with its member (`MEMBER`).

    `claims` are all that were `surveyed`. `all_kept`: every line is kept, because there is a history.
    """
    claims = _each_once(claims).filter(pl.col(MEMBER).is_not_null())
    if all_kept:
        return claims.select(CLAIM, MEMBER)
    kept = claims.filter((pl.col("services").list.len() > 0) | pl.col("undoes"))
    met = claims.join(kept, on=MEMBER, suffix="_kept").filter(_OTHER)
    touches = (pl.col("first") <= pl.col("last_kept") + 1) & (pl.col("first_kept") - 1 <= pl.col("last"))
    near = pl.col("undoes") | pl.col("undoes_kept") | touches | (pl.col("id") == pl.col("id_kept"))
    pairs = [met.filter(near.fill_null(value=False)), *_of_one_service(claims)]
    chosen = [pair.select(CLAIM, MEMBER) for pair in pairs]
    seen = [pair.select(pl.col(f"{CLAIM}_kept").alias(CLAIM), MEMBER) for pair in pairs]
    return pl.concat([*chosen, *seen]).unique(CLAIM).sort(CLAIM)


def _each_once(claims: pl.DataFrame) -> pl.DataFrame:
    """A row for each claim, where some were surveyed in parts."""
    in_parts = claims[CLAIM].is_duplicated()
    if not in_parts.any():
        return claims
    services = pl.col("services").explode().drop_nulls().unique()
    return pl.concat([claims.filter(~in_parts), _by_claim(claims.filter(in_parts), services)]).sort(CLAIM)


_OTHER = pl.col(CLAIM) != pl.col(f"{CLAIM}_kept")


def _of_one_service(claims: pl.DataFrame) -> list[pl.DataFrame]:
    """The pairs of claims of a member that may report services that are counted together."""
    counted = claims.select(CLAIM, MEMBER, "services").explode("services").drop_nulls("services")
    of_any = counted.filter(pl.col("services") == Counted.ANY)
    return [
        counted.join(counted, on=[MEMBER, "services"], suffix="_kept").filter(_OTHER),
        of_any.join(counted, on=MEMBER, suffix="_kept").filter(_OTHER),
    ]


def _hash(frame: pl.DataFrame, texts: pl.Series | None) -> pl.Series:
    if texts is None:
        return pl.repeat(None, len(frame), dtype=pl.UInt64, eager=True)
    return texts.hash().set(texts.is_null(), None)


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
