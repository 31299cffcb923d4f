"""What Benchmarks/http and Benchmarks/load share: an index, a running server, wrk, figures.  Standard library only."""

import json
import random
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Self

import vocabulary

ROOT = Path(__file__).resolve().parent.parent


def need(tool: str, package: str) -> str:
    path = shutil.which(tool)
    if path is None:
        sys.exit(f"{tool} is needed: install the Debian package {package}")
    return path


class Server:
    """`discover serve` on a free port, stopped at the end of the block."""

    def __init__(self, program: str | Path, index: Path, *flags: str, log: Path | None = None) -> None:
        self.command = [program, "serve", "--index", index, "--port", "0", *flags]
        self.command += ["--access-log", str(log) if log else "off"]

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr
        line = self.process.stderr.readline()
        found = re.match(r"(http://\S+)", line)
        if not found:
            sys.exit(f"the server did not start: {line}")
        self.base = found.group(1)
        return self

    def get(self, target: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(self.base + target, headers=headers or {})
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()

    def metrics(self) -> dict[str, float]:
        lines = self.get("/metrics")[2].decode().splitlines()
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if line[0] != "#"}

    def memory(self) -> float:
        """Resident megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return sum(int(found) for found in re.findall(r"VmRSS:\s+(\d+)", status)) / 1024

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.code = self.process.wait(30)


def terms(facet: str) -> list[str]:
    """Labels of the terms of a facet that stand in real metadata."""
    return [row["label"] for row in vocabulary.rows(facet) if vocabulary.is_used(row)]


def questions(count: int, seed: int = 1) -> list[str]:
    """Distinct questions in plain words, always the same."""
    draw = random.Random(seed)
    lists = {facet: terms(facet) for facet in ("region", "species", "technique", "state", "device", "task")}
    forms = [
        "{region} {technique} in {species} during {state}",
        "{species} with {device} in {region}",
        "recordings of {region} while {state}, {task}",
        "which {species} were trained on {task} with {technique}",
        "how does {state} change activity of the {region}",
    ]
    found: dict[str, None] = {}
    while len(found) < count:
        form = draw.choice(forms)
        text = form.format(**{facet: draw.choice(labels) for facet, labels in lists.items()})
        if len(text.encode()) <= 300 and '"' not in text and ":" not in text:
            found[text] = None
    return list(found)


# Sends the lines of a file as requests, one after another, each thread from a place of its own; a line is a target, or
# a target, a tab and a header field.  Prints what wrk measured, with the statuses, as JSON.
LUA = """
local lines = {}
local counter = 0
function setup(thread)
  thread:set("number", counter)
  counter = counter + 1
  threads = threads or {}
  table.insert(threads, thread)
end
function init(args)
  for line in io.lines(args[1]) do table.insert(lines, line) end
  at = (number * 7919) % #lines
  statuses = ""
  counts = {}
end
function request()
  at = at % #lines + 1
  local target, name, value = string.match(lines[at], "^([^\\t]+)\\t([^:]+): (.+)$")
  if target then return wrk.format("GET", target, {[name] = value}) end
  return wrk.format("GET", lines[at])
end
function response(status, headers, body)
  counts[status] = (counts[status] or 0) + 1
  statuses = ""
  for key, count in pairs(counts) do statuses = statuses .. key .. "=" .. count .. " " end
end
function done(summary, latency, requests)
  local total = {}
  for _, thread in ipairs(threads) do
    for key, count in string.gmatch(thread:get("statuses"), "(%d+)=(%d+)") do
      total[key] = (total[key] or 0) + tonumber(count)
    end
  end
  local parts = {}
  for key, count in pairs(total) do table.insert(parts, string.format('"%s": %d', key, count)) end
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %.3f, "p50": %.3f, "p99": %.3f, "max": %.3f, ' ..
    '"socket_errors": %d, "statuses": {%s}}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    table.concat(parts, ", ")))
end
"""


def wrk(
    base: str, lines: list[str], folder: Path, seconds: int, connections: int, threads: int = 1, pause: float = 0
) -> dict[str, Any]:
    """Runs wrk over the lines; its figures.  Each connection waits `pause` milliseconds on average before it asks."""
    script = folder / "requests.lua"
    # Only where there is a pause: wrk sends through a timer as soon as a script has this function.
    script.write_text(LUA + (f"function delay() return math.random(0, {round(2 * pause)}) end\n" if pause else ""))
    file = folder / f"requests-{time.monotonic_ns()}.txt"
    file.write_text("\n".join(lines) + "\n")
    command = [
        need("wrk", "wrk"),
        "-t",
        str(threads),
        "-c",
        str(connections),
        "-d",
        f"{seconds}s",
        "--timeout",
        "30s",
        "-s",
        str(script),
        base,
        "--",
        str(file),
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\{.*\})", output)
    if not found:
        sys.exit(f"wrk gave no figures:\n{output}")
    figures: dict[str, Any] = json.loads(found.group(1))
    return figures


def index(program: str, folder: Path, records: int) -> Path:
    """An index of invented records below a folder."""
    dump = folder / f"invented-{records}.jsonl"
    path = folder / f"index-{records}"
    if not path.exists():
        subprocess.run([ROOT / "Benchmarks/synthesize", str(records), dump], check=True)
        subprocess.run([program, "ingest", "dandi", dump, "--index", path, "--quiet"], check=True)
    return path
