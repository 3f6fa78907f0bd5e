# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes (mailboxorg.md 2.5 and 3.3).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.addresses import domain_of, email, mailbox_address
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Field, Flag, Reference, Size, Text, TextSet, secret
from ..._core.resource import Resource, Values
from ..behaviour import UNREADABLE
from .capabilities import CAPABILITIES
from .codecs import (
    DATE,
    DELETION_DATE,
    FLAG,
    GIB,
    GIGABYTES,
    LIST,
    NETS,
    TEXT,
    address_or_none,
    date,
    nets,
    words,
)
from .wire import Wire

PLANS = ("light", "standard", "premium")
QUOTAS = ("additional_mail_quota", "additional_cloud_quota")


def _text(name: str, doc: str, parameter: str = "", **flags: Any) -> Field:
    """A text that is documented to be told, so that a mailbox that lacks it holds an empty one."""
    parameter = parameter or name
    return Text(name, doc, Wire((parameter,), parameter, parameter, missing=""), TEXT, **flags)


def _at_creation(name: str, doc: str) -> Field:
    return Flag(name, f"{doc} Taken at creation only.", Wire((), name), FLAG, create_only=True)


def _quota(name: str, what: str) -> Field:
    return Size(
        name,
        f"Size of {what} on top of what the plan includes, in whole gigabytes, for instance V(5G); V(0B) for none.",
        Wire((name,), name, name),
        GIGABYTES,
        unit=GIB,
        limited=True,
    )


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """A planned deletion goes with a mailbox that is not active, and one that is active has none."""
    if "password" in values and "password_hash" in values:
        raise InvalidOption("password_hash", "stands for the password; give one of the two")
    if values.get("deletion_date") and values.get("active"):
        raise InvalidOption("deletion_date", "contradicts active, since a mailbox that is to be deleted is not active")
    if values.get("deletion_date"):
        return {**values, "active": False}
    if values.get("active") and "deletion_date" not in values:
        return {**values, "deletion_date": ""}
    return values


def _check(values: Values, current: Values | None) -> None:
    if current is None and not ("password" in values or "password_hash" in values):
        raise InvalidOption(
            "password", f"or password_hash is required to create mailbox {values['email']}, which does not exist"
        )
    _check_destination(values, current)
    held = {} if current is None else current
    if values.get("deletion_date") == "" and held.get("deletion_date") and "active" not in values:
        raise InvalidOption("deletion_date", "is taken back by making the mailbox active; give active: true as well")


def _check_destination(values: Values, current: Values | None) -> None:
    """Mail that is neither kept nor forwarded would be lost, and the server refuses to have it so."""
    held = {"inbox_save": True, "forwards": []} if current is None else current
    after = {**held, **values}
    if after.get("inbox_save") is not False or after.get("forwards") != []:
        return
    if current is not None and (held.get("inbox_save"), held.get("forwards")) == (False, []):
        return
    if "inbox_save" in values:
        raise InvalidOption("inbox_save", "is false, and there are no forwards: the mail would go nowhere")
    raise InvalidOption("forwards", "is empty, and inbox_save is false: the mail would go nowhere")


