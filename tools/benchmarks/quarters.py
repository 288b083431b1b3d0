"""What a store of four quarters of both Medicare PTP tables costs, and which of its look-ups cost most.

    python -m tools.benchmarks.quarters REFERENCE [--folder FOLDER] [--lines 60000]

REFERENCE is the folder of official files that docs/performance.md describes, of which the PTP files of 2024-07-01 are
read. The other three quarters are *made of them*: the same rows under the version of that quarter, every date but the
placeholder 1996-01-01 moved by as many days. So they have the size of published quarters, and not their content. Each
measure runs in a process of its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from claimcheck import Validator
from claimcheck.tables import Tables

QUARTERS = {"v300r0": -182, "v301r0": -91, "v302r0": 0, "v303r0": 92}  #: days from 2024-07-01
DAYS = [date(2024, 7, 15) + timedelta(days) for days in QUARTERS.values()]
TABLES = ("ptp_practitioner", "ptp_outpatient_hospital")
_PREAMBLE = 6
_PLACEHOLDER = "19960101"
_REPEATS = 7


# ---------------------------------------------------------------------------------------------- the files


def make(reference: Path, folder: Path) -> list[Path]:
    """The files of four quarters, of which three are written where they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for source in sorted((reference / "ncci").glob("cci*-v302r0-f*.txt.gz")):
        for version, days in QUARTERS.items():
            if days == 0:
                files.append(source)
                continue
            made = folder / source.name.replace("v302r0", version)
            if not made.exists():
                part = made.with_suffix(".part")
                with (
                    gzip.open(source, "rt", encoding="latin-1", newline="") as lines,
                    gzip.open(part, "wt", encoding="latin-1", newline="", compresslevel=1) as written,
                ):
                    written.writelines(_moved(lines, days))
                part.rename(made)
            files.append(made)
    return files


def _moved(lines: Iterator[str], days: int) -> Iterator[str]:
    known: dict[str, str] = {"*": "*", _PLACEHOLDER: _PLACEHOLDER}
    for number, line in enumerate(lines):
        if number < _PREAMBLE:
            yield line
            continue
        cells = line.split("\t")
        for place in (3, 4):
            text = cells[place]
            if text not in known:
                day = date(int(text[:4]), int(text[4:6]), int(text[6:])) + timedelta(days)
                known[text] = f"{day:%Y%m%d}"
            cells[place] = known[text]
        yield "\t".join(cells)


# ---------------------------------------------------------------------------------------------- the measures


def added(store: Path, files: list[str]) -> dict[str, Any]:
    """`tables add` of the files."""
    from claimcheck.tables.store import add

    add([Path(file) for file in files], store)
    return {"size": sum(file.stat().st_size for file in store.iterdir())}


def opened(store: Path) -> dict[str, Any]:
    """`Tables.open`, the first of the process and later ones."""
    before = memory()
    times = [busy(lambda: Tables.open(store)) for _ in range(_REPEATS)]
    tables = Tables.open(store)
    at = memory()
    tables.ptp("ptp_practitioner", "20610", "99213", DAYS[2])
    return {"first": times[0], "later": statistics.median(times[1:]), "grown": at - before, "asked": memory() - at}


