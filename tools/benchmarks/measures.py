"""What is measured: each measure is a contest, or a few, and what its figures are held against."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.benchmarks.contest import Contestant, Timed, Worker, WorkerFailedError, contest, ratios
from tools.benchmarks.environments import NoEnvironmentError, environment
from tools.benchmarks.inputs import Inputs

__all__ = ["MEASURES", "Row"]

_OURS = Path(sys.executable)


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, how many lines a second or what else, and how it stands to a goal."""

    measure: str
    contestant: str
    answers: str
    figure: str
    ratio: str = ""
    goal: str = ""
    versions: str = ""


Measure = Callable[[Inputs], Iterator[Row]]
Mode = tuple[str, str, tuple[str, ...]]
"""A way to call a peer: its name, its worker, and the arguments after the claims."""


def _ours(inputs: Inputs, name: str, script: str, *arguments: object, policy: object = None) -> Contestant:
    options = inputs.options
    given = (*map(str, arguments), str(options.tables), str(policy or options.policy))
    return Contestant(name, _OURS, script, given)


def _peer(inputs: Inputs, kind: str, name: str, script: str, *arguments: object) -> Contestant:
    """A peer in its environment; raises `NoEnvironmentError` where that cannot be made."""
    home = inputs.path("environments") / kind
    python = environment(kind, inputs.path("environments"), inputs.options.pythons)
    return Contestant(name, python, script, tuple(map(str, arguments)), home)


def _figure(timed: Timed, *, memory: bool = False) -> str:
    if timed.missing is not None:
        return f"not measured: {timed.missing}"
    text = f"{timed.rate:,.0f} lines/s ({min(timed.rates):,.0f} to {max(timed.rates):,.0f})"
    text += f", {timed.cpu_rate:,.0f} per second of processor time"
    return f"{text}, at most {timed.peak_mb:,.0f} MB" if memory else text


def _ratio(ours: Timed, theirs: Timed) -> str:
    if ours.missing is not None or theirs.missing is not None:
        return ""
    middle, least, most = map(_times, ratios(ours, theirs))
    return f"{middle} ({least} to {most})"


def _times(ratio: float) -> str:
    """A ratio as people say it.

    >>> _times(63.2), _times(4.04), _times(0.125)
    ('63', '4.0', '1/8.0')
    """
    if ratio < 1:
        return f"1/{_times(1 / ratio)}"
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _row(timed: Timed, measure: str, answers: str, *, ratio: str = "", goal: str = "", memory: bool = False) -> Row:
    versions = str(timed.about.get("version", ""))
    return Row(measure, timed.name, answers, _figure(timed, memory=memory), ratio, goal, versions)


# ---------------------------------------------------------------------- claims


def claims(inputs: Inputs) -> Iterator[Row]:
    """claimcheck from values and from mappings, beside a regex and a dict of pairs."""
    objects = _ours(inputs, "claimcheck, `Claim` values", "claims.py", inputs.jsonl, "objects")
    given = _ours(inputs, "claimcheck, mappings", "claims.py", inputs.jsonl, "mappings")
    stale = _ours(
        inputs, "claimcheck, stale MUE taken", "claims.py", inputs.jsonl, "objects", policy=inputs.stale_policy
    )
    met = _ours(inputs, "claimcheck, claims met before", "claims.py", inputs.jsonl, "met")
    plain = Contestant("a regex and a dict of pairs", _OURS, "plain.py", (str(inputs.jsonl), str(inputs.ptp[1])))
    timed = contest([objects, given, stale, met, plain], inputs.options.rounds)
    goals = (">= 100,000 lines/s, >= 1/8 of plain Python", ">= 70,000 lines/s", "", "", "")
    answers = (
        *(_ALL_RULES, _ALL_RULES, "the same, and MUE where its edition ended the quarter before"),
        *("the same, by a validator that has met every kind of line before", _PLAIN),
    )
    for one, goal, answer in zip(timed, goals, answers, strict=True):
        ratio = "" if one is timed[-1] else _ratio(one, timed[-1])
        yield _row(one, "validate_claims", answer, ratio=ratio and f"{ratio} of plain Python", goal=goal)


_ALL_RULES = "the whole rule set, all tables, findings built"
_PLAIN = "whether codes look right, and PTP pairs of a claim, without dates and modifiers"


