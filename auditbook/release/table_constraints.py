"""One-way tables: what links the parts of one variable with each other and with their base."""

from collections import defaultdict
from collections.abc import Mapping

from auditbook.codebook.variables import Variable
from auditbook.measures.distribution import is_sum, members, separate_parts, unknown
from auditbook.release.model import Cell, Model, Row

Keys = Mapping[str, str]
"""End of a measure → key of its cell."""
WITHOUT_ANSWER = ("not_known", "not_recorded", "not_answered")


def link_table(model: Model, variable: Variable, keys: Keys, whole: str, has_base: bool) -> None:
    """One code each: every unit is in one class of codes that no listed figure tells apart, or in the rest.

    whole     key of the base; without one, of everybody there could be
    has_base  else nobody knows who is in none of the parts

    So codes, groups and unions that overlap are all sums of the same classes.
    """
    classes: dict[frozenset[str], list[str]] = defaultdict(list)
    for code in (code.code for code in variable.codes):
        listed = frozenset(category for category in keys if code in members(variable, category))
        classes[listed].append(code)
    classes.pop(frozenset(), None)
    for category in keys:
        if not any(category in listed for listed in classes):
            classes[frozenset([category])] = [category]
    since = len(model.rows)
    key_of = {listed: _class_key(model, variable, keys, listed, codes) for listed, codes in classes.items()}
    for category, key in keys.items():
        parts = [key_of[listed] for listed in classes if category in listed]
        if parts != [key]:
            model.link(key, parts)
    model.complete(since)
    _link_to_whole(model, variable, keys, list(key_of.values()), whole, has_base)
    if has_base:
        for category, key in keys.items():
            outside = [key_of[listed] for listed in classes if category not in listed]
            if is_sum(variable, category) and outside and all(model[part].shown is None for part in outside):
                model.link(whole, [key], rest=f"{key}/outside")  # people of whom nothing else is printed


def _class_key(model: Model, variable: Variable, keys: Keys, listed: frozenset[str], codes: list[str]) -> str:
    """The cell of a class: the figure that is of it alone, else one that nothing prints."""
    alone = [category for category in listed if set(members(variable, category)) == set(codes)]
    if alone:
        return keys[min(alone, key=lambda category: (is_sum(variable, category), category))]
    return model.put(Cell(f"{variable.family}/{'+'.join(codes)}"))


def _link_to_whole(model: Model, variable: Variable, keys: Keys, parts: list[str], whole: str, has_base: bool) -> None:
    """The classes make up their base, unless a source tells not all: then they leave people of whom nothing is said."""
    rest = f"{variable.family}/rest"
    if not has_base:
        model.link(whole, parts, rest, is_people=False)
        return
    separate = [
        keys[category] for category in keys if category == "not_graded" or category in separate_parts(variable, keys)
    ]
    is_all = any(
        None not in (counts := [model.count(key) for key in some]) and sum(counts) == model.count(whole)
        for some in (parts, separate)
    )
    model.link(whole, parts, rest="" if is_all or "not_stated" in keys else rest)


def link_number(model: Model, variable: Variable, keys: Keys, whole: str) -> None:
    """A number: those it is known of, and those it is not known of, make up the base."""
    parts = list(keys.values())
    if "n" not in keys:
        model.link(whole, parts, rest=f"{variable.id}/numbers")  # the single numbers, which are not listed
        return
    counts = [model.count(part) for part in parts]
    is_all = None not in counts and sum(counts) == model.count(whole)
    model.link(whole, parts, rest="" if is_all else f"{variable.id}/rest")


def link_multi(model: Model, variable: Variable, keys: Keys, base: str | None) -> None:
    """Any number of codes each: a code is of somebody for whom any was recorded, and of its group.

    Together groups and the codes without one cover everybody for whom any was recorded.
    """
    if base is None:
        return
    recorded = _recorded(model, variable, keys, base)
    codes = [code.code for code in variable.codes]
    for category in [*codes, *variable.groups]:
        if category in keys:
            model.link(recorded, [keys[category]], rest=f"{keys[category]}/without")
            if recorded == base:
                without = [keys[category] for category in unknown(variable) if category in keys]
                model.at_most([keys[category], *without], [base])
    for group, group_codes in variable.groups.items():
        if group in keys:
            _link_group(model, keys[group], [keys[code] for code in group_codes if code in keys], len(group_codes))
    _cover(model, variable, keys, recorded, base)


def _link_group(model: Model, group: str, inside: list[str], size: int) -> None:
    """Each code is of some in its group, and leaves those with another of it alone; of two codes some have both.

    inside  those of the group's codes that are listed
    size    how many codes the group has
    """
    for key in inside:
        if size > 1:
            model.link(group, [key], rest=f"{key}/others of its group")
        else:
            model.at_most([key], [group])
    if len(inside) == size:
        model.at_most([group], inside)
        met = [key for key in inside if model.count(key)]
        if len(met) == 2:
            counts = [model.count(key) for key in (*met, group)]
            model.put(Cell(f"{group}/both", None if None in counts else max(0, counts[0] + counts[1] - counts[2])))
            model.rows.append(Row({**dict.fromkeys(met, 1), group: -1, f"{group}/both": -1}, family=model.family))


def _recorded(model: Model, variable: Variable, keys: Keys, base: str) -> str:
    """The cell of those for whom anything was recorded: the base, where a source does not tell of the others."""
    if not all(category in keys for category in unknown(variable)):
        return base
    recorded = f"{variable.family}/recorded"
    model.link(base, [keys[category] for category in unknown(variable)], rest=recorded)
    return recorded


def _cover(model: Model, variable: Variable, keys: Keys, recorded: str, base: str) -> None:
    """Everybody for whom any code was recorded is in a group, or has a code without one."""
    if recorded == base:
        return
    groups = {group: group_codes for group, group_codes in variable.groups.items() if group in keys}
    grouped = {code for group_codes in groups.values() for code in group_codes}
    alone = [code.code for code in variable.codes if code.code not in grouped]
    if all(code in keys for code in alone):
        model.at_most([recorded], [keys[category] for category in (*groups, *alone)])
