#!/usr/bin/env python3
"""Fails when a score of scripts/evaluate is below what Benchmarks/thresholds.json demands.

scripts/thresholds.py FOLDER        with plans.json, answers.json and dandi.json in it
"""

import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
demanded = json.loads((Path(__file__).resolve().parent.parent / "Benchmarks/thresholds.json").read_text())
plans = json.loads((folder / "plans.json").read_text())["summary"]
answers = json.loads((folder / "answers.json").read_text())
dandi = json.loads((folder / "dandi.json").read_text())

reached = {
    "plan_slot_f1": plans["slots"][2],
    "plan_exact": plans["exact"] / plans["n"],
    "plan_target": plans["target"] / plans["n"],
    "answers_exact": answers["exact"],
    "dandi_ndcg_at_10": dandi["means"]["ndcg_10"],
}
bad = False
for name, least in demanded["scores"].items():
    value = reached[name]
    verdict = "ok" if value >= least else "BELOW"
    bad = bad or value < least
    print(f"{name:20} {value:8.3f}   at least {least}   {verdict}")
sys.exit(1 if bad else 0)
