"""The tables of a stored history, defined once for every database.

Rows are a few small integers: what many lines share is a part, stored once as text, and a member is a number behind a
keyed hash. Dates are proleptic ordinals. A line exists as long as its claim is in force; of a replaced or voided claim
only the version remains, so that it is recognized when it arrives again.
"""

from __future__ import annotations

import attrs

__all__ = ["FORMAT", "TABLES", "Table"]

#: Incremented whenever a table changes; `upgrading` converts a history in an earlier format.
FORMAT = 5


@attrs.frozen
class Table:
    """A table: its columns with types, the columns of its key, and further indexes.

    A type is "number" (64 bits), "bytes" (16), "text" (up to 200 characters), or "long"; a trailing "?" allows null.
    `index` holds only the rows where `index_where` is 1; `indexes` hold all rows, by name.
    """

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    unique: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    index_where: str | None = None
    indexes: dict[str, tuple[str, ...]] = attrs.field(factory=dict)


TABLES = (
    #: about the history itself: its format, its key's fingerprint, the last number assigned, the last purge
    Table("claimcheck_meta", {"name": "text", "number": "number?", "said": "text?"}, ("name",)),
    #: `hidden`: the keyed hash; `denials`: whether a line of the member was ever denied by a later claim; `longest`:
    #: the greatest length of a line; `spread`: 0, and where a claim id of the member has several bills, the most days
    #: of any claim
    Table(
        "claimcheck_members",
        {"member": "number", "hidden": "bytes", "denials": "number", "longest": "number", "spread": "number"},
        ("member",),
        ("hidden",),
    ),
    #: versions of bills; `visit` is the number of the bill under the claim id (`name`), `stands` whether its lines are
    #: there; `begins` to `frequency` tell it from other bills, `is_record` 1 of a payer's record; `last` is the last
    #: day it speaks of, `unsettled` 1 until its results are reconciled
    Table(
        "claimcheck_bills",
        {
            "claim": "number",
            "member": "number",
            "name": "text",
            "digest": "number",
            "level": "number",
            "received": "number?",
            "delivery": "number?",
            "last": "number",
            "unsettled": "number",
            "visit": "number",
            "stands": "number",
            "begins": "number?",
            "ends": "number?",
            "biller": "text?",
            "claim_type": "text?",
            "frequency": "text?",
            "is_record": "number",
        },
        ("claim",),
        index=("claim",),
        index_where="unsettled",
        indexes={"bill": ("member", "name", "begins", "claim")},
    ),
    #: claim ids of which claims were voided or replaced, perhaps before they came: by which claim, of which days
    Table(
        "claimcheck_undone_bills",
        {"member": "number", "name": "text", "begins": "number", "ends": "number", "undone_by": "text?"},
        ("member", "name", "begins", "ends"),
    ),
    #: `span`: days after the first, `length` its number of bits: lines of one length are found by a range of days, so
    #: that a few long ones do not slow the lookup of all others; `what` and `who` are parts; `billed` is the billing
    #: digest
    Table(
        "claimcheck_service_lines",
        {
            "member": "number",
            "length": "number",
            "day": "number",
            "who": "number",
            "claim": "number",
            "position": "number",
            "span": "number",
            "what": "number",
            "line_number": "number?",
            "billed": "number?",
        },
        ("member", "length", "day", "who", "claim", "position"),
        indexes={"claim": ("member", "claim"), "what": ("member", "what", "day")},
    ),
    #: `terms` is a part; `given` whether the use was reported as exceeding the limit, 2 if both that and the opposite
    #: were reported; `ranked` its rank among the uses of its claim and day
    Table(
        "claimcheck_uses",
        {
            "member": "number",
            "claim": "number",
            "position": "number",
            "terms": "number",
            "day": "number",
            "counts": "number",
            "given": "number",
            "ranked": "number",
        },
        ("member", "claim", "position", "terms"),
    ),
    #: a denial of a line of `claim` by claim `source`: whether it holds, and whether it was delivered
    Table(
        "claimcheck_denials",
        {
            "member": "number",
            "claim": "number",
            "position": "number",
            "source": "number",
            "rule": "text",
            "disposition": "text",
            "holds": "number",
            "given": "number",
        },
        ("member", "claim", "position", "source", "rule"),
    ),
    #: the parts that lines share, as written by `parts.to_text`, found by a hash of that text
    Table("claimcheck_parts", {"part": "number", "mark": "bytes", "said": "long"}, ("part",), ("mark",)),
    #: how many claims of an input are recorded
    Table("claimcheck_inputs", {"name": "text", "position": "number"}, ("name",)),
    #: the progress of a run that also writes outputs, whose marks are in `state`
    Table("claimcheck_runs", {"name": "text", "position": "number", "state": "long", "over": "number"}, ("name",)),
)
