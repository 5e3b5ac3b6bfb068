"""Benchmarks run for an hour and in no test; that each still finds what it imports is seen here, in no time."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = sorted((ROOT / "benchmarks").glob("*.py"))
IMPORTED = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='imported')"


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_a_benchmark_finds_everything_that_it_imports(program):
    done = subprocess.run([sys.executable, "-c", IMPORTED, program], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_there_are_benchmarks():
    assert {"speed", "returns", "joined", "cluster"} <= {program.stem for program in PROGRAMS}
