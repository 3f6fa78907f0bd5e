# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated Kerio Connect keeps mailing lists and resources (kerio_connect.md 3.5, 3.6): people by id, in
tables of their own or among the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.simulators.kerio_connect.store import Entity, Store
from tests.unit.matrix.stores import Keeper, Place, as_json, plain, words
from tests.unit.matrix.systems.kerio_connect.values import address_of, domain_of, in_domain, without


def _list(store: Store, key: Mapping[str, Any]) -> Entity | None:
    found = in_domain(store, store.mailing_lists, key)
    return found[0] if found else None


def _with_people(store: Store, row: Entity) -> dict[str, Any]:
    people = store.mailing_list_members[row["id"]]
    return {**row, **{kind: [each for each in people if each["kind"] == kind] for kind in ("Member", "Moderator")}}


def _rest_of_lists(store: Store, own: Any) -> str:
    identity = own["id"] if own else ""
    people = {key: rows for key, rows in store.mailing_list_members.items() if key != identity}
    lists = without(store.mailing_lists, identity)
    return as_json({**vars(store), "mailing_lists": lists, "mailing_list_members": people})


def _people(value: Any, store: Store) -> list[str]:
    """Whole addresses, of users of this server too."""
    return sorted(
        address_of(store, store.users[row["userId"]]) if row["userId"] else row["emailAddress"].lower() for row in value
    )


def _readers(kind: str, table: str) -> Callable[[Any, Any], list[str]]:
    return lambda value, store: sorted(
        address_of(store, getattr(store, table)[row["readerId"]]) for row in value if row["kind"] == kind
    )


_PERMISSIONS = words(allowed="Allowed", moderated="Moderated", denied="Denied")
MAILING_LIST = Keeper(
    find=_list,
    raw=_with_people,
    rest=_rest_of_lists,
    places={
        ("name",): plain("name"),
        ("domain",): domain_of,
        ("description",): plain("description"),
        ("language",): plain("languageId"),
        ("members",): Place(("Member",), _people),
        ("moderators",): Place(("Moderator",), _people),
        ("welcome_text",): plain("welcomeString"),
        ("footer",): plain("footerString"),
        ("subscription", "policy"): Place(("subscription", "type"), _PERMISSIONS),
        ("subscription", "moderator_review"): plain("subscription", "moderatorReview"),
        ("subscription", "moderator_notification"): plain("subscription", "moderatorNotification"),
        ("posting", "members"): Place(("posting", "memberPosting"), _PERMISSIONS),
        ("posting", "non_members"): Place(("posting", "nonMemberPosting"), _PERMISSIONS),
        ("posting", "moderators"): Place(
            ("posting", "moderatorPosting"),
            words(allowed="PostAllowed", moderated="PostModerated", as_members="PostAccordingMembership"),
        ),
        ("posting", "notify_author"): plain("posting", "userPostingNotification"),
        ("posting", "errors_to_moderators"): plain("posting", "sendErrorsToModerator"),
        ("reply_to",): Place(
            ("replyTo",),
            words(sender="Sender", list="ThisList", sender_and_list="SenderThisList", other_address="OtherAddress"),
        ),
        ("reply_address",): plain("otherAddress"),
        ("subject_prefix",): plain("subjectPrefix"),
        ("hide_sender",): plain("hideSenderAddress"),
        ("allow_empty_subject",): plain("allowEmptySubject"),
        ("archive", "enabled"): plain("archive", "keepArchive"),
        ("archive", "logged_in_only"): plain("archive", "archiveOnlyForLogged"),
        ("archive", "users"): Place(("archive", "archiveReaderList"), _readers("TrusteeUser", "users")),
        ("archive", "groups"): Place(("archive", "archiveReaderList"), _readers("TrusteeGroup", "groups")),
    },
    defaults={
        ("description",): "",
        ("members",): [],
        ("moderators",): [],
        ("welcome_text",): "",
        ("footer",): "",
        ("subscription", "policy"): "denied",
        ("subscription", "moderator_review"): False,
        ("subscription", "moderator_notification"): False,
        ("posting", "members"): "allowed",
        ("posting", "non_members"): "denied",
        ("posting", "moderators"): "allowed",
        ("posting", "notify_author"): False,
        ("posting", "errors_to_moderators"): False,
        ("reply_to",): "sender",
        ("reply_address",): "",
        ("subject_prefix",): "",
        ("hide_sender",): False,
        ("allow_empty_subject",): False,
        ("archive", "enabled"): False,
        ("archive", "logged_in_only"): False,
        ("archive", "users"): [],
        ("archive", "groups"): [],
    },
)


def _resource(store: Store, key: Mapping[str, Any]) -> Entity | None:
    found = in_domain(store, store.resources, key)
    return found[0] if found else None


def _rest_of_resources(store: Store, own: Any) -> str:
    return as_json({**vars(store), "resources": without(store.resources, own["id"] if own else "")})


def _has(kind: str) -> Callable[[Any, Any], bool]:
    return lambda value, _store: any(row["type"] == kind for row in value)


def _named(kind: str, table: str) -> Callable[[Any, Any], list[str]]:
    return lambda value, store: sorted(
        address_of(store, getattr(store, table)[row["id"]]) for row in value if row["type"] == kind
    )


def _domains(value: Any, store: Store) -> list[str]:
    return sorted(store.domains[row["id"]]["name"] for row in value if row["type"] == "AuthDomainPrincipal")


def _manager(kind: str, table: str) -> Callable[[Any, Any], str]:
    """One that stands for nobody has no id."""
    return lambda value, store: address_of(store, getattr(store, table)[value["id"]]) if value["type"] == kind else ""


RESOURCE = Keeper(
    find=_resource,
    raw=lambda _store, resource: resource,
    rest=_rest_of_resources,
    places={
        ("name",): plain("name"),
        ("domain",): domain_of,
        ("description",): plain("description"),
        ("type",): Place(("type",), words(room="Room", equipment="Equipment")),
        ("enabled",): plain("isEnabled"),
        ("reservable_by", "anyone"): Place(("resourceUsers",), _has("AnyonePrincipal")),
        ("reservable_by", "all_users"): Place(("resourceUsers",), _has("AuthUserPrincipal")),
        ("reservable_by", "domains"): Place(("resourceUsers",), _domains),
        ("reservable_by", "users"): Place(("resourceUsers",), _named("UserPrincipal", "users")),
        ("reservable_by", "groups"): Place(("resourceUsers",), _named("GroupPrincipal", "groups")),
        ("manager",): Place(("manager",), _manager("UserPrincipal", "users")),
        ("manager_group",): Place(("manager",), _manager("GroupPrincipal", "groups")),
    },
    defaults={
        ("description",): "",
        ("type",): "room",
        ("enabled",): True,
        ("reservable_by", "anyone"): False,
        ("reservable_by", "all_users"): False,
        ("reservable_by", "domains"): [],
        ("reservable_by", "users"): [],
        ("reservable_by", "groups"): [],
        ("manager",): "",
        ("manager_group",): "",
    },
)
