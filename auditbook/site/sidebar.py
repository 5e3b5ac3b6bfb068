"""The sidebar: every part with its first level, and below that only the branch of the page being read.

The theme draws the whole tree on every page, which takes time that grows with the square of the pages. Here the tree
is read once a build and a page costs what its own branch holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

DEMONSTRATION = "The demonstration year"
FOLDED_PARTS = (DEMONSTRATION, "How we count", "Codebook", "Guides", "About")
"""Captions of parts."""
PARTNER_PAGES = "book/partners/"


@dataclass(frozen=True)
class Link:
    """One line of the sidebar. `below` is filled on the branch of the page being read only.

    group  what stands over it and those that follow it
    """

    title: str
    href: str
    is_current: bool
    below: tuple["Link", ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the contents. One that is folded opens with a key or a click."""

    caption: str
    links: tuple[Link, ...]
    is_folded: bool = False


@dataclass(frozen=True)
class Tree:
    """The contents as pages see them.

    root    the front page
    parts   (caption, pages of the first level), in order
    below   page → the pages directly below it
    titles  page → its short title as text
    groups  page → what stands over it and those that follow it, among the pages below another
    """

    root: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    below: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def above(self) -> dict[str, str]:
        """Page → the page it stands below; pages of the first level are not in it."""
        return {page: above for above, pages in self.below.items() for page in pages}

    @cached_property
    def captions(self) -> dict[str, str]:
        """Page of the first level → the caption of its part."""
        return {page: caption for caption, pages in self.parts for page in pages}

    def path(self, page: str) -> tuple[str, ...]:
        """From the first level down to the page itself; only itself where the contents do not hold it."""
        path = [page]
        while path[0] in self.above:
            path.insert(0, self.above[path[0]])
        return tuple(path)

    def partner_of(self, page: str) -> str:
        """The partnership below whose page it stands in a book of several; empty on that page itself."""
        first = self.path(page)[0]
        return self.titles.get(first, "") if first != page and first.startswith(PARTNER_PAGES) else ""

    def caption_of(self, page: str) -> str:
        """The part a page stands in, or empty."""
        return self.captions.get(self.path(page)[0], "")


def tree_of(site_map: Mapping, root: str, titles: Mapping[str, str]) -> Tree:
    """The tree of a `_toc.yml` as sphinx-external-toc read it.

    titles  page → the title it gives itself; a title in `_toc.yml` comes first
    """
    below = {
        str(page): tuple(str(item) for toctree in document.subtrees for item in toctree.items)
        for page, document in site_map.items()
        if document.subtrees and str(page) != root
    }
    groups = {
        str(toctree.items[0]): toctree.caption
        for page, document in site_map.items()
        for toctree in document.subtrees
        if str(page) != root and toctree.caption and toctree.items
    }
    short = {str(page): document.title for page, document in site_map.items() if document.title}
    parts = tuple((toctree.caption or "", tuple(map(str, toctree.items))) for toctree in site_map[root].subtrees)
    return Tree(root, parts, below, {**titles, **short}, groups)


def sidebar(tree: Tree, page: str, link_to: Callable[[str], str]) -> list[Section]:
    """Each part as seen from `page`. `link_to` gives the way from there to another page.

    What tells of the book itself is folded where nobody reads it, and so are made-up audits beside real ones.
    """
    branch = set(tree.path(page))

    def links(pages: tuple[str, ...]) -> tuple[Link, ...]:
        return tuple(
            Link(
                tree.titles.get(entry, entry),
                link_to(entry),
                entry == page,
                links(tree.below.get(entry, ())) if entry in branch else (),
                tree.groups.get(entry, ""),
            )
            for entry in pages
        )

    own_caption, first = tree.caption_of(page), next((caption for caption, _ in tree.parts), "")
    open_ones = {own_caption, first}
    return [
        Section(caption, links(pages), caption in FOLDED_PARTS and caption not in open_ones)
        for caption, pages in tree.parts
    ]


def breadcrumbs(tree: Tree, page: str, link_to: Callable[[str], str]) -> list[Link]:
    """The pages above this one, from the first level down."""
    return [Link(tree.titles.get(above, above), link_to(above), False) for above in tree.path(page)[:-1]]
