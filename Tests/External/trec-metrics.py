"""Metrics of `discover eval --run` against pytrec_eval on random runs: ties, graded, zero and missing judgements.

scripts/test-external trec-metrics PROGRAM
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytrec_eval

PROGRAM = Path(sys.argv[1]).resolve()
RUNS = 40
CLOSE = 1e-4
# By question and document.
Scores = dict[str, dict[str, float]]
Grades = dict[str, dict[str, int]]
MEASURES = {"ndcg_10": "ndcg_cut_10", "recall_20": "recall_20", "recall_100": "recall_100", "mrr": "recip_rank"}


def invented(draw: random.Random) -> tuple[Scores, Grades]:
    """A run and judgements over the same made-up documents; many scores are equal, many documents are not judged."""
    documents = [f"doc{number}" for number in range(draw.randint(1, 400))] + ["DOC-x", "9", "é:1"]
    levels = draw.choice([1, 3, 1000])
    run: Scores = {}
    judgements: Grades = {}
    for number in range(draw.randint(1, 12)):
        query = f"q{number}"
        found = draw.sample(documents, draw.randint(1, len(documents)))
        run[query] = {document: draw.randint(-levels, levels) / draw.choice([1, 7]) for document in found}
        judged = draw.sample(documents, draw.randint(1, len(documents)))
        judgements[query] = {document: draw.choice([0, 0, 0, 1, 1, 2, 3]) for document in judged}
    # A question that was never asked, and one that was never judged.
    judgements["unasked"] = {documents[0]: 1}
    run["unjudged"] = {documents[0]: 1.0}
    return run, judgements


def ours(run: Scores, judgements: Grades, folder: Path) -> Any:
    lines = [
        f"{query} Q0 {document} {rank} {score!r} test"
        for query, found in run.items()
        for rank, (document, score) in enumerate(found.items(), 1)
    ]
    # The order of lines and the ranks they claim mean nothing; scores do.
    random.Random(len(lines)).shuffle(lines)
    (folder / "run").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "qrels").write_text(
        "".join(
            f"{query} 0 {document} {grade}\n"
            for query, grades in judgements.items()
            for document, grade in grades.items()
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [PROGRAM, "eval", "--run", folder / "run", "--qrels", folder / "qrels", "--json", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"trec-metrics: FAILED: eval ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def main() -> None:
    compared = 0
    for seed in range(RUNS):
        draw = random.Random(seed)
        run, judgements = invented(draw)
        expected = pytrec_eval.RelevanceEvaluator(judgements, {"ndcg_cut.10", "recall.20,100", "recip_rank"}).evaluate(
            run
        )
        # Questions without a relevant document say nothing of a ranking; pytrec_eval counts them as 0, eval leaves them
        # out.
        expected = {query: values for query, values in expected.items() if any(judgements[query].values())}
        if not expected:
            continue
        with tempfile.TemporaryDirectory() as folder:
            answer = ours(run, judgements, Path(folder))
        found = {entry["id"]: entry["metrics"] for entry in answer["queries"]}
        if set(found) != set(expected):
            sys.exit(f"trec-metrics: FAILED: run {seed} judged {sorted(found)}, not {sorted(expected)}")
        for query, values in expected.items():
            for name, theirs in MEASURES.items():
                compared += 1
                if abs(found[query][name] - values[theirs]) > CLOSE:
                    sys.exit(
                        f"trec-metrics: FAILED: run {seed}, {query}, {name}: {found[query][name]} and {values[theirs]}"
                    )
        for name, theirs in MEASURES.items():
            mean = sum(values[theirs] for values in expected.values()) / len(expected)
            if abs(answer["means"][name] - mean) > CLOSE:
                sys.exit(f"trec-metrics: FAILED: run {seed}, mean of {name}: {answer['means'][name]} and {mean}")
    if compared < 500:
        sys.exit(f"trec-metrics: FAILED: only {compared} numbers were compared")
    print(f"trec-metrics: {compared} numbers of {RUNS} random runs equal those of pytrec_eval to {CLOSE}")


if __name__ == "__main__":
    main()
