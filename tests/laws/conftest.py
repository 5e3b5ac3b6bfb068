"""A law that fails shows both counts."""

import pytest

pytest.register_assert_rewrite("laws.plainly")
