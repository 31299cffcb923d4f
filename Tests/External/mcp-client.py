"""The official client of the Model Context Protocol lists and calls every tool.

    scripts/test-external mcp-client PROGRAM

Over standard input and output and over HTTP, in the era of the handshake and in that of revision 2026-07-28; the client
itself checks every structured answer against the tool's output schema.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import mcp

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.argv[1]).resolve()
TOOLS = ["plan_query", "search", "get_record", "why_not", "vocab", "coverage"]
checks = 0


def check(truth: object, *what: object) -> None:
    global checks
    checks += 1
    if not truth:
        sys.exit("mcp: FAILED: " + " ".join(repr(item)[:2000] for item in what))


async def converse(client: Any, how: str) -> None:
    tools = (await client.list_tools()).tools
    check([tool.name for tool in tools] == TOOLS, tools)
    for tool in tools:
        check(tool.output_schema and tool.annotations.read_only_hint, tool)
        check("untrusted data" in tool.description, tool)

    async def call(name: str, arguments: dict[str, Any], fails: bool = False) -> Any:
        result = await client.call_tool(name, arguments)
        check(bool(result.is_error) == fails, how, name, arguments, result)
        if fails:
            return result.content[0].text
        check(json.loads(result.content[0].text) == result.structured_content, result)
        return result.structured_content

    plan = await call("plan_query", {"query": "thalamic Neuropixels recordings in sleep"})
    check({item["facet"] for item in plan["plan"]["filters"]} >= {"region", "device", "state"}, plan)
    found = await call("search", {"query": plan["operator_query"], "facets": True, "limit": 2})
    check(found["total"] >= 1 and len(found["hits"]) <= 2, found)
    identifier = found["hits"][0]["id"]
    first = [hit["id"] for hit in found["hits"]]
    if found["next"]:
        page = await call("search", {"query": plan["operator_query"], "limit": 2, "cursor": found["next"]})
        check(not set(first) & {hit["id"] for hit in page["hits"]}, page)
    record = await call("get_record", {"id": identifier})
    check(record["id"] == identifier and record["record_text"]["title"], record)
    for form in ("jsonld", "bibtex", "ris", "csl", "datacite"):
        text = (await call("get_record", {"id": identifier, "format": form}))["record_text"]["export"]
        check(text.strip(), form)
    why = await call("why_not", {"id": identifier, "query": "-state:sleep"})
    check(why["tier"] is None and any(line["state"] == "fails" for line in why["verdicts"]), why)
    term = await call("vocab", {"term": "thalamus", "facet": "region"})
    check(term["terms"][0]["records"] >= 1, term)
    grid = await call("coverage", {"rows": "region", "cols": "device"})
    check(len(grid["counts"]) == len(grid["row_values"]), grid)
    check(all(len(row) == len(grid["col_values"]) for row in grid["counts"]), grid)

    check("unknown_value" in await call("search", {"query": "species:unicorn"}, fails=True))
    check("species" in await call("search", {"query": "specis:mouse"}, fails=True))
    check("thalamus" in await call("vocab", {"term": "thallamus"}, fails=True))
    check("no_record" in await call("get_record", {"id": "dandi:dataset:999999"}, fails=True))
    check("too_long" in await call("search", {"query": "x" * 2000}, fails=True))
    try:
        await client.call_tool("delete_everything", {})
        check(False, "an unknown tool was called")
    except mcp.MCPError as error:
        check(error.code == -32602, error)


async def over_stdio(index: str) -> None:
    parameters = mcp.StdioServerParameters(
        command=str(PROGRAM), args=["mcp", "--index", index, "--vocab", str(ROOT / "vocab")]
    )
    for mode in ("auto", "legacy"):
        async with mcp.Client(parameters, mode=mode, read_timeout_seconds=60) as client:
            check(client.server_info.name == "discover", client.server_info)
            revision = client.protocol_version
            check((revision == "2026-07-28") == (mode == "auto"), mode, revision)
            await converse(client, mode)
            print(f"mcp: {len(TOOLS)} tools over standard streams, revision {revision}")


async def over_http(index: str) -> None:
    service = subprocess.Popen(
        [
            PROGRAM,
            "serve",
            "--port",
            "0",
            "--rate",
            "0",
            "--access-log",
            "off",
            "--index",
            index,
            "--vocab",
            ROOT / "vocab",
        ],
        stderr=subprocess.PIPE,
    )
    try:
        assert service.stderr
        line = service.stderr.readline().decode()
        check("answers from" in line, "the service does not start", line)
        site = line.split()[0]
        for mode in ("auto", "legacy"):
            async with mcp.Client(f"{site}/mcp", mode=mode, read_timeout_seconds=60) as client:
                revision = client.protocol_version
                check((revision == "2026-07-28") == (mode == "auto"), mode, revision)
                await converse(client, mode)
                print(f"mcp: {len(TOOLS)} tools over HTTP, revision {revision}")
    finally:
        service.terminate()
        check(service.wait(timeout=30) == 0, "the service did not end well")


def raw(index: str) -> None:
    """Nothing but answers on standard output, and the end of the input is the end."""
    lines = [
        '{"jsonrpc":"2.0","id":1,"method":"ping"}',
        "",
        "nonsense",
        '{"jsonrpc":"2.0","method":"notifications/x"}',
        "[" * 100_000,
        '{"jsonrpc":"2.0","id":2,"method":"ping"}',
    ]
    done = subprocess.run(
        [PROGRAM, "mcp", "--index", index, "--vocab", ROOT / "vocab"],
        input="\n".join(lines).encode(),
        capture_output=True,
        timeout=60,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    check(done.returncode == 0, done)
    check([answer["id"] for answer in answers] == [1, None, None, 2], answers)
    missing = subprocess.run(
        [PROGRAM, "mcp", "--index", index + "/none", "--vocab", ROOT / "vocab"],
        input=b"",
        capture_output=True,
        timeout=60,
    )
    check(missing.returncode == 4 and not missing.stdout, missing)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = folder + "/demo"
        subprocess.run(
            [
                PROGRAM,
                "ingest",
                "brainstem",
                ROOT / "demo/brainstem",
                "--no-vectors",
                "--quiet",
                "--index",
                index,
                "--vocab",
                ROOT / "vocab",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        raw(index)
        asyncio.run(over_stdio(index))
        asyncio.run(over_http(index))
        print(f"mcp: {checks} checks")


main()
