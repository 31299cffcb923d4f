#!/usr/bin/env python3
"""Puts standard input into a page between the marks of a block.

scripts/renew-block.py PAGE.md NAME
"""

import sys
from pathlib import Path

page, name = Path(sys.argv[1]), sys.argv[2]
begin, end = f"<!-- {name}: written by make -->", f"<!-- end of {name} -->"
before, rest = page.read_text().split(begin)
after = rest.split(end)[1]
page.write_text(before + begin + "\n" + sys.stdin.read().strip() + "\n" + end + after)
