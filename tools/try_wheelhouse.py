"""Install a project's packages from a folder alone, in an empty environment, and make a book with them.

python tools/try_wheelhouse.py DIR

DIR holds every wheel and requirements.txt, as `make wheelhouse` lays them. Ends with the first command that fails.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
NAME = "Prüfungen der Kinder [2026]"
"""Of the folder it is tried in: with what folders of real offices have in their names."""


def tried(wheels: Path, folder: Path) -> None:
    """Install, make a project, check it, build it, and run its pages again."""
    venv.create(folder / ".venv", with_pip=True, symlinks=os.name != "nt")
    programs = folder / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    [auditbook] = wheels.glob("auditbook-*.whl")
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--find-links", wheels]
    project = folder / NAME
    commands = (
        [*pip, "--require-hashes", "-r", wheels / "requirements.txt"],
        [*pip, "--no-deps", auditbook],
        [programs / "auditbook", "init", project, "--partnership", "Oldtown", "--collection", "synthetic", "--git"],
        *([programs / "auditbook", "--project", project, word] for word in ("demo", "check", "build", "verify")),
    )
    for command in commands:
        print("$", *(Path(word).name if isinstance(word, Path) else word for word in command), flush=True)
        subprocess.run(command, check=True, cwd=folder, env=environment | NO_NETWORK)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        tried(Path(sys.argv[1]).resolve(), Path(place))
