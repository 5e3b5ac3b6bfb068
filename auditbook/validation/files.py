"""Files as people put them there: which belong in a folder, and the text they hold."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditbook.validation.problems import Place, Refusals, nearest

LARGEST_FILE = 20_000_000
"""Bytes. A thousand times the largest real audit's; more is another file under this name."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no word processor, workbook or web page can hold."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
NO_TABLE = "tables are read as CSV, not as a workbook; save its sheet as “CSV UTF-8”."
LEFT_BEHIND = re.compile(
    r"\.DS_Store|\._.*|__MACOSX|\.localized|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory"
    r"|~\$.*|~WRL\d+\.tmp|\.~lock\..*#|\.#.*|#.*#|.*~|\..*\.sw[a-p]|\.ipynb_checkpoints|\.gitkeep",
    re.IGNORECASE,
)
"""What macOS and Windows put into folders they show, and office programs and editors beside a file that is open."""

DEVICE_ON_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their ending."""
NOT_ON_WINDOWS = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')
"""What no name of a file may hold there, or end in."""


def is_name_for_all(name: str) -> bool:
    """Whether every system can hold a file or folder of this name."""
    return not (DEVICE_ON_WINDOWS.fullmatch(name) or NOT_ON_WINDOWS.search(name))


def is_left_behind(name: str) -> bool:
    """Whether a file or folder of this name was left by a system or an editor: passed over, whatever is in it."""
    return bool(LEFT_BEHIND.fullmatch(name))


def entered(folder: Path) -> Iterator[Path]:
    """What people put into a folder and the folders in it, by path; nothing of what was left behind."""
    for path in sorted(folder.rglob("*")):
        if not any(map(is_left_behind, path.relative_to(folder).parts)):
            yield path


def refuse_unknown_files(
    folder: Path, name: str, files: Iterable[str], others: str, subfolder: str, refusals: Refusals
) -> None:
    """Refuse what does not belong in a folder (F01), and links, which may lead anywhere (F11).

    What systems and editors leave behind is passed over.

    files      the names that belong there
    others     what else belongs there, as a pattern of the path inside the folder
    subfolder  the one folder that may be inside
    """
    files = tuple(files)
    strange: Path | None = None
    for path in entered(folder):
        if strange in path.parents:
            continue
        inside = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            refuse_link(f"{name}/{inside}", refusals)
        elif path.is_dir() and inside != subfolder:
            problem, strange = "no such folder belongs here.", path
            refusals.add(Place(f"{name}/{inside}"), "F01", problem, nearest(inside, (subfolder,)))
        elif path.is_file() and inside not in files and not re.fullmatch(others, inside):
            problem = NO_TABLE if path.suffix.casefold() in WORKBOOKS else "no such file belongs here."
            refusals.add(Place(f"{name}/{inside}"), "F01", problem, nearest(inside, files))


def refuse_link(name: str, refusals: Refusals) -> None:
    problem = "this is a link or a device, not a file or folder of its own; put the file itself here."
    refusals.add(Place(name), "F11", problem)


def read_text(path: Path, name: str, refusals: Refusals, largest: int = LARGEST_FILE) -> str | None:
    """A file's UTF-8 text, with or without a byte-order mark; None and a refusal when it has none (F04, F10, F11).

    name     how refusals call the file
    largest  bytes
    """
    if path.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir()):
        refuse_link(name, refusals)
        return None
    raw = b""
    try:
        if path.stat().st_size > largest:
            refusals.add(Place(name), "F10", f"this file is larger than {largest // 1_000_000} MB.")
            return None
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        refusals.add(Place(name, line), "F04", "this is not UTF-8 text; save it as “CSV UTF-8”, or as UTF-8 text.")
        return None
    except OSError as error:
        refusals.add(Place(name), "F04", f"this file cannot be read ({error.strerror}).")
        return None
    control = CONTROL.search(text)
    if not control:
        return text
    line = text.count("\n", 0, control.start()) + 1
    problem = f"this is not text: a control character (U+{ord(control[0]):04X}) stands here; take it out"
    if control[0] == "\0":
        problem = "this is not UTF-8 text (it holds a zero byte); save it as “CSV UTF-8”, or as UTF-8 text"
    refusals.add(Place(name, line), "F04", f"{problem}.")
    return None
