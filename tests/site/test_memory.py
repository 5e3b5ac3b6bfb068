"""What a build of very many pages keeps in memory."""

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from auditbook.site.sphinx_ext import PAGES_KEPT_WHOLE, _keep_few_pages_whole


def test_pages_that_were_read_are_let_go_of_where_there_are_very_many(tmp_path):
    (tmp_path / "index.rst").write_text("Book\n====\n")
    with patch_docutils(), docutils_namespace():
        app = Sphinx(tmp_path, None, tmp_path / "site", tmp_path / "trees", "dummy", confoverrides={}, status=None)
    read = app.env._write_doc_doctree_cache
    read.update({f"page-{number}": None for number in range(PAGES_KEPT_WHOLE - 1)})
    _keep_few_pages_whole(app, "page", [""])
    assert len(read) == PAGES_KEPT_WHOLE - 1
    read["last"] = None
    _keep_few_pages_whole(app, "page", [""])
    assert read == {}
