#!/usr/bin/env python3
"""Prints the scores of the planner as a table, tag by tag.

    scripts/plan-scores.py SCORES.json

SCORES.json is what `score_plan.py --json` writes.
"""

import json
import sys
from pathlib import Path
from typing import Any


def row(name: str, score: dict[str, Any]) -> str:
    count = score["n"]
    f1 = score["all"][2]
    return f"| {name} | {count} | {f1:.3f} | {score['target'] / count:.2f} | {score['exact'] / count:.2f} |"


scores = json.loads(Path(sys.argv[1]).read_text())
lines = ["| questions | n | slot and range F1 | right target | exact plan |", "| --- | --- | --- | --- | --- |"]
lines.append(row("all", scores["summary"]))
tags = sorted(scores["tags"].items(), key=lambda tag: (-tag[1]["n"], tag[0]))
lines += [row(name, score) for name, score in tags]
print("\n".join(lines))
