# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface MailingLists but for members (fact sheet kerio_connect.md 3.5)."""

from __future__ import annotations

import functools
import re
from typing import Any

from tests.simulators.kerio_connect import defaults, principals, query
from tests.simulators.kerio_connect.addresses import check_collisions
from tests.simulators.kerio_connect.domain_rows import rows_of_domain
from tests.simulators.kerio_connect.errors import exists, failed, missing
from tests.simulators.kerio_connect.list_structures import MAILING_LIST, TRUSTEE_TARGET
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import SEARCH_QUERY
from tests.simulators.kerio_connect.writing import check_needed, laid_over, writable
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, ListOf

# The left side of the list's address.
NAME = re.compile(r'[^\s@"<>:;,\\/*?]{1,64}')


def _read_member(context: Context, row: Entity, name: str) -> Any:
    if name == "id" and row["homeServer"]["id"] and context.settings.remote_list_ids == "empty":
        return ""
    if name == "membersCount":
        members = context.store.mailing_list_members[row["id"]]
        everybody = context.settings.list_members_count == "all"
        return sum(everybody or member["kind"] == "Member" for member in members)
    if name == "archive":
        readers = [principals.trustee_row(context, reader) for reader in row["archive"]["archiveReaderList"]]
        return {**row["archive"], "archiveReaderList": readers}
    return row[name]


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = rows_of_domain(context, context.store.mailing_lists, params["domainId"])
    value_of = functools.partial(_read_member, context)
    return query.run(rows, params["query"], MAILING_LIST, context.settings, value_of)


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    check_needed(MAILING_LIST, params["mailingLists"], "mailingLists")
    return in_bulk(context, params["mailingLists"], functools.partial(_create_one, context))


def _create_one(context: Context, given: Entity) -> Entity:
    store, domain_id, name = context.store, given["domainId"], given["name"]
    if domain_id not in store.domains:
        raise missing(context.settings, "The domain", domain_id)
    context.check_domain(domain_id)
    if not NAME.fullmatch(name) or name.lower().endswith(context.settings.list_suffixes):
        raise failed("The name %1 of a mailing list is invalid.", about=name)
    for other in store.mailing_lists.values():
        if other["domainId"] == domain_id and other["name"].lower() == name.lower():
            raise exists(context.settings, "Mailing list", name)
    check_collisions(context, domain_id, [name], "")
    row = {**defaults.mailing_list(), "id": store.new_id("mailinglist", domain_id)}
    _apply(context, row, given, creating=True)
    store.mailing_lists[row["id"]] = row
    store.mailing_list_members[row["id"]] = []
    return row


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def set_one(list_id: str) -> None:
        changed = dict(find(context, list_id))
        _apply(context, changed, params["pattern"])
        context.store.mailing_lists[list_id] = changed

    return errors_of(context, params["mlIds"], set_one)


def _apply(context: Context, row: Entity, given: Entity, *, creating: bool = False) -> None:
    for name, value in writable(context, MAILING_LIST, row, given, creating=creating):
        readers = row["archive"]["archiveReaderList"]
        row[name] = laid_over(context, MAILING_LIST.members[name].type, row[name], value)
        if name == "archive" and "archiveReaderList" in value:
            new = [principals.accepted_trustee(context, reader) for reader in value["archiveReaderList"]]
            kept = readers if context.settings.referenced_lists == "merge" else []
            row[name]["archiveReaderList"] = [*kept, *(reader for reader in new if reader not in kept)]
    if context.settings.list_reply_address == "needed" and row["replyTo"] == "OtherAddress" and not row["otherAddress"]:
        raise failed("Replies to another address need that address.")


def find(context: Context, list_id: str) -> Entity:
    """A mailing list that the caller may see. Raises RpcError 1002 or 1004."""
    row = context.store.mailing_lists.get(list_id)
    if row is None:
        raise missing(context.settings, "The mailing list", list_id)
    context.check_domain(row["domainId"])
    return row


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def remove_one(list_id: str) -> None:
        row = find(context, list_id)
        del context.store.mailing_lists[row["id"]]
        del context.store.mailing_list_members[row["id"]]

    return errors_of(context, params["mlIds"], remove_one)


def get_suffixes(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"suffixes": list(context.settings.list_suffixes)}


def get_trustee_target_list(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = principals.trustee_candidates(context, params["domainId"])
    return query.run(rows, params["query"], TRUSTEE_TARGET, context.settings, lambda row, name: row[name])


METHODS = {
    "MailingLists.get": Method(get, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}),
    "MailingLists.create": Method(create, Access.ACCOUNTS, {"mailingLists": ListOf(MAILING_LIST)}),
    "MailingLists.set": Method(set_, Access.ACCOUNTS, {"mlIds": ListOf(KID), "pattern": MAILING_LIST}),
    "MailingLists.remove": Method(remove, Access.ACCOUNTS, {"mlIds": ListOf(KID)}),
    "MailingLists.getSuffixes": Method(get_suffixes, Access.READ),
    "MailingLists.getTrusteeTargetList": Method(
        get_trustee_target_list, Access.READ, {"query": SEARCH_QUERY, "domainId": KID}
    ),
}
