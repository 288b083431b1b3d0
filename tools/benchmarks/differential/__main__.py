"""The command: `python -m tools.benchmarks.differential`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from claimcheck import Claim, Validator
from tools.benchmarks.differential.claims import BILLS, Material, random_claims
from tools.benchmarks.differential.differences import REASONS, Difference, differences, lacks_pairs
from tools.benchmarks.differential.edits import ALIVE, COMPARED, NEVER, edits_of, placed
from tools.benchmarks.differential.pointed import Editor, pointed_claims
from tools.benchmarks.differential.realistic import realistic_claims
from tools.benchmarks.environments import NoEnvironmentError, environment

__all__ = ["main"]

_FOLDER = Path(__file__).parents[3] / "build" / "benchmarks"
_WORKER = Path(__file__).parents[1] / "workers" / "pyoce_edits.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Judges random claims of facilities on both sides. Exit code 1 where they differ for no reason that is known."""
    given = _parser().parse_args(arguments)
    folder = given.folder.resolve()
    try:
        python = given.peer or environment("pyoce", folder / "environments", given.python)
    except NoEnvironmentError as error:
        print(f"the peer is not there: {error}", file=sys.stderr)
        return 2
    claims = _claims(given)
    said = _peer(python, folder, claims)
    validator = Validator(given.policy, given.tables)
    compared = ALIVE if validator.tables.has_code_list("outpatient_procedure") else COMPARED
    passed_over: Counter[str] = Counter()
    found: list[Difference] = []
    agreed = agreed_on_every = 0
    every: Counter[tuple[int, str]] = Counter()
    alike: Counter[int] = Counter()
    for claim, answer in zip(claims, said, strict=True):
        if "passed_over" in answer:
            passed_over[answer["passed_over"]] += 1
            continue
        edits = frozenset((line, edit) for line, edit in answer["edits"])
        result = validator.validate(Claim.from_dict(claim))
        if lacks_pairs(result, edits):
            passed_over["edits 20 or 40, by NCCI pairs of a quarter that the store does not hold"] += 1
            continue
        own = list(differences(claim, result, edits, compared))
        found += own
        agreed += not own
        ours, theirs = placed(edits_of(result)), placed(edits)
        agreed_on_every += ours == theirs
        alike.update(edit for _, edit in ours & theirs)
        every.update((edit, "claimcheck") for _, edit in ours - theirs)
        every.update((edit, "the port") for _, edit in theirs - ours)
    judged = len(claims) - passed_over.total()
    print(f"{judged:,} claims judged by both (seed {given.seed}): {agreed:,} without a difference")
    print(f"{agreed_on_every:,} of them agree on every edit of the editor, whatever the reason of a difference")
    equal, edits = alike.total(), alike.total() + every.total()
    explained = sum(1 for one in found if one.reason is not None)
    print(
        f"{equal:,} of {edits:,} edits equal ({equal / max(edits, 1):.3%}; "
        f"{(equal + explained) / max(edits, 1):.3%} with those of which it is known why)"
    )
    times = {edit: alike[edit] + every[edit, "the port"] for edit in sorted(ALIVE - NEVER.keys())}
    seldom = [edit for edit, count in times.items() if count < given.least]
    if given.least:
        print(f"times that the port gives each edit: {', '.join(f'{edit}: {count}' for edit, count in times.items())}")
        print(f"never given: {', '.join(f'{edit} ({why})' for edit, why in sorted(NEVER.items()))}")
    if seldom:
        print(f"edits given fewer than {given.least} times by the port: {', '.join(map(str, seldom))}")
    for (edit, side), count in every.most_common(given.most):
        print(f"    edit {edit}: {count:,} given by {side} alone")
    for why, count in sorted(passed_over.items()):
        print(f"{count:,} not compared: {why}")
    return _report(found, given.examples)


def _claims(given: argparse.Namespace) -> list[dict[str, Any]]:
    """The claims that were asked for: random, of daily life, to the point of each edit, or of all three kinds."""
    seed, number = given.seed, given.claims
    if given.kind == "realistic":
        return list(realistic_claims(seed, number))
    if given.kind == "pointed":
        return list(pointed_claims(Editor.load(given.tables), seed, number))
    bills = given.bill or BILLS
    if given.kind == "random":
        return list(random_claims(Material.load(given.tables), seed, number, bills))
    third = number // 3
    return [
        *random_claims(Material.load(given.tables), seed, number - 2 * third, bills),
        *realistic_claims(seed, third),
        *pointed_claims(Editor.load(given.tables), seed, third),
    ]


def _report(found: Sequence[Difference], examples: int) -> int:
    by_reason: defaultdict[str | None, list[Difference]] = defaultdict(list)
    for one in found:
        by_reason[one.reason].append(one)
    for name, why in REASONS.items():
        print(f"{len(by_reason[name]):,} because {why}")
    unknown = by_reason[None]
    print(f"{len(unknown):,} for no reason that is known")
    for kind, count in Counter(one.kind for one in unknown).most_common():
        print(f"    {count:,} x {kind}")
        for one in [one for one in unknown if one.kind == kind][:examples]:
            print(f"        line {one.line} of {json.dumps(one.claim)}; the port: {sorted(one.theirs)}")
    return 1 if unknown else 0


def _peer(python: Path, folder: Path, claims: Sequence[object]) -> list[dict[str, object]]:
    """What the port says of each claim."""
    home = folder / "environments" / "home"
    home.mkdir(parents=True, exist_ok=True)
    offered, answers = folder / "differential-claims.jsonl", folder / "differential-edits.jsonl"
    offered.write_text("".join(json.dumps(claim) + "\n" for claim in claims), encoding="utf-8")
    command = [str(python), str(_WORKER), str(offered), str(answers)]
    subprocess.run(command, check=True, env={"HOME": str(home), "PATH": "/usr/bin:/bin"})  # noqa: S603 - our own command
    return [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]


def _parser() -> argparse.ArgumentParser:
    about = (
        "Random claims of facilities, judged by claimcheck and by an independent port of CMS's outpatient code editor."
    )
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.differential", description=about)
    add = parser.add_argument
    add(
        "--tables",
        type=Path,
        required=True,
        help="a store with the tables of 2024-07-01, made with `claimcheck tables add`",
    )
    add("--claims", type=int, default=10_000, help="how many (default: 10,000)")
    add("--seed", type=int, default=1, help="of the claims (default: 1)")
    add("--bill", action="append", help="a bill type of three characters, such as 341; may be repeated (default: all)")
    add(
        "--kind",
        choices=["random", "realistic", "pointed", "all"],
        default="random",
        help="random claims (the default), claims of daily life, claims to the point of each edit, or a third of each",
    )
    add("--least", type=int, default=0, help="count each edit; name those that the port gives fewer times")
    add("--policy", default="default", help="its name (default: default)")
    add("--folder", type=Path, default=_FOLDER, help="for the peer's environment and files (default: build/benchmarks)")
    add("--python", action="append", default=[], help="a Python 3.12 or later for the peer; may be repeated")
    add("--peer", type=Path, help="the Python of an environment that has pyoce already")
    add("--most", type=int, default=20, help="edits to name that one side alone gives, the commonest (default: 20)")
    add("--examples", type=int, default=1, help="claims to show of each kind that no reason is known of (default: 1)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
