"""What was said of claims that stand for others, kept for all that are alike."""

from __future__ import annotations

import attrs
import polars as pl

from claimcheck.frames.placing import Said
from claimcheck.frames.said import OF_FINDING, OF_LINE, OF_UNCHECKED, OTHERS, Spoken

__all__ = ["Templates"]

_AT = {"at": pl.UInt32(), "rule": pl.UInt32(), "order": pl.UInt32()}


def _nothing(schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(schema=schema)


@attrs.define(eq=False)
class Templates:
    """Verdicts on lines and on claims, each under the number by which those that are alike know it."""

    lines: pl.DataFrame = attrs.field(factory=lambda: _nothing({**OF_LINE, OTHERS: pl.UInt64()}))
    findings: pl.DataFrame = attrs.field(factory=lambda: _nothing({**_AT, **OF_FINDING}))
    unchecked: pl.DataFrame = attrs.field(factory=lambda: _nothing({**_AT, **OF_UNCHECKED}))
    whole_findings: pl.DataFrame = attrs.field(factory=lambda: _nothing({**_AT, **OF_FINDING}))
    whole_unchecked: pl.DataFrame = attrs.field(factory=lambda: _nothing({**_AT, **OF_UNCHECKED}))
    wholes: int = 0

    @property
    def said(self) -> Said:
        """All that is kept."""
        return Said(self.lines, self.findings, self.unchecked, self.whole_findings, self.whole_unchecked)

    def wholes_that_speak(self) -> pl.Series:
        """Of each verdict on a claim itself, whether it says anything."""
        speaks = pl.repeat(value=False, n=self.wholes, dtype=pl.Boolean, eager=True)
        spoken = pl.concat([self.whole_findings["at"], self.whole_unchecked["at"]]).unique()
        return speaks.scatter(spoken, True) if len(spoken) else speaks

    def keep_lines(self, spoken: Spoken, at: pl.DataFrame) -> pl.Series:
        """Keeps what was said of some lines: `at` holds their `claim`, `position`, and `slot` among their group.

        They take the next numbers, in their order. Gives back the places in `at` of those that must not stand for
        others: related to lines outside their group.
        """
        at = at.with_columns((pl.int_range(pl.len(), dtype=pl.UInt32) + len(self.lines)).cast(pl.UInt32).alias("at"))
        keys = ["claim", "position"]
        lines = at.join(spoken.lines, on=keys, how="left", maintain_order="left")
        findings = spoken.findings.join(at.select(*keys, "at", "group"), on=keys, maintain_order="left")
        findings, outside = _slots(findings, at)
        unchecked = spoken.unchecked.join(at.select(*keys, "at"), on=keys, maintain_order="left")
        first = len(self.lines)
        self.lines = pl.concat([self.lines, lines.select(*OF_LINE, OTHERS)])
        self.findings = pl.concat([self.findings, findings.select(self.findings.columns)])
        self.unchecked = pl.concat([self.unchecked, unchecked.select(self.unchecked.columns)])
        return outside - first

    def keep_wholes(self, spoken: Spoken, claims: pl.Series, *, without: list[int], only: bool = False) -> None:
        """Keeps what was said of some claims themselves, in their order, `without` what these rules said, or `only`."""
        at = pl.DataFrame({"claim": claims}).with_columns(
            (pl.int_range(pl.len(), dtype=pl.UInt32) + self.wholes).cast(pl.UInt32).alias("at")
        )
        theirs = pl.col("rule").is_in(without)
        chosen = (pl.col("position") == 0) & (theirs if only else ~theirs)
        findings = spoken.findings.filter(chosen).join(at, on="claim", maintain_order="left")
        unchecked = spoken.unchecked.filter(chosen).join(at, on="claim", maintain_order="left")
        self.whole_findings = pl.concat([self.whole_findings, findings.select(self.whole_findings.columns)])
        self.whole_unchecked = pl.concat([self.whole_unchecked, unchecked.select(self.whole_unchecked.columns)])
        self.wholes += len(claims)


def _slots(findings: pl.DataFrame, at: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Findings whose related lines are slots of their group, where they were positions on the claim.

    And the numbers of the lines whose findings are related to lines outside their group.
    """
    findings = findings.with_row_index("finding")
    related = findings.filter(pl.col("related_lines").list.len() > 0)
    if related.is_empty():
        return findings.drop("finding"), pl.Series(dtype=pl.UInt32)
    exploded = related.select(
        "finding", "at", "claim", "group", pl.col("related_lines").cast(pl.List(pl.UInt32)).alias("position")
    )
    slots = exploded.explode("position").join(
        at.select("claim", "position", "group", "slot"),
        on=["claim", "position", "group"],
        how="left",
        maintain_order="left",
    )
    outside = slots.filter(pl.col("slot").is_null())["at"].unique()
    lists = slots.group_by("finding", maintain_order=True).agg(pl.col("slot").cast(pl.Int64).alias("slots"))
    joined = findings.join(lists, on="finding", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("slots", "related_lines").alias("related_lines")).drop(
        "slots", "finding"
    ), outside
