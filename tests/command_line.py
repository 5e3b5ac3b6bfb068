"""What a command says and how it ends, when it runs in this process: what it imports is here already."""

import io
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from auditbook.cli import main

HERE = Path()


def auditbook(*arguments: str, folder: Path = HERE) -> CompletedProcess:
    """Run the whole command line, as in a process of its own that begins in `folder`.

    A build in a process of its own imports everything three times, which takes longer than a small book does: here
    the process that pages are forked from stays for the next. Not where a browser may have been opened, nor for what
    is killed, interrupted or measured.
    """
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, chdir(folder), redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["auditbook", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
    return CompletedProcess(arguments, end.value.code, out.getvalue(), err.getvalue())
