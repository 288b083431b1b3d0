"""Totals of results in columns, equal to those of `Summary.add` result by result."""

from __future__ import annotations

from collections import Counter

import polars as pl

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.cli.summary import Summary
from claimcheck.columns.placing import Placed
from claimcheck.columns.verdicts import DISPOSITIONS
from claimcheck.explaining.unchecked import OUTSIDE

__all__ = ["counted"]

_UNPAID = [str(one) for one in (Disposition.REVIEW, Disposition.DENIED, Disposition.REJECTED)]
_STRENGTH = {str(one): strength for strength, one in enumerate(DISPOSITIONS)}
_RANKS = {str(severity): rank for rank, severity in enumerate(Severity)}


def counted(placed: Placed, claims: pl.Series, rules_off: tuple[str, ...]) -> Summary:
    """The totals of some claims, each identified by the number of its first row, which `claims` has for each row."""
    findings = placed.findings
    lines = placed.lines.select("disposition", "claim_returned", "charge", claims.alias("row"))
    upon = (
        findings.filter(pl.col("position").is_null() & pl.col("disposition").is_in(_UNPAID))
        .group_by("row")
        .agg(_strength("disposition").max().alias("upon"))
    )
    outcomes = (
        lines.join(upon, on="row", how="left")
        .with_columns(
            pl.max_horizontal(
                _strength("disposition"),
                pl.col("upon").fill_null(0),
                pl.col("claim_returned") * _STRENGTH[str(Disposition.REJECTED)],
            ).alias("outcome")
        )
        .group_by("outcome")
        .agg(pl.len(), pl.col("charge").sum().alias("sum"), pl.col("charge").count().alias("charged"))
    )
    summary = Summary(claims=len(placed.claims), rules_off=rules_off)
    summary.incomplete = int((~placed.claims["complete"]).sum())
    for outcome, many, charge, charged in outcomes.rows():
        summary.lines[DISPOSITIONS[outcome]] = many
        if charged:
            summary.charges[DISPOSITIONS[outcome]] = charge
    ranks = findings.group_by("row").agg(pl.col("severity").replace_strict(_RANKS, return_dtype=pl.Int8).min())
    severities = list(Severity)
    summary.worst = Counter({severities[rank]: many for rank, many in ranks["severity"].value_counts().rows()})
    names = findings.unique("rule_id", keep="first", maintain_order=True)
    summary.rules = {rule: (name, source) for rule, name, source in names["rule_id", "rule_name", "source"].rows()}
    open_ = placed.not_checked
    reasons = open_.select("row", "reason", "table").unique(maintain_order=True).group_by("reason", "table").len()
    summary.unchecked = Counter({(Reason(reason), table): many for reason, table, many in reasons.rows()})
    outside = open_.filter(pl.col("reason").is_in([str(one) for one in OUTSIDE]) & pl.col("position").is_not_null())
    summary.outside = outside.select("row", "position").n_unique()
    return summary


def _strength(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(_STRENGTH, return_dtype=pl.Int8)
