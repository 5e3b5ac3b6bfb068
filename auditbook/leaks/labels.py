"""Withheld numbers beside their labels.

A withheld number leaks where it stands together with its name, and no number that is shown explains it. Precisely:

- A *name* is what a figure is of and which value it is: `Sex` and `Female`, `Police` and `declined`. Words like `of` do
  not count, nor does the end of a plural.
- A number that is *part of a name* (`Tier 4`, `5 to 9 years`, `Two or more moves`) counts nothing. Where a value is a
  number, as an age is, the count is another number than the value.
- Numbers *stand together* with the words of their row: its other cells but for prose and other numbers, the heads of
  their own column and of the first one, the caption and heading of the table; the line and title of a picture; an item
  of a list, a term and what is said of it; the keys and texts of a JSON object, the key it stands under, and its lists
  of one length as columns. A box or a source counts nothing, nor does a line of numbers alone, which is a scale.
- Or they stand together with the words of their clause: between two marks of punctuation, at most `NEAR` words away;
  `Girl: 4`, `Girl (4)` and `Girl = 4` are a clause. What a clause is of may also stand in its sentence, in the heading
  or in the two paragraphs before it; which value it is must stand in the clause itself.
- A number *is* a withheld one when it equals its count, in digits or in a sentence as a word, or its percentage.
- A number is *explained* by a figure or band that is shown, whose name stands there too, and that has this number as
  count, value or base; and by the base of any figure that is shown and is of the same. In a sentence a count of one
  number is explained by any figure of the same variable.

So a number that leaks is not found where a shown one of the same name happens to be equal.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import ANSWER_FAMILY
from auditbook.evidence.tallies import tallied_variable
from auditbook.leaks.normalise import as_seen
from auditbook.leaks.numbered_names import NUMBER_WORDS, numbered_names, spelt, with_names_spelt
from auditbook.leaks.passages import LONGEST_LABEL, Row
from auditbook.measures.counts import Counts, Measure
from auditbook.release.released import Released, ReleasedMeasure

NEAR_WORDS = 4
"""Words between a number and a word of its name, at most."""
NO_COUNTS = frozenset("box source line page row due date quarter year recommendation finding".split())
"""Heads of columns whose numbers count nothing."""
EMPTY_WORDS = frozenset("a an and at by for from in is it its of on or that the their them to was were with".split())
OTHER_WORDS = {
    "min": ("min", "minimum", "smallest", "shortest", "youngest", "lowest"),
    "max": ("max", "maximum", "largest", "longest", "oldest", "highest"),
    "yes": ("yes",),
}
"""Words that pages use for some categories of measures."""
NUMBER_IN_TEXT = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(%|per cent)?(?![\w/]|[.,-]\d)")
SENTENCE = re.compile(r"[!?\n]|\.(?!\d)")
CLAUSE = re.compile(r"[;:()!?\n“”]|[.,](?!\d)|\s[-–—]\s")
WORD_OR_NUMBER = re.compile(rf"({NUMBER_IN_TEXT.pattern})|[^\W_]+(?:['’][^\W\d_]+)?")
CELL_SEPARATOR = "\x1f"
"""Between the cells of a row; a blank to patterns, and in no file that can be looked through."""
A_NUMBER = rf"(?:\d[\d,.]*|{'|'.join(NUMBER_WORDS)})"
BOUND = re.compile(
    r"\s*(?:[:=|\[({]|(?<=\s)-(?=\s))\s*"
    rf"(?=[\[(]?{A_NUMBER}\s?(?:%|per cent)?\s*"
    r"(?:$|[\])}.;,|*\n]|(?:of|out|in|cases?|child(?:ren)?|people|families)\b))"
    rf"|,\s*(?={A_NUMBER}(?:\s(?:out\s)?of\s(?:the\s)?{A_NUMBER})?\s*(?:$|[\])}};|\n]|\.(?!\d)))",
    re.IGNORECASE,
)
"""Between a label and its number: `Girl: 4`, `Girl (4)`, `Girl - 4 of the 20`, `Girl, 4 of 20.`, `Girl, 4.`"""
Name = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Withheld:
    """The withheld numbers of one audit.

    names     each name with its number and percentage, by the longest word of its value
    shown     shown names with their numbers
    bases     what figures are of → the bases that are shown of it
    numbered  names in which a number stands, the longest first
    labels    whole labels of figures, shown or not: a cell that holds one is no prose, however long a question is
    """

    names: Mapping[str, tuple[tuple[Name, frozenset[str]], ...]] = field(default_factory=dict)
    shown: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    bases: Mapping[frozenset[str], frozenset[str]] = field(default_factory=dict)
    numbered: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names)


def withheld_numbers(counts: Counts, released: Released) -> Withheld:
    """What this release withholds: suppressed figures, and measured ones that it does not list."""
    names: dict[str, list[tuple[Name, frozenset[str]]]] = defaultdict(list)
    shown, bases = [], defaultdict(set)
    for measure in counts:
        figure = released.figures.get(measure.id)
        figure_names = [*_names(measure, released.codebook)]
        if figure is None or not figure.is_shown:
            numbers = _numbers(measure.numerator, measure.value, *_percentages(measure)) - {"0"}
            for name in figure_names if numbers else ():
                names[max(name[1], key=lambda word: (len(word), word))].append((name, numbers))
        else:
            numbers = _numbers(figure.numerator, figure.value, figure.denominator, *_percentages(figure))
            shown += [(name[0] | name[1], numbers) for name in figure_names]
            for name in figure_names:
                bases[name[0] or name[1]] |= _numbers(figure.denominator)
    for variable, bands in released.bands.items():
        subject = words_of(_spelt(released.codebook.variables[variable].label))
        shown += [(subject | words_of(_spelt(band.label)), _numbers(band.count)) for band in bands]
    numbered = numbered_names(_every_name(counts, released))
    return Withheld(
        {word: tuple(entries) for word, entries in names.items()},
        tuple(shown),
        {name: frozenset(numbers) for name, numbers in bases.items()},
        numbered,
        frozenset(with_names_spelt(figure.label, numbered) for figure in (*counts, *released)),
    )


def _every_name(counts: Counts, released: Released) -> Iterator[str]:
    """The audit's title, every label of the codebook and of the audit's figures, and each of its parts."""
    codebook = released.codebook
    yield released.settings.title
    for variable in (*codebook.variables.values(), *(question.variable for question in codebook.questions.values())):
        yield variable.label
        yield from (label for code in variable.codes for label in (code.label, code.group) if label)
    yield from (theme.label for theme in codebook.themes.values())
    yield from (agency.label for agency in codebook.agencies.values())
    for figure in (*counts, *released):
        yield from (*figure.label.split(": "), figure.base_label or "", figure.unit)
    yield from (band.label for bands in released.bands.values() for band in bands)


def _names(measure: Measure, codebook: Codebook) -> Iterator[Name]:
    """A figure's name, and its name where pages call it otherwise; a number in a longer label is spelt as a word."""
    subject, colon, value = measure.label.partition(": ")
    variable = codebook.variables.get(measure.id.variable)
    if measure.id.root == ANSWER_FAMILY:
        variable = tallied_variable(measure.family, codebook)
    if variable is not None:
        subject, value = variable.label, variable.label_of(measure.category) if measure.label != variable.label else ""
    words = words_of(_spelt(subject))
    if value and words_of(value):
        bare = (measure.category,) if measure.category.isdigit() else ()  # "8 years" stands as 8 below a head "Age"
        for alias in (*OTHER_WORDS.get(measure.category, (value,)), *bare):
            yield words, words_of(_spelt(alias))
    elif words:
        yield frozenset(), words
    if measure.category == "yes" and words:
        yield words, frozenset({"yes"})


