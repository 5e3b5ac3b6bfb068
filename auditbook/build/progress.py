"""How a run tells what becomes of its pages."""

from collections.abc import Callable
from contextlib import contextmanager


@contextmanager
def progress(total: int, say: Callable[[str], None]):
    """Give a function that tells of one page: in a bar on a terminal, else as a plain line, which `say` prints."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting", total=total)

        def tell(result, states: dict[str, int]) -> None:
            done = ", ".join(f"{count} {state}" for state, count in states.items() if count)
            bar.update(task, advance=1, description=f"{done} · {result.page.name}")
            if result.problem:
                bar.console.print(
                    f"failed  {result.page.name}: {result.problem}", markup=False, highlight=False, soft_wrap=True
                )
            elif not console.is_terminal and result.state != "fresh":
                say(f"{result.state}     {result.page.name}")

        yield tell
