"""Standard kernels over sockets of this machine: no port is opened, and ipykernel has nothing to warn about."""

import sys

from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode


class QuietKernelManager(AsyncKernelManager):
    transport = Unicode("tcp" if sys.platform == "win32" else "ipc").tag(config=True)
