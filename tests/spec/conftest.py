"""A counting rule that fails shows both tables."""

import pytest

pytest.register_assert_rewrite("spec.rules")
