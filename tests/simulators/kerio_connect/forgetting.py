# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""References by id: when an account, a group or a domain goes, whatever points at it loses that reference."""

from __future__ import annotations

from tests.simulators.kerio_connect.defaults import NOBODY
from tests.simulators.kerio_connect.store import Store


def forget(store: Store, gone: str) -> None:
    """`gone`: the id of an entity that was just removed."""
    for user in store.users.values():
        user["userGroups"] = [group_id for group_id in user["userGroups"] if group_id != gone]
    for list_id, members in store.mailing_list_members.items():
        store.mailing_list_members[list_id] = [row for row in members if row["userId"] != gone]
    for mailing_list in store.mailing_lists.values():
        archive = mailing_list["archive"]
        readers = [row for row in archive["archiveReaderList"] if row["readerId"] != gone]
        mailing_list["archive"] = {**archive, "archiveReaderList": readers}
    for resource in store.resources.values():
        resource["resourceUsers"] = [row for row in resource["resourceUsers"] if row["id"] != gone]
        if resource["manager"]["id"] == gone:
            resource["manager"] = dict(NOBODY)
