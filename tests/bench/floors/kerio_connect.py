# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of one domain of Kerio Connect: created by lists, the same change by lists of ids, others by batches."""

from __future__ import annotations

from collections import defaultdict

from tests.bench.floors.common import Kerio, Row, document, slices

UNITS = {"M": "MegaBytes", "G": "GigaBytes"}
FIELDS = ["id", "loginName", "fullName", "description", "emailAddresses", "userGroups", "diskSizeLimit"]


def main() -> None:
    users = document()["users"]
    with Kerio("KERIO_CONNECT", "/admin/api/jsonrpc/") as rpc:
        everything = {"fields": ["id", "name"], "start": 0, "limit": -1, "orderBy": []}
        domains = rpc.call("Domains.get", {"query": everything})["list"]
        domain = next(row["id"] for row in domains if row["name"] == users[0]["domain"])
        groups = rpc.call("Groups.get", {"domainId": domain, "query": everything})["list"]
        found = rpc.call("Users.get", {"domainId": domain, "query": {**everything, "fields": FIELDS}})["list"]
        held = {row["loginName"]: row for row in found}
        ids = {row["name"]: row["id"] for row in groups}
        new: list[Row] = []
        patterns: dict[str, Row] = {}
        changed: dict[str, list[str]] = defaultdict(list)
        for user in users:
            row = held.get(user["name"])
            wanted = wire(user, ids)
            if row is None:
                new.append({**wanted, "loginName": user["name"], "domainId": domain, "password": user["password"]})
                continue
            row = {**row, "userGroups": [{"id": group["id"]} for group in row["userGroups"]]}
            pattern = {name: value for name, value in wanted.items() if row[name] != value}
            if pattern:
                patterns[str(pattern)] = pattern
                changed[str(pattern)].append(row["id"])
        for part in slices(new):
            assert not rpc.call("Users.create", {"users": part})["errors"]
        if len(patterns) == 1:
            key = next(iter(patterns))
            for some in slices(changed[key]):
                assert not rpc.call("Users.set", {"userIds": some, "pattern": patterns[key]})["errors"]
        else:
            rpc.batch("Users.set", [{"userIds": changed[key], "pattern": each} for key, each in patterns.items()])


def wire(user: Row, groups: dict[str, str]) -> Row:
    size = {"value": int(user["quota"][:-1]), "units": UNITS[user["quota"][-1]]}
    return {
        "fullName": user["full_name"],
        "description": user["description"],
        "emailAddresses": user["email_addresses"],
        "userGroups": [{"id": groups[name]} for name in user["groups"]],
        "diskSizeLimit": {"isActive": True, "limit": size},
    }


if __name__ == "__main__":
    main()
