"""The export of an online form in the place of workbooks: `importing.plan_import` reads it as its source."""

from dataclasses import dataclass
from pathlib import Path

from auditbook.evidence.audit import Audit
from auditbook.forms.mapping import read_mapping, wanted_by
from auditbook.forms.responses import read_form_responses
from auditbook.forms.returned import returns_of
from auditbook.forms.tables import read_form
from auditbook.project import Project
from auditbook.returns.reading import Return
from auditbook.validation.problems import Place, Refusals


@dataclass(frozen=True)
class Export:
    """What an online form gave: its files, read by one mapping."""

    files: tuple[Path, ...]
    mapping: Path

    def __call__(
        self, project: Project, folder: Path, audit: Audit, refusals: Refusals
    ) -> tuple[list[Return], tuple[str, ...]]:
        """The responses of a form, agency by agency, and what to tell of what was left out of its files."""
        mapping = read_mapping(self.mapping, project.name_of(self.mapping.absolute()), audit.codebook, refusals)
        if mapping is None:
            return [], ()
        responses, others = [], []
        for path in self.files:
            name = project.name_of(path.absolute())
            table = read_form(path, name, wanted_by(mapping), refusals, mapping.file.sheet)
            if table is None:
                continue
            found, trials = read_form_responses(table, mapping, audit, refusals)
            responses += found
            left_out = "1 response was a trial, and is" if trials == 1 else f"{trials} responses were trials, and are"
            others += [f"{name}: {left_out} left out"] * bool(trials)
            others += [f"{name}: the sheet {title} was not read" for title in table.other_sheets]
            if not found and not refusals.found:
                refusals.add(Place(name), "M01", "it has no response; export it again with its responses.")
        return returns_of(responses, audit, refusals), tuple(others)
