"""An environment with the programs of others that a benchmark is measured beside.  Standard library only."""

import os
import subprocess
import sys
from pathlib import Path


def enter_environment(work: Path, peers: Path) -> None:
    """Runs the script again inside the environment of the peers, which is made when it is not there.

    `peers` is a file of requirements; the environment lies in the work folder.  What is set in os.environ stays set."""
    environment = work / "venv"
    python = environment / "bin/python"
    if Path(sys.prefix) == environment:
        return
    mark = environment / "peers.txt"
    if not mark.exists() or mark.read_text() != peers.read_text():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", peers], check=True)
        mark.write_text(peers.read_text())
    os.execv(python, [str(python), *sys.argv])
