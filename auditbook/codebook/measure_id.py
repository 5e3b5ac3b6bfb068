"""Ids of measures (DESIGN section 5), put together and taken apart in one place."""

from auditbook.codebook.precision import STATISTICS, Statistic

THINGS = ("findings", "reflections", "involvement", "recommendations")
"""Families of figures that count no people: their base is never withheld."""


class MeasureId(str):
    """An id such as `grade.overall.good`.

    Its family is `grade.overall`, its category `good`; the family's root is `grade`, and its subject `overall`. The
    family of `sex.F` is one word, its root, without a subject.
    """

    __slots__ = ()

    @classmethod
    def of(cls, *parts: str) -> "MeasureId":
        """Of a family and a category, each of one word or more."""
        return cls(".".join(parts))

    @property
    def family(self) -> str:
        return self.rpartition(".")[0]

    @property
    def category(self) -> str:
        return self.rpartition(".")[2]

    @property
    def root(self) -> str:
        return root_of(self)

    @property
    def subject(self) -> str:
        return subject_of(self.family)

    @property
    def variable(self) -> str:
        """`sex` of `sex.F`, and `overall` of its grades; for other families their root, which no variable is called."""
        return root_of(self.removeprefix("grade."))

    @property
    def is_statistic(self) -> bool:
        """A median, mean, minimum or maximum, which is no count."""
        return self.category in STATISTICS

    @property
    def is_summary(self) -> bool:
        """Of all numbers of a variable together: a statistic, or how many there are."""
        return self.category in tuple(Statistic)

    @property
    def is_of_a_part(self) -> bool:
        """Whether it counts what one agency graded, or what was graded in one sample: `grade.overall.police.good`."""
        return is_of_a_part(self.family)

    def beside(self, category: str) -> "MeasureId":
        """Another category of the same family."""
        return MeasureId.of(self.family, category)


def is_of_a_part(family: str) -> bool:
    """Whether a family has the grades of one agency or of one sample: `grade.overall.police`."""
    return root_of(family) == "grade" and bool(subject_of(subject_of(family)))


def root_of(family: str) -> str:
    """`theme` of `theme.voice_of_child`; of one word, itself."""
    return family.partition(".")[0]


def subject_of(family: str) -> str:
    """`voice_of_child` of `theme.voice_of_child`; of one word, nothing."""
    return family.partition(".")[2]
