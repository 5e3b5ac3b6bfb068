"""Refusals that only follow from another: what a refused file of the codebook would have said is not missed again."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from auditbook.validation.problems import Refusal

VARIABLES = frozenset({"F02", "V01", "V11", "V12", "G01", "G02", "N01", "N02", "B04"})
FOLLOW_ON_RULES = {
    "themes.csv": frozenset({"T03", "G01", "N01"}),
    "agencies.csv": frozenset({"A01", "N01"}),
    "scales.csv": VARIABLES,
    "variables.csv": VARIABLES,
    "questions.csv": frozenset({"Q01", "Q02", "Q03", "V01"}),
}
"""File of the codebook → the rules by which an audit is refused when that file could not be read as a whole."""


def of_codebook(found: Iterable[Refusal], name: str) -> frozenset[str]:
    """The rules about which an audit cannot be judged, because what they go by was refused.

    name  how refusals call the codebook's folder
    """
    files = [PurePosixPath(each.place.file) for each in found if each.place.file.startswith(f"{name}/")]
    return frozenset().union(*(FOLLOW_ON_RULES.get(file.name, VARIABLES) for file in files))
