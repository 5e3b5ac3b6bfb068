"""The rooms of the package, as CONTRIBUTING.md lists them: an import points to the same room or an earlier one."""

import ast
import re
from collections import Counter
from collections.abc import Container, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "auditbook"
ROOMS = """validation codebook project engine evidence measures release reading briefing returns forms panel
downloads leaks pages site build demo options return_commands commands cli""".split()
LONGEST_MODULE = 300  # lines; a longer one holds two ideas
NAMES_WITHOUT_MEANING = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
SPEAKING = {"print", "exit", "quit", "sys.exit", "os._exit", "typer.echo", "typer.secho", "typer.Exit", "click.echo"}
SPEAKERS = {"cli.py", "site/jupyter_book_process.py"}  # the command line, and a program that is a process of its own


def modules(package: Path) -> list[Path]:
    return sorted(package.rglob("*.py"))


def room_of(module: Path, package: Path) -> str | None:
    """The room a module belongs to; None for the package's own `__init__.py`."""
    first = module.relative_to(package).parts[0]
    return None if first == "__init__.py" else first.removesuffix(".py")


def imported_names(module: Path, package: Path) -> Iterator[tuple[int, str]]:
    """Every dotted name a module imports, wherever in the module, with relative imports spelt out."""
    folder = (package.name, *module.relative_to(package).parts[:-1])
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *filter(None, [node.module])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def upward_imports(package: Path) -> list[str]:
    """Each import of a later room, and each module that stands in no room."""
    found = []
    for module in modules(package):
        room = room_of(module, package)
        place = module.relative_to(package)
        if room is not None and room not in ROOMS:
            found.append(f"{place}: stands in no room")
            continue
        for line, name in imported_names(module, package):
            top, _, rest = name.partition(".")
            imported = rest.split(".")[0]
            if top != package.name or imported not in ROOMS:
                continue
            if room is None or ROOMS.index(imported) > ROOMS.index(room):
                found.append(f"{place}:{line}: imports {name}, a later room")
    return found


def imports_of_modules(package: Path) -> dict[str, set[str]]:
    """Module → the modules of the package that it imports, at once or in a function."""
    names = {
        ".".join((package.name, *path.relative_to(package).with_suffix("").parts)): path for path in modules(package)
    }
    return {
        name: {found for _, each in imported_names(path, package) if (found := _module(each, names))} - {name}
        for name, path in names.items()
    }


def _module(name: str, names: Container[str]) -> str | None:
    """The module that a dotted name is, or stands in."""
    return next((each for each in (name, name.rpartition(".")[0]) if each in names), None)


def circle(package: Path) -> list[str]:
    """Modules of which each imports the next, and the last the first; empty when there is no such circle."""
    try:
        TopologicalSorter(imports_of_modules(package)).prepare()
    except CycleError as problem:
        return problem.args[1]
    return []


def lines_of_rooms(package: Path) -> Counter[str]:
    lines: Counter[str] = Counter()
    for module in modules(package):
        lines[room_of(module, package) or "__init__"] += len(module.read_text(encoding="utf-8").splitlines())
    return lines


def loud_calls(package: Path) -> list[str]:
    """Each call that prints or exits outside the command line."""
    found = []
    for module in modules(package):
        if module.relative_to(package).as_posix() in SPEAKERS:
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in SPEAKING:
                found.append(f"{module.relative_to(package)}:{node.lineno}: calls {ast.unparse(node.func)}")
    return found


def long_modules(package: Path) -> list[str]:
    lengths = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in modules(package)}
    return [
        f"{module.relative_to(package)}: {lines} lines" for module, lines in lengths.items() if lines > LONGEST_MODULE
    ]


def meaningless_names(package: Path) -> list[str]:
    places = [module.relative_to(package) for module in modules(package)]
    return [str(place) for place in places if NAMES_WITHOUT_MEANING & {*place.parts[:-1], place.stem}]