def _spelt(label: str) -> str:
    return spelt(as_seen(label)) if numbered_names([label]) else label


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """The words that tell one text from another: in small letters, without plural, `of` and `the`."""
    words = [_stem(match[0]) for match in WORD_OR_NUMBER.finditer(as_seen(text).casefold())]
    return frozenset(word for word in words if word not in EMPTY_WORDS) or frozenset(words)


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _percentages(figure: Measure | ReleasedMeasure) -> list[str]:
    """A count as a part of its base, as it may be printed."""
    if figure.numerator is None or not figure.denominator:
        return []
    percent = 100 * figure.numerator / figure.denominator
    return [f"{percent:.0f}%", f"{percent:.1f}%"]


def _numbers(*values: float | str | None) -> frozenset[str]:
    return frozenset(str(value) for value in values if value is not None)


def has_withheld_cell(row: Row, withheld: Withheld, column: str = "") -> bool:
    """Whether a cell of a row holds a withheld number of the name that stands around it.

    column  words that the head of the cell's column must hold: where each column is another audit's
    """
    together = CELL_SEPARATOR.join(
        cell.replace(CELL_SEPARATOR, " ") for cell in row.cells
    )  # a name may be cut into several
    cells = with_names_spelt(together, withheld.numbered).split(CELL_SEPARATOR)
    cells = [cell if len(cell.split()) <= LONGEST_LABEL or cell in withheld.labels else "" for cell in cells]
    about = _label_words(with_names_spelt(" ".join(row.about), withheld.numbered))
    labels = [_label_words(cell) for cell in cells]
    first = words_of(cells[0]) if cells else frozenset()  # the value that a line is of may be a number
    if row.heads and labels[0]:
        about |= _label_words(with_names_spelt(row.heads[0], withheld.numbered))
    for place, (cell, head) in enumerate(zip(cells, row.heads or ("",) * len(cells), strict=True)):
        numbers = _numbers_in(cell)
        if numbers and column in head and head.casefold() not in NO_COUNTS:
            others = first.union(*labels[1:]) if place else frozenset().union(*labels)
            context = about | others | words_of(with_names_spelt(head, withheld.numbered))
            if any(_is_withheld(context, numbers, withheld)):
                return True
    return False


