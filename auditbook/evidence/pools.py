"""`data/pooled.yml`: which audits are released together, as one (DESIGN section 10, `pooled`)."""

import re
from dataclasses import dataclass, replace

from pydantic import ValidationError

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.settings import Section, Words
from auditbook.project import POOLED_FILE, Project
from auditbook.validation.model_errors import refuse_invalid
from auditbook.validation.problems import Refusals, nearest
from auditbook.validation.yaml_text import PlainYaml, read_plain_yaml

PAGE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Pool:
    """Audits released as one: the name of their page, its title, and their ids, oldest first.

    before  the pools above it in the file that share audits with it, or with each other and then with it: what they
            say is known when it is decided what this one may say
    """

    name: str
    title: str
    audits: tuple[AuditId, ...]
    before: tuple["Pool", ...] = ()


class PoolSettings(Section):
    """One section of the file, named as its page."""

    title: str
    audits: Words


def read_pools(project: Project, refusals: Refusals) -> list[Pool]:
    """The pools of a project, in the order of the file; none without one. Problems go to `refusals`."""
    path = project.data / POOLED_FILE
    plain_yaml = read_plain_yaml(path, project.name_of(path), refusals) if path.is_file() else None
    if plain_yaml is None:
        return []
    audit_ids = project.audit_ids(Refusals())
    names = [key[0] for key in plain_yaml.lines if len(key) == 1]
    pools = [_pool(name, plain_yaml, audit_ids, refusals) for name in names]
    return _with_those_before([pool for pool in pools if pool is not None])


def _with_those_before(pools: list[Pool]) -> list[Pool]:
    return [replace(pool, before=_before(pools[:place], pool)) for place, pool in enumerate(pools)]


def _before(pools: list[Pool], pool: Pool) -> tuple[Pool, ...]:
    """Those of these pools that overlap with this one, directly or through another of them, in their order."""
    audits, chosen = set(pool.audits), set()
    for _ in pools:
        chosen = {other.name for other in pools if audits & set(other.audits)}
        audits |= {audit for other in pools if other.name in chosen for audit in other.audits}
    return tuple(other for other in pools if other.name in chosen)


def _pool(name: str, plain_yaml: PlainYaml, audit_ids: list[AuditId], refusals: Refusals) -> Pool | None:
    if not PAGE_NAME.fullmatch(name):
        problem = f'"{name}" names a page; it takes small letters, digits and hyphens.'
        refusals.add(plain_yaml.place(name), "S02", problem)
        return None
    try:
        settings = PoolSettings.model_validate(plain_yaml.values.get(name, {}))
    except ValidationError as error:
        refuse_invalid(
            error, lambda key: plain_yaml.place(name, *key), refusals, beside=lambda _: PoolSettings.model_fields
        )
        return None
    ids = {str(audit_id): audit_id for audit_id in audit_ids}
    for index, text in enumerate(settings.audits):
        place = plain_yaml.place(name, "audits", index)
        if text not in ids:
            refusals.add(place, "S01", f'there is no audit "{text}".', nearest(text, ids))
        elif settings.audits.index(text) != index:
            refusals.add(place, "V06", f'"{text}" stands there twice.')
    is_whole = set(settings.audits) <= set(ids)
    return Pool(name, settings.title, tuple(sorted(ids[text] for text in set(settings.audits)))) if is_whole else None
