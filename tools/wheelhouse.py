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
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
TAG = "import sys; print('cp%d%d' % sys.version_info[:2])"
NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
PROJECT = "Prüfungen der Kinder [2026]"


def said(*command: str | Path, **options) -> None:
    """Run a command, and end with it when it fails."""
    print("$", *(Path(word).name if isinstance(word, Path) else word for word in command), flush=True)
    if (code := subprocess.run(command, **options).returncode) != 0:
        sys.exit(code)


def filled(folder: Path, tag: str) -> Path:
    """The folder with every wheel for a Python, by its tag: `cp312`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "requirements.txt", folder)
    said(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT)
    version = f"{tag[2]}.{tag[3:]}"
    said(*PIP, "download", "--require-hashes", "--only-binary", ":all:", "--python-version", version,
         "--requirement", folder / "requirements.txt", "--dest", folder)  # fmt: skip
    return folder


def tried(wheels: Path, python: str, place: Path) -> None:
    """Install from the folder alone; make a project, check it, build it, and run its pages again."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))} | NO_NETWORK
    said(python, "-m", "venv", place / ".venv", env=clean)
    programs = place / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    install = (programs / "python", "-m", "pip", "install", "--quiet", "--find-links", wheels)
    [package] = wheels.glob("auditbook-*.whl")
    said(*install, "--require-hashes", "-r", wheels / "requirements.txt", env=clean, cwd=place)
    said(*install, "--no-deps", package, env=clean, cwd=place)
    auditbook, project = programs / "auditbook", place / PROJECT
    said(
        auditbook,
        "init",
        project,
        "--partnership",
        "Oldtown",
        "--collection",
        "synthetic",
        "--git",
        env=clean,
        cwd=place,
    )
    for word in ("demo", "check", "build", "verify"):
        said(auditbook, word, env=clean, cwd=project)


def main() -> None:
    folder, *pythons = sys.argv[1:]
    for python in pythons or [sys.executable]:
        tag = subprocess.run([python, "-c", TAG], check=True, capture_output=True, text=True).stdout.strip()
        wheels = filled(Path(folder).resolve() / tag, tag)
        with tempfile.TemporaryDirectory() as place:
            tried(wheels, python, Path(place))
        print(f"{tag}: installed without a network; a book was made and verified.", flush=True)


if __name__ == "__main__":
    main()
