"""Jobs in processes of their own: what is left of them."""

import multiprocessing
import time
from contextlib import contextmanager

import pytest

from auditbook.engine import workers
from auditbook.engine.workers import Work, in_processes

ENGINES = [pytest.param(True, id="forked"), pytest.param(False, id="started anew")]


@contextmanager
def interrupted():
    """Ctrl-C comes while a process starts, and is held until it has."""
    yield
    raise KeyboardInterrupt


@pytest.mark.parametrize("is_forked", ENGINES)
def test_ctrl_c_while_a_process_starts_leaves_no_process_behind(monkeypatch, is_forked):
    monkeypatch.setattr(workers, "interrupts_held", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(in_processes([Work("page", time.sleep, (60,))], 1, is_forked=is_forked))
    for process in multiprocessing.active_children():
        process.join(20)
    assert multiprocessing.active_children() == []