def a_package(folder: Path, **sources: str) -> Path:
    """A made-up package: keyword `codebook__quarter` becomes codebook/quarter.py."""
    package = folder / "auditbook"
    for name, source in {"__init__": "", **sources}.items():
        place = package / (name.replace("__", "/") if name != "__init__" else name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_suffix(".py").write_text(source, encoding="utf-8")
    return package


def test_no_import_points_to_a_later_room():
    assert upward_imports(PACKAGE) == []


def test_only_the_command_line_prints_or_exits():
    assert loud_calls(PACKAGE) == []


def test_no_module_is_too_long():
    assert long_modules(PACKAGE) == []


def test_every_module_is_named_for_what_it_holds():
    assert meaningless_names(PACKAGE) == []


@pytest.mark.parametrize(
    "line",
    [
        "import auditbook.measures.counts",
        "import os, auditbook.measures",
        "from auditbook.measures.counts import Counts",
        "from auditbook import measures",
        "from ..measures.counts import Counts",
        "from .. import measures",
        "def late():\n    from auditbook.measures import counts",
    ],
)
def test_an_import_of_a_later_room_is_found_however_it_is_spelt(tmp_path, line):
    package = a_package(tmp_path, codebook__quarter=line)
    assert [problem.split(": ")[0].split(":")[0] for problem in upward_imports(package)] == [
        str(Path("codebook/quarter.py"))
    ]


@pytest.mark.parametrize(
    "line", ["from auditbook.codebook import quarter", "from .counts import Counts", "import pandas"]
)
def test_an_import_of_the_same_or_an_earlier_room_is_allowed(tmp_path, line):
    assert upward_imports(a_package(tmp_path, measures__themes=line)) == []


def test_a_module_outside_the_rooms_is_found(tmp_path):
    assert upward_imports(a_package(tmp_path, extras__chart="")) == [f"{Path('extras/chart.py')}: stands in no room"]


def test_the_package_itself_imports_no_room(tmp_path):
    package = a_package(tmp_path)
    (package / "__init__.py").write_text("from auditbook.cli import main", encoding="utf-8")
    assert upward_imports(package) == ["__init__.py:1: imports auditbook.cli.main, a later room"]


@pytest.mark.parametrize("call", ["print(1)", "sys.exit(1)", "typer.echo('x')", "raise typer.Exit(1)"])
def test_printing_and_exiting_are_found_outside_the_command_line_only(tmp_path, call):
    package = a_package(tmp_path, cli=call, build__book=call)
    assert [problem.split(":")[0] for problem in loud_calls(package)] == [str(Path("build/book.py"))]


def test_a_module_of_one_line_too_many_is_found(tmp_path):
    package = a_package(tmp_path, codebook__whole="x\n" * LONGEST_MODULE, codebook__long="x\n" * (LONGEST_MODULE + 1))
    assert long_modules(package) == [f"{Path('codebook/long.py')}: {LONGEST_MODULE + 1} lines"]


def test_a_name_without_meaning_is_found_in_folders_too(tmp_path):
    package = a_package(tmp_path, codebook__utils="", reading__common__table="")
    assert meaningless_names(package) == [str(Path("codebook/utils.py")), str(Path("reading/common/table.py"))]


def test_every_place_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:auditbook|tests|book/guide|notebooks|tools|data/codebook)/[\w./-]*)`", text)
    assert len(named) > 20 and [place for place in named if not (ROOT / place).exists()] == []


def test_contributing_lists_every_room_in_its_order():
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    listed = [name.removesuffix("/").removesuffix(".py") for row in rows for name in re.findall(r"`(.*?)`", row)]
    assert listed == ROOMS


def test_no_module_imports_itself_by_way_of_others():
    assert circle(PACKAGE) == []


def test_no_room_holds_more_than_a_sixth_of_the_package():
    lines = lines_of_rooms(PACKAGE)
    assert {room: count for room, count in lines.items() if 6 * count > sum(lines.values())} == {}


@pytest.mark.parametrize("by", ["import auditbook.a.two", "from auditbook.a import two", "from .two import x"])
def test_a_circle_is_found_however_it_is_imported(tmp_path, by):
    package = a_package(
        tmp_path, a__one=by, a__two="from auditbook.a.three import x", a__three="import auditbook.a.one"
    )
    assert set(circle(package)) == {"auditbook.a.one", "auditbook.a.two", "auditbook.a.three"}


def test_an_import_inside_a_function_makes_a_circle_too(tmp_path):
    package = a_package(tmp_path, a__one="import auditbook.a.two", a__two="def f():\n    import auditbook.a.one")
    assert circle(package) != []


def test_an_import_in_a_condition_or_a_class_makes_a_circle(tmp_path):
    package = a_package(
        tmp_path, a__one="if 1:\n    import auditbook.a.two", a__two="class A:\n    import auditbook.a.one"
    )
    assert circle(package) != []