def asked(store: Path, count: int = 200_000) -> dict[str, Any]:
    """Look-ups in a second of the processor, of pairs that are there and codes at random, over days of all quarters."""
    tables, generator = Tables.open(store), random.Random(1)
    figures: dict[str, Any] = {}
    for table in TABLES:
        codes = list(packed(tables, table).codes())
        pairs = [(*generator.sample(codes, 2), generator.choice(DAYS)) for _ in range(count)]
        took = busy(lambda pairs=pairs, table=table: [tables.ptp(table, *pair) for pair in pairs])
        figures[f"{table}, one pair"] = count / took
        for size in (2, 5, 20):
            sets = [(generator.sample(codes, size), generator.choice(DAYS)) for _ in range(count // 20)]
            took = busy(lambda sets=sets, table=table: [tables.ptp_within(table, *one) for one in sets])
            figures[f"{table}, within {size} codes"] = len(sets) / took
    figures["memory"] = memory()
    return figures


def worst(store: Path) -> dict[str, Any]:
    """Every code and many pairs timed one by one: the least of some repeats, so that other work counts for little."""
    tables = Tables.open(store)
    return {table: _worst_of(tables, table, DAYS[2]) for table in TABLES}


def _worst_of(tables: Tables, table: str, day: date) -> dict[str, Any]:
    held, generator = packed(tables, table), random.Random(2)
    codes = list(held.codes())
    rows, windows = Counter[str](), Counter[tuple[str, str]]()
    for row in held:
        rows[row.column_one] += 1
        windows[row[:2]] += 1
    largest, most = rows.most_common(1)[0], windows.most_common(1)[0]

    def one_pair(pair: tuple[str, str]) -> float:
        return least(lambda: tables.ptp(table, *pair, day))

    def within(some: list[str]) -> float:
        return least(lambda: tables.ptp_within(table, some, day), 3)

    pairs = generator.sample(list(windows), 100_000)
    pairs += [pair for pair, _ in windows.most_common(2_000)]
    pairs += [pair for pair in windows if pair[0] == largest[0]]
    pairs += [(two, one) for one, two in pairs[:50_000]]
    return {
        "largest column one": largest,
        "most windows of a pair": most,
        "pairs by windows": Counter(windows.values()),
        "a pair": spread((one_pair(pair), pair) for pair in pairs),
        "that pair": one_pair(most[0]) * 1e6,
        "within two codes": spread((within([*pair]), pair) for pair in pairs[:20_000]),
        "within 100 codes and the largest": within([*generator.sample(codes, 100), largest[0]]),
        "within all codes": (len(codes), within(codes)),
        "rows of a code": spread((least(lambda: list(held.rows_of(code)), 3), code) for code in codes[::40]),  # noqa: B023
        "rows of the largest": least(lambda: list(held.rows_of(largest[0])), 3),
    }


def validated(store: Path, claims: str) -> dict[str, Any]:
    """`validate_claims` of generated claims, a fourth of them moved into each quarter."""
    with Path(claims).open(encoding="utf-8") as file:
        batch = [json.loads(line) for line in file]
    before, began, processor = memory(), perf_counter(), process_time()
    validator = Validator(tables=Tables.open(store))
    lines = sum(len(result.lines) for result in validator.validate_many(batch))
    took, processor = perf_counter() - began, process_time() - processor
    return {
        "lines": lines,
        "a second": lines / took,
        "a second of processor": lines / processor,
        "grown": memory() - before,
    }


def claims_of(reference: Path, path: Path, lines: int) -> None:
    """Writes generated claims whose days lie in four quarters, in turn."""
    from tools.benchmarks.generator import Generator, Reference, mappings

    moves = list(QUARTERS.values())
    with path.open("w", encoding="utf-8") as file:
        for number, claim in enumerate(mappings(Generator.of_lines(Reference.load(reference), lines, 1).frame())):
            file.write(json.dumps(_at(claim, timedelta(moves[number % len(moves)])), default=str) + "\n")


def _at(value: Any, by: timedelta) -> Any:
    """The value with every date in it moved."""
    if isinstance(value, dict):
        return {name: _at(inner, by) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_at(inner, by) for inner in value]
    if isinstance(value, date):
        return value + by
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return str(date.fromisoformat(value) + by)
    return value


# ---------------------------------------------------------------------------------------------- what they share


def packed(tables: Tables, table: str) -> Any:
    """The pairs of the quarter of July."""
    shelf = tables.shelf(table)
    volume = shelf.covering(DAYS[2]) if shelf else None
    if volume is None:
        raise SystemExit(f"no {table} of {DAYS[2]} in the store")
    return volume.table


def spread(timed: Iterable[tuple[float, Any]]) -> dict[str, Any]:
    """The median, the one of a thousand that only one exceeds, and the three slowest, in microseconds."""
    ordered = sorted(timed)
    return {
        "asked": len(ordered),
        "median": ordered[len(ordered) // 2][0] * 1e6,
        "99.9%": ordered[len(ordered) * 999 // 1000][0] * 1e6,
        "slowest": [(round(took * 1e6, 1), what) for took, what in ordered[-3:]],
    }


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def busy(work: Callable[[], object]) -> float:
    """For how long it keeps the processor, whatever else runs."""
    begin = process_time()
    work()
    return process_time() - begin


def least(work: Callable[[], object], repeats: int = _REPEATS) -> float:
    """The least of some times."""
    return min(seconds(work) for _ in range(repeats))


def memory(which: str = "VmRSS") -> int:
    """Bytes of this process that lie in memory; "VmHWM": at most so far, which getrusage takes over from its parent."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(f"{which}:"))


MEASURES: dict[str, Callable[..., dict[str, Any]]] = {
    "added": added,
    "opened": opened,
    "asked": asked,
    "worst": worst,
    "validated": validated,
}


def apart(measure: str, *arguments: object) -> dict[str, Any]:
    """A measure in a process of its own, with its times and its most memory."""
    command = [sys.executable, "-m", "tools.benchmarks.quarters", "--measure", measure, *map(str, arguments)]
    began = perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own module
    figures: dict[str, Any] = json.loads(done.stdout)
    return {**figures, "wall": perf_counter() - began}


def one(measure: str, store: str, *arguments: str) -> None:
    """What a process of its own runs."""
    rest = [[*arguments]] if measure == "added" else arguments
    figures = MEASURES[measure](Path(store), *rest)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({**figures, "processor": used.ru_utime + used.ru_stime, "peak": memory("VmHWM")}))


def main() -> None:
    """Measures, each in a process of its own, and prints a line of JSON for each."""
    if sys.argv[1:2] == ["--measure"]:
        one(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "claimcheck-quarters")
    parser.add_argument("--lines", type=int, default=60_000)
    asked_for = parser.parse_args()
    folder = asked_for.folder
    files = make(asked_for.reference, folder / "files")
    single = [file for file in files if "v302r0" in file.name]
    claims = folder / "claims.jsonl"
    claims_of(asked_for.reference, claims, asked_for.lines)
    stores = {"one quarter": (folder / "one", single), "four quarters": (folder / "four", files)}
    for name, (store, some) in stores.items():
        for measure, arguments in (
            ("added", some if not (store / "manifest.json").exists() else []),
            ("opened", []),
            ("asked", []),
            ("validated", [claims]),
            ("worst", []),
        ):
            if measure != "added" or arguments:
                figures = apart(measure, store, *arguments)
                print(json.dumps({"store": name, "measure": measure, **figures}), flush=True)
    print(f"load average at the end: {os.getloadavg()}")


if __name__ == "__main__":
    main()
