"""What auditbook adds to Sphinx: its templates and sidebar, pages without needless scripts, and the finished site."""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from docutils import nodes
from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError, ExtensionError
from sphinx.util import logging
from sphinx.util.matching import get_matching_files

from auditbook.briefing.brand import Brand, read_brand
from auditbook.downloads.records import copy_downloads, copy_registers
from auditbook.project import Project
from auditbook.site import release_of_pages, repeated_content, stale_assets
from auditbook.site.download_links import DownloadLinks, link_tables
from auditbook.site.search_titles import DEMONSTRATION, tell_titles_apart
from auditbook.site.sidebar import Tree, breadcrumbs, sidebar, tree_of
from auditbook.site.web import INLINE_SCRIPT, finish_site

logger = logging.getLogger(__name__)
THEME_FOLDER = Path(__file__).parent / "theme"
STYLES = ("auditbook.css", "charts.css")
SCRIPTS = (("auditbook.js", {"defer": "defer"}),)
EARLY = 400
"""Before the theme's own hook, which draws every template of the sidebar, and before Sphinx collects anchors."""
LATE_PRIORITY = 900
AFTER_CONTENTS = 950
"""After sphinx-external-toc, which reads the contents at 900."""
NEEDLESS = (
    "sphinx-book-theme",
    "design-tabs.js",
    "translations.js",
    "thebe",
    "togglebutton",
    "copybutton",
    "clipboard",
)
PAGES_KEPT_WHOLE = 500
"""Pages that Sphinx keeps in memory as it read them, a third of a megabyte each, until they are written."""
REGISTERS = ("book/recommendations",)
THREADS = (*REGISTERS, "book/themes", "book/agencies")
"""Beginnings of the pages that follow something from quarter to quarter."""


def setup(app: Sphinx) -> dict:
    app.add_config_value("auditbook_templates", _fingerprint(THEME_FOLDER.rglob("*.*")), "html")
    app.add_config_value("auditbook_modules", _fingerprint(Path(__file__).parent.glob("*.py")), "env")
    app.add_config_value("comments_config", {}, "")  # Jupyter Book sets it, though its extension is left out
    app.add_directive("downloads", DownloadLinks)
    app.connect("config-inited", _refuse_execution)
    app.connect("config-inited", _use_theme)
    app.connect("config-inited", _leave_out_unlisted, priority=AFTER_CONTENTS)
    app.connect("builder-inited", _keep_compiled_templates)
    app.connect("source-read", _keep_few_pages_whole)
    stale_assets.setup(app)
    release_of_pages.setup(app)
    repeated_content.setup(app)
    app.connect("doctree-read", _lay_out_briefing, priority=EARLY)
    app.connect("doctree-read", link_tables)
    app.connect("html-page-context", _add_navigation, priority=EARLY)
    app.connect("html-page-context", _add_thread_files, priority=EARLY)
    app.connect("html-page-context", _drop_needless_files, priority=LATE_PRIORITY)
    app.connect("html-collect-pages", _forget_removed_words)
    app.connect("html-collect-pages", _tell_titles_apart)
    app.connect("html-collect-pages", _root_redirect)
    app.connect("env-updated", _pages_that_look_stale)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 3}


