"""A recommendation from audit to audit: which rows are one recommendation, and how far it has come.

A row that `follows` a row of an earlier audit is the same recommendation. Rows of several audits can so be one: its
status is what the newest of them says. Source: DESIGN section 5.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.records import STATUSES
from auditbook.project import Project
from auditbook.validation.csv_rows import Row, Rows, read_rows
from auditbook.validation.dates import ShortDate
from auditbook.validation.fields import Day, Record, one_of
from auditbook.validation.model_errors import refuse_invalid
from auditbook.validation.problems import Refusal, Refusals

THREADS_FILE = "recommendations.csv"
AN_AUDIT = re.compile(r"\d{4}-\d{2}-Q[1-4](?:-[a-z0-9-]+)?(?=/)", re.ASCII)
CLOSED = ("done", "abandoned")
PASSED_ON = "carried_forward"
Key = tuple[str, str]
"""An audit's id and a recommendation's."""


class StatusLine(Record):
    """What a row of recommendations.csv says of how far it has come."""

    due: Day | None = None
    status: one_of(*STATUSES) | None = None
    status_date: Day | None = None


@dataclass(frozen=True)
class Step:
    """One audit's row of a recommendation. `status` is None where it is not stated."""

    audit: AuditId
    recommendation: str
    due: ShortDate | None = None
    status: str | None = None
    status_date: ShortDate | None = None

    @property
    def key(self) -> Key:
        return str(self.audit), self.recommendation

    def __str__(self) -> str:
        return "/".join(self.key)


Thread = tuple[Step, ...]
"""Every row of one recommendation, oldest first."""


@dataclass(frozen=True)
class Followed:
    """What is known of one audit's recommendations from the rows of other audits.

    threads   recommendation → its rows in all audits; those that stand alone are not in it
    refusals  problems of other audits' files, without which it cannot be told how far a recommendation has come
    warnings  of two rows that follow the same one
    """

    threads: dict[str, Thread] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = ()


def newest(thread: Thread, own_step: Step) -> Step:
    """The row whose word counts for one of the rows: the newest audit's.

    Where the newest audit has several, each stands for itself, and for the older rows the one that is not closed.
    """
    heads = [step for step in thread if step.audit == thread[-1].audit]
    return own_step if own_step in heads else next((step for step in heads if step.status not in CLOSED), heads[0])


def as_it_stands(thread: Thread, own_step: Step) -> Step:
    """The step with the newest status and day due that are stated, and the audit and number of the row that says so.

    A newer row without a status does not take away what was said. But what was carried forward has left its row:
    until the next one says something, nothing is stated.
    """
    head = newest(thread, own_step)
    steps = [head, *(step for step in reversed(thread) if step.audit < head.audit)]
    stated = next((step for step in steps if step.status), head)
    if stated.status == PASSED_ON and stated is not head:
        stated = head
    due = next((step.due for step in steps if step.due), None)
    return Step(stated.audit, stated.recommendation, due, stated.status, stated.status_date)


@dataclass(frozen=True)
class _File:
    """One audit's recommendations.csv; `problems` when it could not be read as a table."""

    audit: AuditId
    rows: Rows
    problems: tuple[Refusal, ...]
    mentioned: frozenset[str]


def read_followed(project: Project) -> dict[AuditId, Followed]:
    """Audit → what other audits say of its recommendations; audits whose recommendations stand alone are absent."""
    files = dict(_files(project))
    rows = {(str(file.audit), row.cells["recommendation"]): row for file in files.values() for row in _named(file)}
    followers = _followers(files, rows)
    by_audit: dict[AuditId, list] = defaultdict(lambda: [{}, [], []])
    for keys in _joined(followers):
        refusals = Refusals()
        thread = tuple(_step(files[AuditId.read(key[0])], key[1], rows[key], refusals) for key in keys)
        for step in thread:
            threads, problems, _ = by_audit[step.audit]
            threads[step.recommendation] = thread
            problems += refusals.found
    for key, follower_keys in followers.items():
        if len(follower_keys) > 1:
            by_audit[max(AuditId.read(follower[0]) for follower in follower_keys)][2].append(_twice(key, follower_keys))
    for file in files.values():
        for mentioned in file.mentioned if file.problems else ():
            by_audit[AuditId.read(mentioned)][1].extend(file.problems)
    return {
        audit: Followed(threads, tuple(problems), tuple(warnings))
        for audit, (threads, problems, warnings) in by_audit.items()
    }


