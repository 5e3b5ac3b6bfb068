"""What an earlier build put into the site and the book holds no longer goes: it may have been taken out for a reason.

Sphinx copies pictures, downloads and static files into a site and never takes one away.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

IMAGES, DOWNLOADS, STATIC = "_images", "_downloads", "_static"
FIRST_BYTES = 100
"""Before extensions put their own styles into the folder."""


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _begin_anew, priority=FIRST_BYTES)
    app.connect("env-updated", _remove_given_up)


def static_files(app: Sphinx) -> dict[str, Path]:
    """Path in the site → each file that the configuration copies there, those of the theme and of Sphinx apart."""
    static = [(Path(app.confdir) / entry, f"{STATIC}/") for entry in app.config.html_static_path]
    extra = [(Path(app.confdir) / entry, "") for entry in app.config.html_extra_path]
    files = {}
    for source, target in (*static, *extra):
        for path in _files(source):
            name = path.name if path == source else path.relative_to(source).as_posix()
            files[target + name.removesuffix("_t")] = path  # Sphinx fills in a template, and drops its ending
    return files


def remove_stale_assets(app: Sphinx) -> None:
    """Remove pictures and downloads that no page of the book names any more. Call it when every page was written."""
    env, site = app.env, Path(app.outdir)
    _keep_only(site / IMAGES, {name for _, name in env.images.values()})
    _keep_only(site / DOWNLOADS, {name for _, name in env.dlfiles.values()})


def _begin_anew(app: Sphinx) -> None:
    """Where Sphinx remembers no earlier build, it makes every file again, and nobody knows which others it copied.

    Folders stay, for somebody may be looking through them.
    """
    if app.builder.name == "html" and app.fresh_env_used:
        for path in _files(Path(app.outdir)):
            path.unlink()


def _remove_given_up(app: Sphinx, env: BuildEnvironment) -> None:
    """Remove the static files that were there when the book was built before, and are not now."""
    present = set(static_files(app))
    for name in getattr(env, "auditbook_static", present) - present:
        (Path(app.outdir) / name).unlink(missing_ok=True)
    env.auditbook_static = present


def _keep_only(folder: Path, kept: Iterable[str]) -> None:
    for path in _files(folder):
        if path.relative_to(folder).as_posix() not in kept:
            path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted((folder, *folder.rglob("*"))) if path.is_file())
