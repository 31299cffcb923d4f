#!/usr/bin/env python3
"""Fails when a line of text is longer than 120 columns.

    scripts/line-lengths.py

Looked at are C, Python, shell, Makefile, Markdown, settings, and the comments of Swift, whose code `swift format` holds
to the same limit as far as it can be broken.  Left out are tables and code of Markdown, pages that a program writes,
and lines that a web address or one long word makes long.
"""

import re
import subprocess
import sys
from pathlib import Path

MOST = 120
READ = {".swift", ".c", ".h", ".py", ".md", ".txt", ".json5", ".toml", ".yml", ".service", ".timer", ""}
# Written by programs, or data.
LEFT_OUT = re.compile(
    r"Benchmarks/[A-Z0-9-]+\.md|docs/(commands|http)\.md|vocab/english/words\.txt|Tests/Fixtures/.*|LICENSE"
)
# Beyond the margin may stand what cannot be broken: an address, or one long word.
UNBREAKABLE = re.compile(r"\S*https?://\S+|\S{80,}")


def too_long(path: Path) -> list[int]:
    """The numbers of a file's lines that are too long."""
    found = []
    is_code = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if path.suffix == ".md" and line.lstrip().startswith("```"):
            is_code = not is_code
        is_left_out = (path.suffix == ".md" and line.lstrip().startswith("|")) or (
            path.suffix == ".swift" and not line.lstrip().startswith("//")
        )
        if len(line) > MOST and not is_code and not is_left_out and not UNBREAKABLE.search(line):
            found.append(number)
    return found


def main() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True).stdout
    paths = [Path(name) for name in tracked.split("\0") if name and not LEFT_OUT.fullmatch(name)]
    bad = [
        f"{path}:{number}: longer than {MOST} columns"
        for path in paths
        if path.suffix in READ and path.is_file()
        for number in too_long(path)
    ]
    if bad:
        sys.exit("\n".join(bad))


if __name__ == "__main__":
    main()