def _duel(
    inputs: Inputs,
    kind: str,
    claim_type: str,
    theirs: Sequence[tuple[str, str, tuple[str, ...]]],
    *,
    goal: str,
    says: str,
) -> Iterator[Row]:
    """claimcheck and modes of a peer on the claims that the peer can read."""
    offered = inputs.of_type(claim_type)
    everything = inputs.written(f"{kind}-offered", offered)
    try:
        name, script, arguments = theirs[0]
        with Worker(_peer(inputs, kind, name, script, everything, *arguments)) as worker:
            read = worker.ready()["read"]
    except (NoEnvironmentError, WorkerFailedError) as error:
        yield Row(kind, theirs[0][0], says, f"not measured: {error}")
        return
    path = inputs.written(f"{kind}-read", [offered[place] for place in read])
    ours = _ours(inputs, "claimcheck, `Claim` values", "claims.py", path, "objects")
    peers = [_peer(inputs, kind, name, script, path, *arguments) for name, script, arguments in theirs]
    first, *others = contest([ours, *peers], inputs.options.rounds)
    share = f"the {len(read):,} of {len(offered):,} {claim_type} claims that it reads"
    yield _row(first, kind, f"{_ALL_RULES}; {share}")
    for place, other in enumerate(others):
        ratio = _ratio(first, other)
        yield _row(
            other, kind, says, ratio=ratio and f"claimcheck has {ratio} times its rate", goal=goal if place == 0 else ""
        )


def claim_validator(inputs: Inputs) -> Iterator[Row]:
    """claim-validator, its fastest mode first."""
    modes = [
        ("claim-validator, values built before", "claim_validator_peer.py", ("objects",)),
        ("claim-validator, mappings", "claim_validator_peer.py", ("mappings",)),
    ]
    says = "formats, NPI, totals, duplicates, filing limit, place of service; no PTP, MUE, dated tables"
    yield from _duel(inputs, "claim-validator", "professional", modes, goal=">= 4 times", says=says)


def pyoce(inputs: Inputs) -> Iterator[Row]:
    """pyoce on outpatient hospital claims."""
    says = "CMS's outpatient edits with its own tables, and APC assignment, which claimcheck does not do"
    yield from _duel(inputs, "pyoce", "institutional", [("pyoce", "pyoce_peer.py", ())], goal=">= 60 times", says=says)


def x12(inputs: Inputs) -> Iterator[Row]:
    """claimcheck's X12 reader, and reading with validating, beside pyx12."""
    read = _ours(inputs, "claimcheck, reading X12", "x12_claims.py", inputs.x12, "read")
    check = _ours(inputs, "claimcheck, reading and validating X12", "x12_claims.py", inputs.x12, "check")
    says = "every segment and element against the implementation guide, and a 999; no payment rule"
    try:
        peer = _peer(inputs, "pyx12", "pyx12", "pyx12_peer.py", inputs.x12)
    except NoEnvironmentError as error:
        timed = contest([read, check], inputs.options.rounds)
        yield Row("X12", "pyx12", says, f"not measured: {error}")
    else:
        *timed, other = contest([read, check, peer], inputs.options.rounds)
        yield _row(other, "X12", says)
        read_ratio, check_ratio = (_ratio(one, other) for one in timed)
        yield _row(timed[0], "X12", "claims with their lines", ratio=read_ratio and f"{read_ratio} times pyx12")
        yield _row(timed[1], "X12", _ALL_RULES, ratio=check_ratio and f"{check_ratio} times pyx12")
        return
    yield _row(timed[0], "X12", "claims with their lines")
    yield _row(timed[1], "X12", _ALL_RULES)


# ---------------------------------------------------------------------- one claim


