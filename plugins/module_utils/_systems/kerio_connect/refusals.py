# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Kerio Connect would refuse, or should not be asked for, as far as reading tells: before the first write.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ..._core.errors import GuardRefusal, InvalidOption
from ..._core.gateway import Gateway
from ..._core.plan import Step
from ..._core.resource import Resource
from ..._core.snapshot import Snapshot
from ..._core.words import spoken
from ..owned_lists import APPEND, only_in
from .aliases import ALIAS
from .domains import DOMAIN
from .groups import GROUP
from .mailing_lists import MAILING_LIST
from .resources import RESOURCE
from .users import ROLES, USER

_CONTENTS = (USER, GROUP, ALIAS, MAILING_LIST, RESOURCE)


def refuse_renames(steps: Iterable[Step], known: Callable[[], Sequence[Snapshot]]) -> None:
    """A new domain with a name that another one has already is a wish for a rename; ``known`` are those that there are.
    Raises InvalidOption."""
    new = [step for step in steps if step.resource is DOMAIN and step.action == "create"]
    found = known() if new else []
    for step in new:
        for each in found:
            rename = each.raw.get("renameInfo") or {}
            if step.values["name"] in (*each.values.get("aliases", ()), rename.get("newName"), rename.get("oldName")):
                raise InvalidOption(
                    f"{step.wish.where}name",
                    f"is a name of domain {each.values['name']} already. A domain is not renamed by this module, since "
                    "that needs a restart of the server: rename it in the administration, or take the name from its "
                    "aliases first",
                )


def refuse_no_primary(steps: Sequence[Step]) -> None:
    """There is always one primary domain. Raises InvalidOption, or GuardRefusal for its deletion."""
    domains = [step for step in steps if step.resource is DOMAIN]
    for step in domains:
        reason = None if step.current is None else DOMAIN.protected(step.current.values)
        if step.action == "delete" and reason is not None:
            raise _refusal(step, f"{step.name} {reason}; nothing was changed")
    wished = [step for step in domains if step.wish.given.get("is_primary")]
    if len(wished) > 1:
        raise InvalidOption(f"{wished[1].wish.where}is_primary", f"is true for {wished[0].name} too; there is only one")
    for step in domains:
        if step.send.get("is_primary") is False and step.current is not None and not wished:
            raise InvalidOption(
                f"{step.wish.where}is_primary", "cannot be taken away; make another domain the primary one instead"
            )


def refuse_full_domains(steps: Sequence[Step], gateway: Gateway) -> None:
    """A domain goes when it is empty: nobody asked for the deletion of what it holds. Raises GuardRefusal."""
    going = {(step.resource, step.current.identity) for step in steps if step.action == "delete" and step.current}
    domains = {step.values["name"]: step for step in steps if step.resource is DOMAIN and step.action == "delete"}
    if domains:
        held = {resource: gateway.read_all(resource, frozenset(domains)) for resource in _CONTENTS}
        counts = Counter(
            (resource, each.values["domain"])
            for resource, found in held.items()
            for each in found
            if (resource, each.identity) not in going
        )
        for name, step in domains.items():
            left = [_left(resource, counts[resource, name]) for resource in _CONTENTS]
            if any(left):
                raise _refusal(
                    step,
                    f"{step.name} still holds {', '.join(filter(None, left))}; delete or move them first, or let the "
                    "same document do it; nothing was changed",
                )


def _left(resource: Resource, count: int) -> str:
    """``3 users``, or an empty text."""
    return f"{count} {spoken(resource.kind if count == 1 else resource.plural)}" if count else ""


def refuse_lists_elsewhere(steps: Iterable[Step]) -> None:
    """Lists of other servers come without an id, and no call can name them. Raises GuardRefusal."""
    for step in steps:
        is_elsewhere = step.resource is MAILING_LIST and step.current is not None and not step.current.identity
        # Members of such a list are not told, so that a wish for them changes nothing and is not fulfilled either.
        if is_elsewhere and (step.changes or step.unverified):
            raise _refusal(
                step,
                f"{step.wish.where}{step.name} is kept by another server of the distributed domain: manage it through "
                "that one; nothing was changed",
            )


def refuse_contradicting_membership(steps: Iterable[Step]) -> None:
    """Members of a group and groups of a user are one relation: a document that says both has to mean the same. Raises
    InvalidOption."""
    wishes = [step.wish for step in steps if step.wish.present]
    users = {wish.key: wish for wish in wishes if wish.resource is USER and "groups" in wish.given}
    for group in (wish for wish in wishes if wish.resource is GROUP and "members" in wish.given):
        for (name, domain), user in users.items():
            if domain != group.given["domain"]:
                continue
            listed = name in group.given["members"]
            named = group.given["name"].casefold() in (each.casefold() for each in user.given["groups"])
            if listed != named and (listed or not group.behaviour[APPEND.name]):
                raise InvalidOption(
                    f"{group.where}members",
                    f"{'names' if listed else 'does not name'} {USER.name_of(user.given)}, whose entry says the "
                    f"opposite in {user.where}groups",
                )


def may_take_rights(step: Step) -> bool:
    """Whether the change of a group that gives rights, or the leaving of a group, can take rights from an account."""
    if step.current is None or not step.changes:
        return False
    held = step.current.values
    if step.resource is GROUP:
        return held.get("role") != "none"
    return step.resource is USER and bool(
        only_in(held.get("groups", ()), step.send.get("groups", held.get("groups", ())))
    )


def refuse_loss_of_own_rights(steps: Iterable[Step], me: tuple[str, str], gateway: Gateway) -> None:
    """The account in use, known by login name and domain, may have its rights from a group. Raises GuardRefusal, unless
    forced."""
    for step in filter(may_take_rights, steps):
        takes = _leaves_rights(step, me, gateway) if step.resource is USER else _takes_my_rights(step, me)
        if takes and not step.wish.force:
            raise _refusal(
                step,
                f"{step.wish.where}{step.name}: the account that this task is logged in with has administration rights "
                "from a group, and the change would take them; use another account, or set force to true if that is "
                "meant; nothing was changed",
            )


def _takes_my_rights(step: Step, me: tuple[str, str]) -> bool:
    held, (name, domain) = {} if step.current is None else step.current.values, me
    order = list(ROLES)
    if held.get("role") not in order[1:] or held["domain"] != domain or name not in held["members"]:
        return False
    after = step.values.get("role")
    lowered = after in order and order.index(str(after)) < order.index(held["role"])
    return step.action == "delete" or lowered or name not in step.send.get("members", held["members"])


def _leaves_rights(step: Step, me: tuple[str, str], gateway: Gateway) -> bool:
    """Whether we leave a group that gives us more than we have ourselves."""
    held, (name, domain) = {} if step.current is None else step.current.values, me
    left = only_in(held.get("groups", ()), step.send["groups"])
    if (str(held.get("name")).casefold(), held.get("domain")) != (name, domain) or not left:
        return False
    folded = {each.casefold() for each in left}
    order = list(ROLES)
    own = order.index(step.values["role"]) if step.values.get("role") in order else 0
    return any(
        each.values["name"].casefold() in folded and each.values.get("role") in order[own + 1 :]
        for each in gateway.read_all(GROUP, frozenset({domain}))
    )


def _refusal(step: Step, message: str) -> GuardRefusal:
    error = GuardRefusal(message)
    error.object = step.name
    return error
