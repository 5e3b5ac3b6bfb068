"""Papermill's engines: a page's cells run in this process, which has everything imported already, or in a kernel.

The process is a child forked for this one page (`engine.workers`), so nothing is shared between pages.
Outputs equal those of a standard kernel: the same kernel class makes them, without sockets. Text that a library prints
past Python's own streams is not caught.
"""

import os
import tempfile
from pathlib import Path
from uuid import uuid4

from ipykernel.inprocess.blocking import BlockingInProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.iostream import IOPubThread
from ipykernel.jsonutil import json_clean
from jupyter_client.manager import AsyncKernelManager
from nbformat.v4 import output_from_msg
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from traitlets import Unicode, default
from traitlets.config import Config

from auditbook.engine.system import IS_WINDOWS

OUTPUT_TYPES = ("stream", "display_data", "execute_result", "error")


class DirectKernel(InProcessKernel):
    """A kernel whose messages come at once, in order: the thread that would carry them is not started."""

    @default("iopub_thread")
    def _default_iopub_thread(self) -> IOPubThread:
        return IOPubThread(self._underlying_iopub_socket, session=self.session)

    @default("_execute_sleep")
    def _default_execute_sleep(self) -> float:
        """Seconds it waits after each cell so that the thread sends everything: there is none to wait for."""
        return 0.0


class QuietKernelManager(AsyncKernelManager):
    """A standard kernel over sockets of this machine: no port is opened, and ipykernel has nothing to warn about.

    Each kernel has sockets of its own: by default two in one folder would share theirs, and hang.
    """

    transport = Unicode("tcp" if IS_WINDOWS else "ipc").tag(config=True)

    @default("ip")
    def _ip_default(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        return str(Path(tempfile.gettempdir()) / f"auditbook-{uuid4().hex[:12]}")


class StandardEngine(NBClientEngine):
    """Papermill's own engine, over sockets of this machine; `last` is the notebook run last, whole or broken."""

    last = None

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs) -> None:
        cls.last = nb_man.nb
        kwargs["kernel_manager_class"] = f"{QuietKernelManager.__module__}.{QuietKernelManager.__name__}"
        super().execute_managed_notebook(nb_man, kernel_name, **kwargs)


class WarmEngine(Engine):
    """`papermill --engine auditbook`; `last` is the notebook run last, whole or broken."""

    last = None

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs) -> None:
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        cls.last = nb_man.nb
        with _Session() as session:
            for index, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code" or not cell.source:
                    continue
                nb_man.cell_start(cell, index)
                cell.outputs, cell.execution_count = session.run(cell.source)
                failed = any(output.output_type == "error" for output in cell.outputs)
                if failed:
                    nb_man.cell_exception(cell, index)
                nb_man.cell_complete(cell, index)
                if failed:
                    break
        nb_man.nb.metadata["language_info"] = {"name": "python"}


class _Session:
    """One kernel, and a client that asks it to run a cell."""

    def __enter__(self) -> "_Session":
        self.kernel = DirectKernel(config=Config({"HistoryManager": {"enabled": False}}))
        self.client = BlockingInProcessKernelClient(kernel=self.kernel, session=self.kernel.session)
        self.client.start_channels()
        return self

    def run(self, source: str) -> tuple[list, int | None]:
        """The outputs of one cell, and its number."""
        self.client.execute(source, allow_stdin=False)
        self.kernel.stdout.flush()
        self.kernel.stderr.flush()
        outputs: list = []
        count = None
        while self.client.iopub_channel.msg_ready():
            message = self.client.get_iopub_msg(timeout=0)
            kind = message["msg_type"]
            if kind == "execute_input":
                count = message["content"]["execution_count"]
            elif kind in OUTPUT_TYPES:
                _add(outputs, output_from_msg(json_clean(message)))
        return outputs, count

    def __exit__(self, *_) -> None:
        self.kernel.frontends.clear()
        self.client.stop_channels()
        type(self.kernel.shell).clear_instance()


def _add(outputs: list, output) -> None:
    """Text written to one stream in pieces is one output."""
    last = outputs[-1] if outputs else None
    if output.output_type == "stream" and last and last.output_type == "stream" and last.name == output.name:
        last.text += output.text
    else:
        outputs.append(output)
