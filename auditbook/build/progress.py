"""How a run tells what becomes of its pages."""

from collections.abc import Callable
from contextlib import contextmanager


@contextmanager
def progress_of_pages(say: Callable[[str], None], complain: Callable[[str], None]):
    """Tells of pages as they are done: in a bar on a terminal, else in a plain line each."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, auto_refresh=False) as bar:
        yield PagesProgress(bar, bar.add_task("starting", total=None), say, complain)


class PagesProgress:
    def __init__(self, bar, task, say, complain):
        self.bar, self.task, self.say, self.complain = bar, task, say, complain
        self.states = {"fresh": 0, "run": 0, "failed": 0}

    def begin(self, pages: int) -> None:
        self.bar.update(self.task, total=pages, refresh=True)

    def done(self, result) -> None:
        self.states[result.state] += 1
        summary = ", ".join(f"{count} {state}" for state, count in self.states.items() if count)
        self.bar.update(self.task, advance=1, description=f"{summary} · {result.page.name}", refresh=True)
        if result.problem:
            line = f"failed  {result.page.name}: {result.problem}"
            self.bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        elif not self.bar.console.is_terminal and result.state != "fresh":
            self.say(f"{result.state}     {result.page.name}")

    def end(self, results) -> None:
        self.bar.stop()
        states = ", ".join(f"{self.states[state]} {state}" for state in ("run", "fresh", "failed"))
        self.say(f"{len(results)} pages: {states}.")
        if self.states["failed"]:
            self.complain("The broken notebooks are in _build/failed; what was published stays as it was.")
