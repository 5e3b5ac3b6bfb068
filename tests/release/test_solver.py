"""The exact solver: its answers hang on the question alone."""

import subprocess
import sys
from pathlib import Path

TWICE = """
from builders import counts_of
from laws.disclosure_audits import random_audit
from auditbook.release.released import release

audit = random_audit(47)
for _ in range(2):
    released = release(counts_of(audit), audit, "strict")
    print(sorted(each.id for each in released if not each.is_shown))
"""


def test_what_is_withheld_does_not_hang_on_what_the_process_released_before():
    """A process that had asked the solver for another release once withheld three other figures of this one."""
    tests = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", TWICE], cwd=tests, capture_output=True, text=True, timeout=120)
    first, second = done.stdout.splitlines()
    assert len(first) > 100
    assert first == second, done.stderr
