"""A folder with all that a project installs, for machines that see no registry; and proof that it is enough.

python tools/wheelhouse.py DIR [PYTHON…]

For each Python (this one, unless others are named) DIR gets a folder such as `cp312` with every wheel, our own, and
requirements.txt. Each is tried: an empty environment without a network, a project in a folder with blanks, umlauts
and brackets in its name, then `demo`, `check`, `build` and `verify`. Ends with the first command that fails.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")
TAG = "import sys; print('cp%d%d' % sys.version_info[:2])"
NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
PROJECT = "Prüfungen der Kinder [2026]"


def run(*command: str | Path, **options) -> None:
    """Run a command, and end with it when it fails."""
    print("$", *(Path(word).name if isinstance(word, Path) else word for word in command), flush=True)
    if (code := subprocess.run(command, **options).returncode) != 0:
        sys.exit(code)


def environment(python: str, place: Path) -> tuple[Path, str]:
    """An empty environment: the folder of its programs, and its Python's tag, `cp312`."""
    run(python, "-m", "venv", place)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    tag = subprocess.run([programs / "python", "-c", TAG], check=True, capture_output=True, text=True).stdout.strip()
    return programs, tag


def fill(wheels: Path, programs: Path) -> None:
    """Fetch every wheel. It must be the other Python's own pip, for the pins differ between Pythons."""
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir(parents=True)
    shutil.copy(ROOT / "requirements.txt", wheels)
    own, other = [sys.executable, *PIP], [programs / "python", *PIP]
    run(*own, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", wheels, ROOT)
    pins = wheels / "requirements.txt"
    run(*other, "download", "--require-hashes", "--only-binary", ":all:", "--requirement", pins, "--dest", wheels)


def try_out(wheels: Path, programs: Path, place: Path) -> None:
    """Install from the folder alone; make a project, check it, build it, and run its pages again."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))} | NO_NETWORK
    install = (programs / "python", *PIP, "install", "--find-links", wheels)
    [package] = wheels.glob("auditbook-*.whl")
    run(*install, "--require-hashes", "-r", wheels / "requirements.txt", env=clean, cwd=place)
    run(*install, "--no-deps", package, env=clean, cwd=place)
    auditbook, project = programs / "auditbook", place / PROJECT
    answers = ("--partnership", "Oldtown", "--collection", "synthetic", "--git")
    run(auditbook, "init", project, *answers, env=clean, cwd=place)
    for word in ("demo", "check", "build", "verify"):
        run(auditbook, word, env=clean, cwd=project)


def main() -> None:
    folder, *pythons = sys.argv[1:]
    for python in pythons or [sys.executable]:
        with tempfile.TemporaryDirectory() as place:
            programs, tag = environment(python, Path(place) / ".venv")
            wheels = Path(folder).resolve() / tag
            fill(wheels, programs)
            try_out(wheels, programs, Path(place))
        print(f"{tag}: installed without a network; a book was made and verified.", flush=True)


if __name__ == "__main__":
    main()
