#!/usr/bin/env python3
"""Prints what scripts/evaluate measured as one table, beside the peers' numbers of the shared gold.

    scripts/evaluation-table.py FOLDER      with plans.json, answers.json, dandi.json and, from an index without the
                                            sentence model, dandi-lsa.json in it

Rankings of the public collections are those of Benchmarks/COLLECTIONS.md.  The peers' numbers are read from the two
BASELINES.md of ../shared/gold; none is typed here.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared/gold"
# The column of the table, and how the two lists of baselines call it.
PEERS = [
    ("BM25", "BM25 stemmed", "BM25 (bm25s, stop, stem)"),
    ("FTS5", "FTS5", "SQLite FTS5 OR porter"),
    ("MiniLM", "MiniLM", "MiniLM cosine"),
    ("RRF", "RRF (FTS5 + MiniLM)", "RRF FTS5 + MiniLM"),
]
MISSING = "-"


def tables(path: Path) -> list[list[str]]:
    """The rows of all tables of a page, each as a list of cells."""
    rows = [line.strip().strip("|").split("|") for line in path.read_text().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows if not re.fullmatch(r"[\s:|-]+", "|".join(row))]


def number(cell: str) -> float | None:
    """The first number of a cell such as `.686 / .913`; None where there is none."""
    found = re.match(r"\d*\.\d+", cell)
    return float(found[0]) if found else None


def collection_peers() -> dict[str, dict[str, float | None]]:
    """nDCG@10 by collection and by name of the column."""
    header, *rows = tables(GOLD / "ir/BASELINES.md")
    return {
        row[0].split(" (")[0]: {name: number(cell) for name, cell in zip(header[1:], row[1:], strict=False)}
        for row in rows
    }


def dandi_peers() -> dict[str, float | None]:
    """nDCG@10 by name of the system, from the first table."""
    found: dict[str, float | None] = {}
    for row in tables(GOLD / "dandi/BASELINES.md"):
        if row[0] != "system" and number(row[1]) is not None:
            found.setdefault(row[0], number(row[1]))
    return found


def line(
    name: str, measure: str, ours: float | None, without: float | None, peers: dict[str, float | None], which: int
) -> str:
    """A row: ours, ours without the sentence model, the chosen peers, the best of all peers."""

    def cell(value: float | None) -> str:
        return MISSING if value is None else f"{value:.3f}"

    chosen = [peers.get(names[which]) for names in PEERS] if peers else [None] * len(PEERS)
    known = [value for value in peers.values() if value is not None]
    return (
        f"| {name} | {measure} | {cell(ours)} | {cell(without)} | "
        + " | ".join([*map(cell, chosen), cell(max(known) if known else None)])
        + " |"
    )


def main() -> None:
    folder = Path(sys.argv[1])

    def read(name: str) -> Any:
        return json.loads((folder / name).read_text())

    lines = [
        "| gold | measure | discover | without the model | "
        + " | ".join(names[0] for names in PEERS)
        + " | best of all peers |",
        "|---" * (5 + len(PEERS)) + "|",
    ]
    peers = collection_peers()
    header, *rows = tables(ROOT / "Benchmarks/COLLECTIONS.md")
    for row in rows:
        cells = dict(zip(header, row, strict=False))
        lines.append(
            line(
                row[0],
                "nDCG@10",
                number(cells["hybrid nDCG@10"]),
                number(cells["LSA hybrid nDCG@10"]),
                peers.get(row[0], {}),
                1,
            )
        )
    lines.append(
        line(
            "dandisets (plan on)",
            "nDCG@10",
            read("dandi.json")["means"]["ndcg_10"],
            read("dandi-lsa.json")["means"]["ndcg_10"],
            dandi_peers(),
            2,
        )
    )
    plans, answers = read("plans.json")["summary"], read("answers.json")
    lines.append(line("plans", "slot and range F1", plans["slots"][2], None, {}, 1))
    lines.append(line("plans", "exact", plans["exact"] / plans["n"], None, {}, 1))
    lines.append(line("portal answers", "exact", answers["exact"] / answers["judged"], None, {}, 1))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