def _fingerprint(files: Iterable[Path]) -> str:
    """Changes when a page would look different although its text is the same: it is written anew, or read anew, too."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]


def _refuse_execution(_, config: Config) -> None:
    """Pages are executed before; and the process that a build waits in leaves out what a cache of them would need."""
    if getattr(config, "nb_execution_mode", "off") != "off":  # without MyST-NB nothing executes
        problem = '_config.yml: execute_notebooks must be "off": auditbook run executes the pages.'
        logger.error(problem)
        raise ConfigError(problem)


def _use_theme(app: Sphinx, config) -> None:
    """Templates, styles and scripts are the program's and come before the project's own, so that these can differ."""
    config.html_static_path = [str(THEME_FOLDER / "static"), *config.html_static_path]
    config.html_css_files = [*STYLES, *config.html_css_files]
    config.html_js_files = [*SCRIPTS, *config.html_js_files]
    config.html_search_scorer = config.html_search_scorer or str(THEME_FOLDER / "scorer.js")
    config.templates_path.insert(0, str(THEME_FOLDER))
    config.html_sidebars = {"**": ["audit-nav.html"]}
    brand = read_brand(Project.find(Path(app.srcdir)))
    if brand.logo:
        config.html_static_path.append(str(Path(app.srcdir) / "book" / brand.logo))
    config.html_context = {"mode_script": INLINE_SCRIPT, "brand": _on_pages(brand), **config.html_context}


def _on_pages(brand: Brand) -> dict[str, str]:
    """What pages say of who publishes the book; the logo as its path in the site."""
    logo = f"_static/{PurePosixPath(brand.logo).name}" if brand.logo else ""
    words = {key: getattr(brand, key) for key in ("name", "logo_alt", "contact", "footer")}
    return {**words, "logo": logo}


def _leave_out_unlisted(app: Sphinx, config: Config) -> None:
    """Leave out every page that the contents do not list, wherever the project lies.

    sphinx-external-toc does so too (`only_build_toc_files`), but takes brackets in a folder's or a page's name for a
    pattern. To Sphinx they are one as well, so in what is left out `?` stands for them.
    """
    if not getattr(config, "external_toc_exclude_missing", False):
        return
    listed = config.external_site_map
    pages = get_matching_files(app.srcdir, [f"**{suffix}" for suffix in config.source_suffix], config.exclude_patterns)
    names = {page: PurePosixPath(page).with_suffix("").as_posix() for page in pages}
    unlisted = [page for page, name in names.items() if page not in listed and name not in listed]
    config.exclude_patterns = [*config.exclude_patterns, *(re.sub(r"[][]", "?", page) for page in unlisted)]


def _keep_compiled_templates(app: Sphinx) -> None:
    """Templates are compiled once, not in every build; Jinja keeps them by the hash of their source."""
    if app.builder.name == "html":
        folder = Path(app.doctreedir) / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _keep_few_pages_whole(app: Sphinx, *_) -> None:
    """Let go of pages that were read where there are very many, as in a joined book: they are loaded again later."""
    read = getattr(app.env, "_write_doc_doctree_cache", {})
    if len(read) >= PAGES_KEPT_WHOLE:
        read.clear()


def _lay_out_briefing(app: Sphinx, doctree: nodes.document) -> None:
    """Give every box the same lasting anchor in every briefing, `#box-1`, and put what follows the last box below all.

    Markdown has no end of a section, so the line on the release would stand in box 7.
    """
    if kind(app.env.docname) != "briefing":
        return
    whole = next(doctree.findall(nodes.section))
    for box in whole.children[:]:
        if isinstance(box, nodes.section):
            number = box.next_node(nodes.title).astext().partition(" ")[0]
            box["ids"].insert(0, f"box-{number}")
            for part in box.children[:]:
                if isinstance(part, nodes.container) and "ab-release" in part["classes"]:
                    box.remove(part)
                    whole.append(part)


def _tree(env: BuildEnvironment) -> Tree:
    titles = {page: title.astext() for page, title in env.titles.items()}
    return tree_of(env.external_site_map, env.config.master_doc, titles)


def _pages_that_look_stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """When a title, the contents or a style changed, every page shows it, so every page is written again.

    Pages name styles with their checksums; and where no page is written, Sphinx copies no style either.
    """
    tree = _tree(env)
    env.auditbook_tree = tree
    drawn = hashlib.sha256(repr((tree.parts, sorted(tree.below.items()), sorted(tree.titles.items()))).encode())
    drawn.update(repr(app.config.html_context["brand"]).encode())
    for name, path in sorted(stale_assets.static_files(app).items()):
        drawn.update(name.encode() + path.read_bytes())
    previous, env.auditbook_drawn = getattr(env, "auditbook_drawn", None), drawn.hexdigest()
    return [] if previous == env.auditbook_drawn else sorted(env.found_docs)


def _add_navigation(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """The contents, the way here, and a title that no other page has: every audit has a page “Grades”."""
    tree = getattr(app.env, "auditbook_tree", None) or _tree(app.env)
    context["audit_nav"] = sidebar(tree, pagename, context["pathto"])
    context["audit_path"] = breadcrumbs(tree, pagename, context["pathto"])
    context["page_kind"] = kind(pagename)
    context["is_synthetic"] = tree.caption_of(pagename) == DEMONSTRATION
    audit = tree.above.get(pagename, "")
    if doctree and kind(audit) == "briefing":
        context["title"] = f"{context['title']}, {html.escape(tree.titles[audit])} ({tree.titles[tree.above[audit]]})"
    elif doctree and context["is_synthetic"]:
        context["title"] = f"{context['title']} ({DEMONSTRATION.lower()})"
    partner = tree.partner_of(pagename)
    if doctree and partner:
        context["title"] = f"{context['title']}, {html.escape(partner)}"


def kind(page: str) -> str:
    """What kind of page this is, as the class of its body: front, briefing, audit, codebook, book or search."""
    folder, _, name = page.rpartition("/")
    if page == "book/index":
        return "front"
    if folder.startswith("book/audits/"):
        return "briefing" if name == "briefing" else "audit"
    if folder.startswith("book/"):
        return folder.split("/")[1]
    return name if name == "search" else "book"


def _add_thread_files(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The look of the pages that follow a thread, and the register's filter, where they are used."""
    if pagename.startswith(THREADS):
        app.add_css_file("threads.css")
    if pagename.startswith(REGISTERS):
        app.add_js_file("register.js", defer="defer")


