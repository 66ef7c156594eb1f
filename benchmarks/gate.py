"""The quality gate: what onrecord finds of the gold must not fall below floors.yaml.

    python benchmarks/gate.py ../shared           measure; status 1 where a figure fell
    python benchmarks/gate.py ../shared --raise   also raise the floors to what was measured

A set with ``names`` is measured against the readings by hand of these articles, which their own
``check.py`` prints. Floors only rise, and are raised on purpose. The data that they were measured
on is pinned by hash: where an article or the gold has changed since, the figures are printed and
the floors do not count until they are raised anew. Floors that turn on confidence stand a little
below what was measured, since processors add floats in different orders.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import yaml

from onrecord.queries.evaluation import FACTS, Report, evaluate_graph
from onrecord.queries.readings_report import evaluate_readings
from onrecord.queries.sample import Sample

FLOORS = Path(__file__).with_name("floors.yaml")


def main() -> None:
    """Measure each set of the floors' file and compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path, help="the folder that has the articles and the gold")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors")
    options = parser.parse_args()
    sets = yaml.safe_load(FLOORS.read_text("utf-8"))
    fallen = False
    for name, pinned in sets.items():
        articles = [options.shared / path for path in pinned["articles"].split()]
        gold = options.shared / pinned["gold"]
        named = options.shared / pinned["names"] if "names" in pinned else None
        notes = [gold / name for name in named.read_text("utf-8").split()] if named else []
        data = digest([*articles, *(notes or [gold])])
        floors = pinned["floors"] if data == pinned["sha256"] else {}
        if not floors:
            print(f"{name}: other data than the floors were measured on; they do not count.")
        measured = by_hand(articles, notes) if notes else figures(evaluate_graph(articles, gold))
        print(f"{name:<18}{'floor':>7}{'now':>7}")
        for part, now in measured.items():
            fell = now < floors.get(part, 0)
            print(f"  {part:<16}{floors.get(part, '-'):>7}{now:>7}{'  fell' if fell else ''}")
            fallen |= fell
        pinned |= {"sha256": data, "floors": floors | measured}
    if options.lift and not fallen:
        FLOORS.write_text(yaml.safe_dump(sets, sort_keys=False), "utf-8")
    sys.exit(fallen)


def figures(report: Report) -> dict[str, float]:
    """Percentages, higher is better: core facts found by part, edges borne out, noise kept out."""
    parts = ("people", "bodies", "one node each", *FACTS)
    tallies = {part: report.tally(part, core=True) for part in parts}
    tallies |= {"all facts": report.tally(*FACTS, core=True), "edges right": report.borne_out}
    shares = {name: round(100 * t.found / t.total, 1) for name, t in tallies.items() if t.total}
    return shares | {"clear of noise": 100.0 - 100.0 * bool(report.noise)}


def by_hand(articles: list[Path], notes: list[Path]) -> dict[str, float]:
    """The same of readings by hand: edges found, of the core and of all, and edges borne out."""
    check = notes[0].parents[1] / "check.py"
    command = [sys.executable, *map(str, (check, "--json", *articles, *notes))]
    with NamedTemporaryFile("wb", suffix=".jsonl") as gold:
        subprocess.run(command, stdout=gold, stderr=subprocess.DEVNULL, check=True)
        read = Path(gold.name).read_text("utf-8").splitlines()
        sample = Sample([json.loads(line)["id"] for line in read])
        report = evaluate_readings(articles, Path(gold.name), sample=sample)
    tallies = {
        "core, right type": report.found("right_type", core=True),
        "core, joined": report.found("joined", core=True),
        "all, right type": report.found("right_type"),
        "borne out": report.borne_out("right_type"),
    }
    return {name: round(100 * t.found / t.total, 1) for name, t in tallies.items() if t.total}


def digest(paths: list[Path]) -> str:
    """One hash of all files at the paths, by name and content."""
    files = sorted(file for path in paths for file in (path, *path.rglob("*")) if file.is_file())
    hashes = "".join(f"{f.name} {hashlib.sha256(f.read_bytes()).hexdigest()}\n" for f in files)
    return hashlib.sha256(hashes.encode()).hexdigest()


if __name__ == "__main__":
    main()
