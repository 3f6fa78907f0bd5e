# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailing lists of Kerio Connect (kerio_connect.md 3.5).

Members and moderators are no part of the server's Ml: they are read, added and removed by calls of their own.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any, Callable

from ..._core.addresses import email
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Field, Flag, Reference, Text, TextSet, unchanged
from ..._core.resource import Resource, Values
from ..._core.structures import Struct
from ..owned_lists import APPEND
from .codecs import words
from .keys import domain_of_object, owner
from .people import BY_ID, group_name, user_name, with_domain
from .service import Service
from .users import login_name

PEOPLE = {"members": "Member", "moderators": "Moderator"}
# Options that name who may read the archive: the kind that they name, and what the server calls it.
READERS = {"users": ("user", "TrusteeUser"), "groups": ("group", "TrusteeGroup")}
_PERMISSIONS = {"allowed": "Allowed", "moderated": "Moderated", "denied": "Denied"}
_MODERATORS = {"allowed": "PostAllowed", "moderated": "PostModerated", "as_members": "PostAccordingMembership"}
_REPLY_TO = {
    "sender": "Sender",
    "list": "ThisList",
    "sender_and_list": "SenderThisList",
    "other_address": "OtherAddress",
}

_STRUCTURES: dict[str, Any] = {
    "subscription": {"type": "Denied", "moderatorReview": False, "moderatorNotification": False},
    "posting": {
        "memberPosting": "Allowed",
        "nonMemberPosting": "Denied",
        "moderatorPosting": "PostAllowed",
        "userPostingNotification": False,
        "sendErrorsToModerator": False,
    },
    "archive": {"keepArchive": False, "archiveOnlyForLogged": False, "archiveReaderList": []},
}


def _lines(text: str) -> str:
    """Line ends are the server's business."""
    return text.replace("\r\n", "\n")


def _person(text: str) -> str:
    """An address anywhere, or a login name. Raises ValueError."""
    if text.startswith(BY_ID):
        return text
    return email(text) if "@" in text else login_name(text)


def _address_or_none(text: str) -> str:
    return email(text) if text.strip() else ""


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """People and groups without a domain are in the one of the list."""
    domain = values["domain"]
    completed = {**values, **{name: with_domain(values[name], domain) for name in PEOPLE if name in values}}
    if "archive" in values:
        readers = {name: with_domain(values["archive"][name], domain) for name in READERS if name in values["archive"]}
        completed["archive"] = {**values["archive"], **readers}
    return completed


def _check(values: Values, current: Values | None) -> None:
    held = current or {}
    after = {**held, **values}
    changes = any(name in values and values[name] != held.get(name) for name in ("reply_to", "reply_address"))
    # On an existing list, an address that the server did not tell is there as far as we know.
    address = after.get("reply_address", "" if current is None else None)
    if changes and after.get("reply_to") == "other_address" and address == "":
        raise InvalidOption("reply_address", "is needed with reply_to other_address: where replies go to")


def _is_elsewhere(values: Values) -> bool:
    """A list of another server comes without an id, so that nobody can ask for its members."""
    return not PEOPLE.keys() & values.keys()


def _flag(name: str, doc: str, *wire: str) -> Field:
    return Flag(name, doc, wire, on_create=False)


def _choice(name: str, doc: str, pairs: dict[str, str], first: str, *wire: str) -> Field:
    return Choice(name, doc, wire, words(pairs), words=tuple(pairs), on_create=first)


def _text(name: str, doc: str, wire: str, form: Callable[[str], str] = unchanged) -> Field:
    return Text(name, doc, (wire,), form=form, on_create="")


ARCHIVE = Struct(
    "archive",
    "The archive of what was posted.",
    fields=(
        _flag("enabled", "Whether there is one.", "archive", "keepArchive"),
        _flag("logged_in_only", "Whether one has to log in to read it.", "archive", "archiveOnlyForLogged"),
        TextSet(
            "users",
            "All users who may read it, by login name or address. An empty list removes all.",
            form=user_name,
            on_create=[],
            reference=Reference("user", assumable=True),
        ),
        TextSet(
            "groups",
            "All groups whose members may read it, by name, or as V(name@domain) in another domain than that "
            "of the list. An empty list removes all.",
            form=group_name,
            on_create=[],
            reference=Reference("group", assumable=True),
        ),
    ),
)