def _is_number(cell: str) -> bool:
    return bool(NUMBER_IN_TEXT.fullmatch(cell.strip()))


def _label_words(text: str) -> frozenset[str]:
    """The words of a text but its numbers."""
    return frozenset(word for word in words_of(text) if not word[0].isdigit())


def _numbers_in(text: str) -> set[str]:
    """Every number of a text as digits: `3`, `1234`, `38%`."""
    return {_digits(match[0]) for match in NUMBER_IN_TEXT.finditer(text)}


def _digits(number: str) -> str:
    """`1,234` as `1234`, `38 per cent` as `38%`."""
    return re.sub(r"[\s,]", "", number.casefold()).replace("percent", "%")


def _is_withheld(context: frozenset[str], numbers: Collection[str], withheld: Withheld) -> Iterator[bool]:
    for word in context & withheld.names.keys():
        for (subject, value), name_numbers in withheld.names[word]:
            if value <= context and subject <= context:
                yield bool((name_numbers & numbers) - _explained(context, subject or value, withheld))


def _explained(context: frozenset[str], subject: frozenset[str], withheld: Withheld) -> set[str]:
    explained = set(withheld.bases.get(subject, ()))
    for name, numbers in withheld.shown:
        if name <= context:
            explained |= numbers
    return explained


def _explained_by_subject(subject: frozenset[str], withheld: Withheld) -> set[str]:
    return set().union(*(numbers for name, numbers in withheld.shown if subject <= name))


def has_withheld_number(text: str, before: Iterable[str], withheld: Withheld) -> bool:
    """Whether a clause of a text holds a withheld number beside its value's name.

    before  the heading and the paragraphs before it, which may say what it is of
    """
    text = with_names_spelt(as_seen(text), withheld.numbered)
    if not (re.search(r"\d", text) or NUMBER_WORDS.keys() & set(text.casefold().split())):
        return False
    earlier = _label_words(with_names_spelt(" ".join(before), withheld.numbered))
    forms = (text, text.replace("\n", " "), BOUND.sub(" ", text))  # a line's end may be a row's, or nothing
    return any(
        _clause_tells(clause, earlier | around, withheld)
        for form in dict.fromkeys(forms)
        for sentence, around in _with_words_before(SENTENCE.split(form))
        for clause in CLAUSE.split(sentence)
    )


def _with_words_before(sentences: list[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each sentence with its own words, and those of the one before it, which may say what it is of."""
    before: frozenset[str] = frozenset()
    for sentence in sentences:
        yield sentence, before | words_of(sentence)
        before = _label_words(sentence) or before


def _clause_tells(clause: str, around: frozenset[str], withheld: Withheld) -> bool:
    words = [(match[0], match[1]) for match in WORD_OR_NUMBER.finditer(clause.casefold())]
    stems = [_stem(word) for word, _ in words]
    clause_stems = frozenset(stems)
    for key in clause_stems & withheld.names.keys():
        for (subject, value), numbers in withheld.names[key]:
            if value <= clause_stems and subject <= around:
                is_number = all(word.isdigit() for word in value)
                unexplained = (_near(words, stems, value) & numbers) - _explained(
                    clause_stems | subject, subject or value, withheld
                )
                if unexplained and not (is_number and unexplained <= _explained_by_subject(subject, withheld)):
                    return True
    return False


def _near(words: list[tuple[str, str | None]], stems: list[str], value: frozenset[str]) -> set[str]:
    """The numbers that stand near a name's words and are none of them."""
    places = [place for place, stem in enumerate(stems) if stem in value]
    numbers = set()
    for place, (word, number) in enumerate(words):
        count = str(NUMBER_WORDS[word]) if word in NUMBER_WORDS else _digits(number) if number else ""
        others = [other for other in places if other != place]
        if count and others and min(abs(place - other) for other in others) <= NEAR_WORDS + 1:
            numbers.add(count)
    return numbers
