"""The tables of a stored history, written once for every database.

Rows are a few small integers: what many lines share is a part, kept once as text, and a member is a number behind a
keyed hash. Days are proleptic ordinals. A line is there as long as its claim stands; of a claim that was replaced or
voided only the version remains, so that it is known when it comes again.
"""

from __future__ import annotations

import attrs

__all__ = ["FORMAT", "TABLES", "Table"]

#: Raised whenever a table changes; `upgrading` brings a history of an earlier one up to it.
FORMAT = 5


@attrs.frozen
class Table:
    """A table: its columns with their types, the columns of its key, and further indexes.

    A type is "number" (of 64 bits), "bytes" (16), "text" (up to 200 characters) or "long"; "?" behind it admits a
    missing value. `index` holds only the rows where `index_where` is 1; `indexes` are of all rows, by name.
    """

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    unique: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    index_where: str | None = None
    indexes: dict[str, tuple[str, ...]] = attrs.field(factory=dict)


TABLES = (
    #: what is known of the history itself: its format, its key's fingerprint, the last number given, the last purge
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
    #: day it speaks of, `unsettled` 1 until its verdicts are reconciled
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
    #: `span`: days after the first, `length` its number of bits: those of one length are found by a range of days, so
    #: that a few long ones do not make the look at all others longer; `what` and `who` are parts; `billed` is the
    #: billing digest
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
    #: `terms` is a part; `given` whether the use was said to exceed the limit, 2 where that and the reverse was said;
    #: `ranked` its rank among the uses of its claim and day
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
    #: what claim `source` says against a line of `claim`: whether it holds, and whether that was given
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
    #: the parts that lines share, as `parts.to_text` writes them, found by a hash of that text
    Table("claimcheck_parts", {"part": "number", "mark": "bytes", "said": "long"}, ("part",), ("mark",)),
    #: how many claims of an input are recorded
    Table("claimcheck_inputs", {"name": "text", "position": "number"}, ("name",)),
    #: how far a run is that writes outputs too: what it notes of them is in `state`
    Table("claimcheck_runs", {"name": "text", "position": "number", "state": "long", "over": "number"}, ("name",)),
)
