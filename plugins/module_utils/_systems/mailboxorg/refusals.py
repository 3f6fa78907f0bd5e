# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that the server would refuse, or that would do something else than meant, as far as reading can tell.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..._core.addresses import domain_of
from ..._core.errors import AccessDenied, GuardRefusal, InvalidOption
from ..._core.plan import Step
from ..._core.resource import Resource, Values
from ..._core.words import spoken
from .api import Api
from .calls import Calls
from .capabilities import CAPABILITIES, INHERIT
from .capability_calls import CapabilityCalls
from .directory import Directory
from .domains import DOMAIN
from .levels import refuse_below
from .mailbox_calls import MailboxCalls
from .mailboxes import MAILBOX
from .mailing_list_calls import MailingListCalls
from .mailing_lists import MAILING_LIST


def refuse_levels(steps: Sequence[Step], api: Api, calls: Mapping[str, Calls]) -> None:
    """Raises AccessDenied for a step that is above the level of the login."""
    for step in steps:
        _refuse_level(step, api, calls[step.resource.kind].methods(step))


def _refuse_level(step: Step, api: Api, methods: Iterable[str]) -> None:
    try:
        for method in methods:
            refuse_below(api.login, method, step.send)
    except AccessDenied as error:
        error.object = step.name
        raise


def refuse_unread(steps: Sequence[Step], calls: Mapping[str, Calls]) -> None:
    """Raises PostmasterError for a step whose object the server did not tell, and would hardly change.

    What a mailbox gets the capability for in the same run is another matter.
    """
    granted = {
        (step.values["email"], capability)
        for step in steps
        if step.resource is MAILBOX
        for capability, state in step.send.get(CAPABILITIES.name, {}).items()
        if state is not False
    }
    for step in steps:
        error = calls[step.resource.kind].unread(step)
        if error is not None and (step.values.get("mailbox"), step.resource.kind) not in granted:
            error.object = step.name
            raise error


def refuse_incomplete(steps: Sequence[Step], calls: Mapping[str, Calls]) -> None:
    """Raises InvalidOption where the server takes an object as a whole, and does not tell all of it."""
    for step in steps:
        for name in calls[step.resource.kind].missing(step):
            raise InvalidOption(
                f"{step.wish.where}{name}",
                f"has to be given for {step.name}: the server takes all of it at once, and does not tell this",
            )


def refuse_full_domains(steps: Sequence[Step], mailboxes: MailboxCalls, lists: MailingListCalls) -> None:
    """Raises GuardRefusal for a domain that is to go while it has mailboxes that stay (mailboxorg.md 2.4), or mailing
    lists, which would go with it."""
    going = {(step.resource, step.wish.key) for step in steps if step.action == "delete"}
    emptied = {step.values["name"]: step for step in steps if step.resource is DOMAIN and step.action == "delete"}
    if not emptied:
        return
    held: dict[Resource, list[Values]] = {
        MAILBOX: [{"email": address} for address in mailboxes.addresses(sorted(emptied))],
        MAILING_LIST: [each.values for each in lists.read_all(frozenset(emptied))],
    }
    for resource, found in held.items():
        staying = Counter(
            domain_of(resource.label_of(values)) for values in found if (resource, resource.key_of(values)) not in going
        )
        for name, step in emptied.items():
            if staying[name]:
                raise _still_holds(step, resource, staying[name])


def _still_holds(step: Step, resource: Resource, count: int) -> GuardRefusal:
    what = spoken(resource.kind if count == 1 else resource.plural)
    error = GuardRefusal(
        f"{step.wish.where}{step.name} still has {count} {what}, which would be lost with it; delete them first, with "
        "allow_mail_loss, if that is meant; nothing was changed"
    )
    error.object = step.name
    return error


def refuse_taken_domains(steps: Sequence[Step], directory: Directory) -> None:
    """Raises InvalidOption for a domain to be made that another of the accounts has."""
    coming = [step for step in steps if step.resource is DOMAIN and step.action == "create"]
    going = {step.resource.key_of(step.values) for step in steps if step.action == "delete"}
    for step in coming:
        name, account = step.values["name"], step.values["account"].casefold()
        others = [each for each in directory.accounts() if each.casefold() != account]
        owner = directory.domains().get(name) if others else None
        if owner and owner.casefold() != account and (name.casefold(), owner.casefold()) not in going:
            raise InvalidOption(
                f"{step.wish.where}account", f"domain {name} belongs to the account {owner}; remove it there first"
            )


def refuse_unknown_states(steps: Sequence[Step], mailboxes: MailboxCalls, capabilities: CapabilityCalls) -> None:
    """Raises InvalidOption for a capability left to the account, on a server that does not know that."""
    for step in steps:
        wanted = step.wish.given.get(CAPABILITIES.name, {}) if CAPABILITIES.name in step.send else {}
        inherited = [member for member, state in wanted.items() if state == INHERIT]
        if step.resource is not MAILBOX or not inherited:
            continue
        address = step.values["email"]
        known = [address] if step.action == "update" else mailboxes.addresses([domain_of(address)])
        if known and not capabilities.has_maps(known[0]):
            raise InvalidOption(
                f"{step.wish.where}{CAPABILITIES.name}.{inherited[0]}",
                f"this server knows capabilities that are on or off only, so that {INHERIT} cannot be meant",
            )