MAILING_LIST = Resource(
    kind="mailing_list",
    plural="mailing_lists",
    module="kerio_mailing_list",
    summary="Manage mailing lists of Kerio Connect",
    description=(
        (
            "Creates, changes and deletes mailing lists of a Kerio Connect server, with their members and moderators, "
            "through its administration interface."
        ),
        (
            "A user of the server is named by login name or by the address that consists of login name and domain; any "
            "other address of a user counts as an address elsewhere."
        ),
        (
            "Somebody who is no longer a user, or whom the login may not see, is told by the server's id after C(id:), "
            "which the options take as well."
        ),
        (
            "Lists that the server tells without an id, since another server of a distributed domain keeps them, are "
            "neither shown nor changed."
        ),
        "Options that are left out stay as they are on the server.",
    ),
    key=("name", "domain"),
    label="{name}@{domain}",
    domain_key=domain_of_object,
    route=Service("MailingLists", entities="mailingLists", ids="mlIds", structures=_STRUCTURES),
    complete=_complete,
    check=_check,
    is_systems_own=_is_elsewhere,
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    behaviour=(APPEND,),
    unproven=(
        "That the language of a mailing list is a code such as V(en).",
        "What moderator_review adds to a subscription that is moderated.",
        "Whether an archive that is switched off keeps the messages that it holds.",
        "That adding somebody who is on a list already is refused, which is why that is never tried.",
        "The names that getSuffixes reserves for commands to a list.",
    ),
    fields=(
        Text(
            "name",
            "Name of the mailing list, the part of its address before the @.",
            ("name",),
            form=login_name,
            immutable=True,
        ),
        owner("mailing list"),
        _text("description", "Free text about the mailing list.", "description"),
        Text(
            "language",
            "Code of the language in which the server writes to members and moderators, for instance V(en). A new list "
            "gets the server's choice unless one is given.",
            ("languageId",),
            form=str.strip,
            fold=True,
            server_decides=True,
        ),
        TextSet(
            "members",
            "Login names of all members that are users in the domain of the list, and addresses of all others. Who is "
            "not named is removed, unless O(append) is set.",
            form=_person,
            on_create=[],
            append_option=APPEND.name,
            reference=Reference("user", optional=True),
        ),
        TextSet(
            "moderators",
            "All moderators, named like O(members). They do not get what is posted unless they are members too. Who is "
            "not named is removed, unless O(append) is set.",
            form=_person,
            on_create=[],
            append_option=APPEND.name,
            reference=Reference("user", optional=True),
        ),
        _text(
            "welcome_text", "Text of the message that new members get; an empty text for none.", "welcomeString", _lines
        ),
        _text("footer", "Text below every message of the list; an empty text for none.", "footerString", _lines),
        Struct(
            "subscription",
            "How people get on the list by themselves, with a message to the server.",
            fields=(
                _choice(
                    "policy",
                    "Whether they may: V(allowed), V(moderated) with the consent of a moderator, or V(denied).",
                    _PERMISSIONS,
                    "denied",
                    "subscription",
                    "type",
                ),
                _flag(
                    "moderator_review", "Whether moderators review subscriptions.", "subscription", "moderatorReview"
                ),
                _flag(
                    "moderator_notification",
                    "Whether moderators are told of subscriptions.",
                    "subscription",
                    "moderatorNotification",
                ),
            ),
        ),
        Struct(
            "posting",
            "Who may write to the list.",
            fields=(
                _choice(
                    "members",
                    "Whether members may: V(allowed), V(moderated) with the consent of a moderator, or V(denied).",
                    _PERMISSIONS,
                    "allowed",
                    "posting",
                    "memberPosting",
                ),
                _choice(
                    "non_members",
                    "Whether everybody else may, in the same words.",
                    _PERMISSIONS,
                    "denied",
                    "posting",
                    "nonMemberPosting",
                ),
                _choice(
                    "moderators",
                    "Whether moderators may: V(allowed), V(moderated), or V(as_members) for what holds for them as "
                    "members or others.",
                    _MODERATORS,
                    "allowed",
                    "posting",
                    "moderatorPosting",
                ),
                _flag(
                    "notify_author",
                    "Whether authors are told what became of a message that needs consent.",
                    "posting",
                    "userPostingNotification",
                ),
                _flag(
                    "errors_to_moderators",
                    "Whether moderators get the reports about messages that could not be delivered.",
                    "posting",
                    "sendErrorsToModerator",
                ),
            ),
        ),
        _choice(
            "reply_to",
            "Where replies go to: to the V(sender) of the message, to the V(list), to V(sender_and_list), or to the "
            "V(other_address) in O(reply_address).",
            _REPLY_TO,
            "sender",
            "replyTo",
        ),
        Text(
            "reply_address",
            "Address that replies go to with O(reply_to=other_address); an empty text for none.",
            ("otherAddress",),
            form=_address_or_none,
            fold=True,
            on_create="",
        ),
        _text(
            "subject_prefix", "Text in front of the subject of every message; an empty text for none.", "subjectPrefix"
        ),
        _flag(
            "hide_sender",
            "Whether messages show the address of the list instead of their sender's.",
            "hideSenderAddress",
        ),
        _flag("allow_empty_subject", "Whether messages without a subject are taken.", "allowEmptySubject"),
        ARCHIVE,
    ),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of the archive of the mailing list, without which it is not deleted.",
            on_create=False,
        ),
    ),
)
