"""A plugin of pytest: kernels that nbval starts are sealed like those of a run."""

import os

from auditbook.project import Project
from auditbook.reading.sealed import kernel_environment, sealed_folders


def pytest_configure(config) -> None:
    os.environ.update(kernel_environment(sealed_folders(Project.find(config.rootpath))))