def latency(inputs: Inputs) -> Iterator[Row]:
    """One claim of three lines, and one of 999."""
    three, long = (
        _ours(inputs, name, "latency.py", inputs.jsonl, policy=None) for name in ("three lines", "999 lines")
    )
    for contestant, which, goal in ((three, "three", "<= 60 microseconds"), (long, "long", "<= 60 ms")):
        asked = Contestant(contestant.name, contestant.python, contestant.script, (*contestant.arguments, which))
        (timed,) = contest([asked], inputs.options.rounds)
        if timed.missing is not None:
            figure = f"not measured: {timed.missing}"
        else:
            medians = sorted(one["median_us"] for one in timed.rounds)
            middle = medians[len(medians) // 2]
            figure = f"{middle:,.0f} microseconds ({medians[0]:,.0f} to {medians[-1]:,.0f})"
        versions = str(timed.about.get("version", ""))
        yield Row("Validator.validate", timed.name, _ALL_RULES, figure, "", goal, versions)


# ---------------------------------------------------------------------- frames


def frames(inputs: Inputs) -> Iterator[Row]:
    """`validate_frame` over Parquet, beside joins by hand that answer PTP alone, and PTP and MUE."""
    lines, (ptp, _), mue = inputs.parquet, inputs.ptp, inputs.mue
    contestants = [_ours(inputs, "claimcheck, `validate_frame`", "frames.py", lines)]
    answers, missing = [_ALL_RULES], []
    for kind, title in (("polars", "Polars"), ("duckdb", "DuckDB")):
        for questions, says in (("ptp", "PTP within a claim"), ("ptp+mue", "PTP and MUE within a claim")):
            name = f"{title} joins, {questions.upper().replace('+', ' and ')}"
            try:
                contestants.append(_peer(inputs, kind, name, f"{kind}_join.py", lines, ptp, mue, questions))
                answers.append(says)
            except NoEnvironmentError as error:
                missing.append(Row("frames", name, says, f"not measured: {error}"))
    first, *others = contest(contestants, inputs.options.rounds)
    goal = ">= 1,000,000 lines/s and below 4 GB at 10,000,000 lines"
    yield _row(first, "frames", answers[0], goal=goal, memory=True)
    for other, says in zip(others, answers[1:], strict=True):
        ratio = _ratio(first, other)
        yield _row(other, "frames", says, ratio=ratio and f"claimcheck has {ratio} times its rate", memory=True)
    yield from missing


def spark(inputs: Inputs) -> Iterator[Row]:
    """Spark in local mode on the same Parquet."""
    asked = _ours(inputs, "claimcheck on Spark, local mode", "spark.py", inputs.parquet)
    with_cores = Contestant(asked.name, asked.python, asked.script, (*asked.arguments, "2"))
    frame = _ours(inputs, "claimcheck, `validate_frame`", "frames.py", inputs.parquet)
    timed, beside = contest([with_cores, frame], inputs.options.rounds)
    started, ratio = timed.about.get("started_s"), _ratio(timed, beside)
    says = _ALL_RULES if started is None else f"{_ALL_RULES}; start ({started:.1f} s) and shuffle not counted"
    goal = "the validating stage >= 50% of the frame's rate"
    yield _row(timed, "Spark", says, ratio=ratio and f"{ratio} times the frame's rate", goal=goal, memory=True)
    yield _row(beside, "Spark", _ALL_RULES, memory=True)


# ---------------------------------------------------------------------- growth


def growth(inputs: Inputs) -> Iterator[Row]:
    """Time a line at 1,000,000 and at 10,000,000 lines, judged as they come."""
    options = inputs.options
    if not options.growth:
        yield Row("growth", "claimcheck", _ALL_RULES, "not measured: takes long, ask for it with --growth")
        return
    mean = len(inputs.claims) / sum(len(claim["lines"]) for claim in inputs.claims)
    timed = []
    for lines in (1_000_000, 10_000_000):
        asked = _ours(inputs, f"{lines:,} lines", "growth.py", round(lines * mean), options.seed, options.reference)
        timed += contest([asked], rounds=1, warm_up=0)
    small, large = timed
    yield _row(small, "growth", _ALL_RULES, memory=True)
    known = not (small.missing or large.missing)
    ratio = f"{small.rate / large.rate:.2f} times the time a line" if known else ""
    yield _row(large, "growth", _ALL_RULES, ratio=ratio, goal="<= 1.15 times", memory=True)


MEASURES: dict[str, Measure] = {
    "claims": claims,
    "latency": latency,
    "claim-validator": claim_validator,
    "pyoce": pyoce,
    "x12": x12,
    "frames": frames,
    "spark": spark,
    "growth": growth,
}
