"""What the benchmarks found beside their peers: kept in Benchmarks/ratios.json, shown at the end of RESULTS.md.
Standard library only."""

import datetime
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "Benchmarks/ratios.json"
RESULTS = ROOT / "Benchmarks/RESULTS.md"
HEAD = "## Beside others"
# What was measured, our figure with its unit, the peer with its version, its figure, theirs by ours.
Row = tuple[str, str, str, str, float]


def section() -> list[str]:
    """The lines of the section: one table of what was last measured of each kind."""
    lines = [
        HEAD,
        "",
        "From the benchmarks named, each with its peers in one run; theirs by ours: above 1, discover is faster.",
        "",
        "| what | date | discover | peer | theirs | theirs by ours |",
        "| --- | --- | --: | --- | --: | --: |",
    ]
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for name, entry in sorted(kept.items()):
        for what, ours, peer, theirs, ratio in entry["rows"]:
            lines.append(
                f"| [{name}]({entry['file']}): {what} | {entry['date']} | {ours} | {peer} | {theirs} | {ratio:.2f} |"
            )
    return lines


def note(name: str, file: str, rows: list[Row]) -> None:
    """Keeps what a benchmark found, and shows it."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    kept[name] = {"date": datetime.date.today().isoformat(), "file": file, "rows": rows}
    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    if RESULTS.exists():
        before = RESULTS.read_text().split("\n" + HEAD)[0].rstrip("\n").split("\n")
        RESULTS.write_text("\n".join([*before, "", *section()]) + "\n")
