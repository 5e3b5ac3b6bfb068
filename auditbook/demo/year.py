"""Writing the demonstration year into a project."""

from pathlib import Path

from auditbook.demo.files import demonstration_year
from auditbook.engine.atomic import write_atomically
from auditbook.evidence.settings import read_settings
from auditbook.validation.problems import Refusals, WrongUsage


def write_demonstration_year(audits: Path) -> list[Path]:
    """Write the four synthetic audits below `audits`; the files that changed, none when all were there already.

    Files of other names in their folders (an agency's returns) stay. Raises WrongUsage, before it writes anything,
    where a folder holds an audit that is not synthetic.
    """
    texts = {audits / place: text for place, text in demonstration_year().items()}
    for folder in sorted({path.parent for path in texts}):
        _refuse_real_audit(folder)
    return [path for path, text in texts.items() if write_atomically(path, text)]


def _refuse_real_audit(folder: Path) -> None:
    """Whatever cannot be seen to be synthetic is somebody's work."""
    if not folder.exists():
        return
    settings = read_settings(folder / "audit.yml", folder.name, Refusals())
    if settings is None or settings.collection != "synthetic":
        raise WrongUsage(
            f"{folder.name} holds an audit that is not synthetic; the demonstration would overwrite it. "
            "Write it in another project (auditbook init DIR), or move the audit away."
        )
