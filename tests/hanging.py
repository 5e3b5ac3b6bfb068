"""What would never end is stopped, so that a test of it fails. Not a measure of speed: benchmarks are for that."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Hanging(BaseException):
    """It did not end by itself; nothing that catches every Exception takes this for a refusal."""


@contextmanager
def not_hanging(seconds: float = 60) -> Iterator[None]:
    """Fail what takes so long that it would not end; the longest of these tests takes ten seconds."""

    def stop(*_: object) -> None:
        raise Hanging(f"not ended after {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
