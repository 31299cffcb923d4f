"""What machine a benchmark ran on.  Standard library only."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """Processor, cores and system, as the results name them."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else 'unknown processor'}, {os.cpu_count()} cores, {platform.system()}"
