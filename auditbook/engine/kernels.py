"""Standard kernels over sockets of this machine: no port is opened, and ipykernel has nothing to warn about."""

import tempfile
from pathlib import Path
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode, default

from auditbook.engine.system import IS_WINDOWS


class QuietKernelManager(AsyncKernelManager):
    """Each kernel has sockets of its own: by default two in one folder would share theirs, and hang."""

    transport = Unicode("tcp" if IS_WINDOWS else "ipc").tag(config=True)

    @default("ip")
    def _ip_default(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        return str(Path(tempfile.gettempdir()) / f"auditbook-{uuid4().hex[:12]}")
