"""The sidebar: every part with its first level, and below that only the branch of the page being read.

The theme draws the whole tree on every page, which takes time that grows with the square of the pages. Here the tree
is read once a build and a page costs what its own branch holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Link:
    """One line of the sidebar. `below` is filled on the branch of the page being read only."""

    title: str
    href: str
    is_current: bool
    below: tuple["Link", ...] = ()


@dataclass(frozen=True)
class Tree:
    """The contents as pages see them.

    root    the front page
    parts   (caption, pages of the first level), in order
    below   page → the pages directly below it
    titles  page → its short title as text
    """

    root: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    below: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str] = field(default_factory=dict)

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
    short = {str(page): document.title for page, document in site_map.items() if document.title}
    parts = tuple((toctree.caption or "", tuple(map(str, toctree.items))) for toctree in site_map[root].subtrees)
    return Tree(root, parts, below, {**titles, **short})


def sidebar(tree: Tree, page: str, link_to: Callable[[str], str]) -> list[tuple[str, tuple[Link, ...]]]:
    """(caption, links) for each part, as seen from `page`. `link_to` gives the way from there to another page."""
    branch = set(tree.path(page))

    def links(pages: tuple[str, ...]) -> tuple[Link, ...]:
        return tuple(
            Link(
                tree.titles.get(each, each),
                link_to(each),
                each == page,
                links(tree.below.get(each, ())) if each in branch else (),
            )
            for each in pages
        )

    return [(caption, links(pages)) for caption, pages in tree.parts]


def breadcrumbs(tree: Tree, page: str, link_to: Callable[[str], str]) -> list[Link]:
    """The pages above this one, from the first level down."""
    return [Link(tree.titles.get(each, each), link_to(each), False) for each in tree.path(page)[:-1]]
