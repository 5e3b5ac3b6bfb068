"""Today's way: Papermill in a loop, in as many processes as asked. Usage: peers.py JOBS.json PROCESSES"""

import json
import logging
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import papermill


def execute(job: list) -> None:
    template, parameters, output = job
    logging.getLogger("papermill").setLevel(logging.ERROR)
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    folder = str(Path(output).parent)
    papermill.execute_notebook(template, output, parameters=parameters, progress_bar=False, cwd=folder)


if __name__ == "__main__":
    jobs = json.loads(Path(sys.argv[1]).read_text())
    processes = int(sys.argv[2])
    if processes == 1:
        for job in jobs:
            execute(job)
    else:
        with ProcessPoolExecutor(processes) as workers:
            list(workers.map(execute, jobs))