def _files(project: Project) -> Iterator[tuple[AuditId, _File]]:
    """The files that follow another audit's, and those they follow; the others need not be read."""
    audits = {str(audit): audit for audit in project.audit_ids(Refusals())}
    mentioned = {name: _mentioned(project.audits / name / THREADS_FILE) & audits.keys() for name in audits}
    wanted = {name for name, others in mentioned.items() if others}.union(*mentioned.values())
    for name, audit in audits.items():
        path = project.audits / name / THREADS_FILE
        if name in wanted and path.is_file():
            problems = Refusals()
            rows = read_rows(path, project.name_of(path), problems)
            yield audit, _File(audit, rows, () if rows.columns else tuple(problems.found), frozenset(mentioned[name]))


def _mentioned(path: Path) -> set[str]:
    try:
        return set(AN_AUDIT.findall(path.read_bytes().decode("utf-8", "ignore")))
    except OSError:
        return set()


def _named(file: _File) -> list[Row]:
    return [row for row in file.rows.rows if "recommendation" in row.cells]


def _followers(files: dict[AuditId, _File], rows: dict[Key, Row]) -> dict[Key, list[Key]]:
    """Row → the rows of later audits that follow it, in their order."""
    followers: dict[Key, list[Key]] = {}
    for audit, file in files.items():
        for row in _named(file):
            earlier, _, recommendation = row.cells.get("follows", "").partition("/")
            key = (earlier, recommendation)
            if key in rows and AuditId.read(earlier) < audit:
                followers.setdefault(key, []).append((str(audit), row.cells["recommendation"]))
    return followers


def _joined(followers: dict[Key, list[Key]]) -> list[list[Key]]:
    """The rows that are one recommendation, oldest first."""
    thread_of: dict[Key, list[Key]] = {}
    for key in sorted(followers, key=_place):
        thread = thread_of.setdefault(key, [key])
        for follower in followers[key]:
            thread.append(follower)
            thread_of[follower] = thread
    distinct = {id(thread): thread for thread in thread_of.values()}
    return [sorted(dict.fromkeys(thread), key=_place) for thread in distinct.values()]


def _place(key: Key) -> tuple[AuditId, str]:
    return AuditId.read(key[0]), key[1]


def _step(file: _File, recommendation: str, row: Row, refusals: Refusals) -> Step:
    cells = {column: row.cells[column] for column in StatusLine.model_fields if column in row.cells}
    try:
        line = StatusLine.model_validate(cells)
    except ValidationError as error:
        refuse_invalid(error, lambda key: file.rows.place(row, str(key[0])), refusals)
        return Step(file.audit, recommendation)
    status = None if line.status == "not_stated" else line.status
    return Step(file.audit, recommendation, line.due, status, line.status_date)


def _twice(key: Key, follower_keys: Sequence[Key]) -> str:
    """The warning of rows that follow the same one."""
    ids = [AuditId.read(audit) for audit, _ in follower_keys]
    latest = max(ids)
    here = [recommendation for (_, recommendation), audit in zip(follower_keys, ids, strict=True) if audit == latest]
    before = [follower for follower, audit in zip(follower_keys, ids, strict=True) if audit < latest]
    followed = "/".join(key)
    if before:
        nearest = "/".join(before[-1])
        message = f"{_both(here)} {followed}, which {nearest} follows too"
        return f"{THREADS_FILE}: {message}; one recommendation goes on in one row an audit: follow {nearest} instead."
    message = f"{_both(here)} {followed}"
    way_out = "empty “follows” in all but one of them"
    return f"{THREADS_FILE}: {message}; one recommendation goes on in one row an audit: {way_out}."


def _both(recommendations: Iterable[str]) -> str:
    words = list(recommendations)
    return f"{words[0]} follows" if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]} follow"
