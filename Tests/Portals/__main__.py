"""Stand-ins of the portals `discover` harvests, with invented records, over HTTP or as files.

    python3 Tests/Portals serve [--port 0] [--fault shrink,revoked]
    python3 Tests/Portals dump FOLDER

README.md, beside this file, says what they serve and where they differ from the real ones.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from pathlib import Path

from alyx.api import Alyx
from brainstem.api import PAGINGS, BrainSTEM
from core.faults import KINDS, Faults, Settings
from core.portal import Portal
from core.server import Server
from dandi.api import DANDI
from ebrains.api import KnowledgeGraph
from openneuro.api import OpenNeuro


def serve(options: argparse.Namespace, portals: dict[str, Portal]) -> None:
    """Serves until interrupted; the first line of standard error says where."""
    settings = Settings(options.rate, options.slow_seconds, options.hang_seconds)
    try:
        faults = Faults(settings, options.fault)
    except ValueError as error:
        raise SystemExit(f"portals: {error}") from error
    with options.log.open("a", encoding="utf-8") as log:
        server = Server(options.host, options.port, portals, faults, log)
        print(f"portals: serving on http://{options.host}:{server.server_address[1]}/", file=sys.stderr, flush=True)
        with server, contextlib.suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.1)


def dump(folder: Path, portals: dict[str, Portal]) -> None:
    """Writes all rows as files, a folder a portal, and beside them what a test may expect."""
    for portal in portals.values():
        (folder / portal.name).mkdir(parents=True, exist_ok=True)
        for name, rows in portal.dumped().items():
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
            (folder / portal.name / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    checks = {portal.name: portal.checks() for portal in portals.values()}
    (folder / "checks.json").write_text(json.dumps(checks, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        prog="portals", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="answer over HTTP")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8901, help="0 takes a free one")
    serving.add_argument(
        "--log", type=Path, default=Path(os.devnull), metavar="FILE", help="requests, one JSON object a line, appended"
    )
    serving.add_argument("--fault", default="", metavar="NAME[,NAME]", help=", ".join(KINDS))
    serving.add_argument("--rate", type=int, default=Settings.rate, help="requests a second under ratelimit")
    serving.add_argument("--slow-seconds", type=float, default=Settings.slow_seconds)
    serving.add_argument("--hang-seconds", type=float, default=Settings.hang_seconds)
    serving.add_argument(
        "--brainstem-paging", choices=PAGINGS, default=PAGINGS[0], help="what lists say of their length"
    )
    serving.add_argument("--open-embargo", action="store_true", help="DANDI lists embargoed dandisets to everybody")
    dumping = commands.add_parser("dump", help="write the rows, private ones too, and checks.json")
    dumping.add_argument("folder", type=Path)
    options = parser.parse_args()
    all_portals: list[Portal] = [
        BrainSTEM(getattr(options, "brainstem_paging", PAGINGS[0])),
        Alyx(),
        DANDI(shows_embargoed=getattr(options, "open_embargo", False)),
        KnowledgeGraph(),
        OpenNeuro(),
    ]
    portals = {portal.name: portal for portal in all_portals}
    if options.command == "serve":
        serve(options, portals)
    else:
        dump(options.folder, portals)


if __name__ == "__main__":
    main()