def _new_mailbox(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    """A new mailbox has no planned deletion to be taken back."""
    return {name: value for name, value in send.items() if (name, value) != ("deletion_date", "")}


def _described(values: Values) -> Values:
    """A mailbox that is active and yet to be deleted cannot be asked for: either wish changes the other."""
    if not (values.get("active") and values.get("deletion_date")):
        return values
    return {name: value for name, value in values.items() if name not in ("active", "deletion_date")}


MAILBOX = Resource(
    kind="mailbox",
    plural="mailboxes",
    module="mailboxorg_mailbox",
    summary="Manage mailboxes of mailbox.org",
    description=(
        "Creates, changes and deletes mailboxes in the domains of an account of mailbox.org.",
        "Options that are left out stay as they are on the server.",
        "A login with the address of a mailbox may change that one, apart from plan, additional quotas and activation.",
        "Everything else needs a login of level C(domain) or above.",
        "The documentation of mailbox.org does not name C(reseller) among the levels that add mailboxes.",
    ),
    key=("email",),
    label="{email}",
    domain_key=lambda values: domain_of(values["email"]),
    route="mail",
    settles_late=True,
    complete=_complete,
    described=_described,
    check=_check,
    at_creation=_new_mailbox,
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    unproven=(
        "In which form capabilities are told and taken since 2026; both forms work.",
        "How late a change is shown by reads that follow it.",
    ),
    fields=(
        Text(
            "email",
            "Address of the mailbox.",
            Wire(("mail",), "mail"),
            TEXT,
            form=mailbox_address,
            immutable=True,
            reference=Reference("domain", assumable=True, part=domain_of),
        ),
        secret(
            "password",
            "Password. The server never returns it, so it is sent at creation only, unless O(update_password=always). "
            "A new mailbox needs this or O(password_hash).",
            Wire((), "password", "password"),
        ),
        secret(
            "password_hash",
            "The password as a hash, in the place of O(password). Which forms the server takes is not documented; "
            "C({SSHA}) is probable.",
            Wire((), "password_hash", "password_hash"),
        ),
        Choice(
            "plan",
            "What the mailbox pays for. The server was seen to refuse to put some mailboxes to V(light).",
            Wire(("plan",), "plan", "plan"),
            words(PLANS),
            words=PLANS,
            required_on_create=True,
        ),
        _text("first_name", "First name of the person.", required_on_create=True),
        _text("last_name", "Last name of the person.", required_on_create=True),
        Flag(
            "inbox_save",
            "Whether incoming mail is kept in the mailbox; V(false) makes it forward only, and needs O(forwards).",
            Wire(("inboxsave",), "inboxsave", "inboxsave"),
            FLAG,
            on_create=True,
            aliases=("inboxsave",),
        ),
        TextSet(
            "forwards",
            "All addresses that incoming mail is forwarded to. An empty list removes all.",
            Wire(("forwards",), "forwards", "forwards"),
            LIST,
            form=email,
            on_create=[],
        ),
        TextSet(
            "aliases",
            "All further addresses of the mailbox. An empty list removes all. How many there may be depends on the "
            "plan.",
            Wire(("aliases",), "", "aliases"),
            LIST,
            form=email,
        ),
        Text(
            "alternate_mail",
            "Another address of the person, for instance to reset the password by; an empty text for none.",
            Wire(("alternate_mail",), "", "alternate_mail", missing=""),
            TEXT,
            form=address_or_none,
        ),
        _text("memo", "Free text about the mailbox."),
        Flag(
            "active",
            "Whether the mailbox may be used. V(true) takes back a planned deletion as well.",
            Wire(("active",), "", "active"),
            FLAG,
        ),
        Text(
            "deletion_date",
            "Day on which the mailbox is to be deleted, for instance V(2031-12-31), which makes it inactive at once. "
            "To take it back, give O(active=true), with an empty text or without this option. Deletion destroys all "
            "mail; O(allow_mail_loss) is not asked for it.",
            Wire(("deletion_date",), "", "deletion_date", missing=""),
            DELETION_DATE,
            form=date,
        ),
        Flag(
            "require_reset_password",
            "Whether the user has to choose a new password at the next login. The server clears it once that has "
            "happened, so leave it out of what is applied every night.",
            Wire(("require_reset_password",), "require_reset_password", "require_reset_password"),
            FLAG,
        ),
        Flag(
            "same_password_disallowed",
            "Whether the new password has to differ from the old one. The server never returns it.",
            Wire((), "", "same_password_disallowed"),
            FLAG,
            write_only=True,
        ),
        _quota("additional_mail_quota", "the mailbox"),
        _quota("additional_cloud_quota", "the file storage"),
        Text(
            "allow_nets",
            "Networks from which the user may log in, with commas or blanks between them; an empty text for "
            "everywhere. Their order means nothing. The form that the server wants is not proven on a real server.",
            Wire(("allow_nets",), "allow_nets", "allow_nets", missing=""),
            NETS,
            form=nets,
        ),
        CAPABILITIES,
        _text("title", "Title of the person."),
        Text(
            "birthday",
            "Day of birth, for instance V(1980-12-31); an empty text for none. Not proven on a real server.",
            Wire(("birthday",), "birthday", "birthday", missing=""),
            DATE,
            form=date,
        ),
        _text("position", "Position in the company."),
        _text("department", "Department of the company."),
        _text("company", "Name of the company."),
        _text("street", "Street and number."),
        _text("postal_code", "Postal code."),
        _text("city", "City."),
        _text("phone", "Telephone number."),
        _text("fax", "Fax number."),
        _text("cell_phone", "Number of the mobile telephone."),
        _text(
            "external_id",
            "Identifier of the person in another system, by which mailbox.org can find the mailbox.",
            "uid_extern",
            aliases=("uid_extern",),
        ),
        _text("language", "Language of the mailbox as a locale, for instance V(de_DE) or V(en_US)."),
        _at_creation(
            "catchall",
            "Whether the new mailbox gets the mail to all addresses of its domain that do not exist.",
        ),
        _at_creation("create_own_context", "Whether the new mailbox gets a context of its own."),
        _at_creation(
            "recover",
            "Whether to take an address that was deleted before and is blocked since. What comes back with it is not "
            "documented.",
        ),
        _at_creation("skip_welcome_mail", "Whether the new mailbox goes without the message of welcome."),
        _at_creation("evac_force_activation", "For a special product of mailbox.org; sent as it is."),
    ),
    behaviour=(UNREADABLE,),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of all mail in the mailbox, without which it is not deleted.",
            on_create=False,
        ),
        Flag(
            "free_address",
            "Whether to take the address of a deleted mailbox off the list of deleted addresses, which keeps it from "
            "being used again for some time. Not proven on a real server.",
            on_create=False,
        ),
    ),
)
