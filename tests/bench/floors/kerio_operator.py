# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Extensions of Kerio Operator: created by batches, the same change by lists of ids, others by batches."""

from __future__ import annotations

from tests.bench.floors.common import Kerio, document, slices


def main() -> None:
    extensions = document()["extensions"]
    with Kerio("KERIO_OPERATOR", "/admin/api/jsonrpc/") as rpc:
        query = {"start": 0, "limit": -1, "orderBy": [{"columnName": "telNum", "direction": "Asc"}]}
        rows = rpc.call("Extensions.get", {"query": query})["sipExtensionList"]
        held = {row["telNum"]: row for row in rows}
        new = [
            {
                "telNum": each["number"],
                "sipUsername": each["number"],
                "description": each["description"],
                "sipPassword": each["sip_password"],
            }
            for each in extensions
            if each["number"] not in held
        ]
        rpc.batch("Extensions.create", [{"detail": detail} for detail in new])
        changed = {
            held[each["number"]]["parentId"]: each["description"]
            for each in extensions
            if each["number"] in held and held[each["number"]]["description"] != each["description"]
        }
        if len(set(changed.values())) == 1:
            text = next(iter(changed.values()))
            for some in slices(list(changed)):
                assert not rpc.call("Extensions.set", {"guids": some, "detail": {"description": text}})["errors"]
        else:
            rpc.batch(
                "Extensions.set", [{"guids": [guid], "detail": {"description": text}} for guid, text in changed.items()]
            )


if __name__ == "__main__":
    main()