def _drop_needless_files(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Leave out scripts and styles that no page here uses, and every inline script but our own in the layout."""
    context["script_files"] = [script for script in context["script_files"] if _is_needed(script)]
    context["css_files"] = [_with_lasting_address(style) for style in context["css_files"] if _is_needed(style)]


def _name(asset: object) -> str:
    """The file of a script or style; empty for what stands in the page itself."""
    return str(getattr(asset, "filename", asset) or "")


def _is_needed(asset: object) -> bool:
    return bool(_name(asset)) and not any(needless in _name(asset) for needless in NEEDLESS)


def _with_lasting_address(style: object) -> object:
    """myst-nb names its style after its content; Sphinx adds a checksum, but only from the second build on."""
    return _name(style) if "mystnb." in _name(style) else style


def _forget_removed_words(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Take words that no page holds any more out of the search index, where Sphinx keeps them for ever."""
    indexer = getattr(app.builder, "indexer", None)
    for words in (indexer._mapping, indexer._title_mapping) if indexer else ():
        for word in [word for word, pages in words.items() if not pages]:
            del words[word]
    return iter(())


def _tell_titles_apart(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    tell_titles_apart(app, _tree(app.env))
    return iter(())


def _root_redirect(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """`index.html` at the top of the site, which leads to the front page."""
    if app.config.master_doc != "index":
        yield "index", {"target": f"{app.config.master_doc}.html"}, "front-door.html"


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """After the build: the security policy, what readers take away; nothing cached that could hide a problem later."""
    if app.builder.name != "html":
        return
    problems = [] if exception else finish_site(Path(app.outdir))
    if exception or problems or app._warncount:
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
    if not problems and not exception:
        stale_assets.remove_stale_assets(app)
        copy_downloads(Path(app.srcdir), Path(app.outdir))
        copy_registers(Path(app.srcdir), Path(app.outdir), app.env.found_docs)
    if problems:
        raise ExtensionError("\n".join(map(str, problems)))
