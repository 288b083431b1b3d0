"""How fast outpatient claims are validated beside an independent port of CMS's outpatient code editor.

`python -m tools.benchmarks.outpatient --tables STORE`: claims of daily life, or random ones too, in columns and as
values, and by the port (`pyoce`); each in a process of its own, in turn, on one core. STORE has the editor's tables.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from statistics import median

from tools.benchmarks.contest import Contestant, contest
from tools.benchmarks.differential.claims import Material, random_claims
from tools.benchmarks.differential.realistic import realistic_claims
from tools.benchmarks.environments import environment

__all__ = ["main"]

_FOLDER = Path(__file__).parents[2] / "build" / "benchmarks"


def main() -> int:
    """Measures, and prints lines per second of processor time and how many times the port's that is."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.outpatient")
    add = parser.add_argument
    add("--tables", type=Path, required=True, help="a store with the outpatient code editor's tables")
    add("--claims", type=int, default=20_000, help="how many (default: 20,000)")
    add("--seed", type=int, default=1, help="of the claims (default: 1)")
    add("--random", action="store_true", help="half of them random, for which chance draws the codes of every line")
    add("--of-the-port", type=int, default=1_500, help="how many of them the port is given (default: 1,500)")
    add("--rounds", type=int, default=3, help="after one that is not counted (default: 3)")
    add("--policy", default="medicare", help="its name (default: medicare)")
    add("--peer", type=Path, help="the Python of an environment that has pyoce already")
    add("--folder", type=Path, default=_FOLDER, help="for the port's environment and files (default: build/benchmarks)")
    given = parser.parse_args()
    folder = given.folder.resolve()
    python = given.peer or environment("pyoce", folder / "environments")
    claims = [*realistic_claims(given.seed, given.claims // 2 if given.random else given.claims)]
    if given.random:
        others = random_claims(Material.load(given.tables), given.seed, given.claims - len(claims))
        claims = [claim for pair in zip(claims, others, strict=True) for claim in pair]
    every, some = folder / "outpatient.jsonl", folder / "outpatient-some.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    for path, which in ((every, claims), (some, claims[: given.of_the_port])):
        path.write_text("".join(json.dumps(claim) + "\n" for claim in which), encoding="utf-8")
    os.environ["POLARS_MAX_THREADS"] = "1"
    ours, store = Path(sys.executable), (str(given.tables.resolve()), given.policy)
    contestants = [
        Contestant("the port", python, "pyoce_peer.py", (str(some),), folder / "environments" / "home"),
        Contestant("columns, nothing met", ours, "outpatient_frame.py", (str(every), "new", *store)),
        Contestant("columns, claims met before", ours, "outpatient_frame.py", (str(every), "met", *store)),
        Contestant("values, nothing met", ours, "claims.py", (str(every), "objects", *store)),
        Contestant("values, claims met before", ours, "claims.py", (str(every), "met", *store)),
    ]
    timed = contest(contestants, given.rounds)
    print(f"{len(claims):,} claims, {sum(len(claim['lines']) for claim in claims):,} lines, seed {given.seed}")
    print(f"load average {os.getloadavg()[0]:.0f}")
    for one in timed:
        if one.missing is not None:
            print(f"{one.name}: not measured: {one.missing}")
            continue
        each = [round_["cpu_seconds"] / round_["lines"] for round_ in one.rounds]
        theirs = [round_["cpu_seconds"] / round_["lines"] for round_ in timed[0].rounds]
        ratio = median(their / own for their, own in zip(theirs, each, strict=True))
        print(f"{one.name}: {one.cpu_rate:,.0f} lines per second of processor time, {ratio:.1f} times the port")
    return 0


if __name__ == "__main__":
    sys.exit(main())
