# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may reserve a resource, and who may read a list's archive: references in the store, full rows on the wire.

Fact sheet kerio_connect.md 3.5 (Trustee) and 3.6 (PrincipalDescription).
"""

from __future__ import annotations

from tests.simulators.kerio_connect.defaults import NOBODY
from tests.simulators.kerio_connect.domain_rows import rows_of_domain
from tests.simulators.kerio_connect.errors import missing
from tests.simulators.kerio_connect.list_structures import PRINCIPAL
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity, Store
from tests.simulators.kerio_web.wire_types import invalid, zero

# Principals that stand for themselves: their id is always empty.
WITHOUT_ID = ("AuthUserPrincipal", "AnyonePrincipal", "NonePrincipal")
USER_MEMBERS = ("fullName", "description", "isEnabled", "itemSource", "homeServer")


def _table(store: Store, kind: str) -> dict[str, Entity]:
    """The entities that principals and trustees of this type refer to."""
    if kind == "AuthDomainPrincipal":
        return store.domains
    return store.users if kind in ("UserPrincipal", "TrusteeUser") else store.groups


def accepted_principal(context: Context, given: Entity, where: str) -> Entity:
    """-> {type, id}, all that counts of what a client sends. Raises RpcError 1002, -32602."""
    if "type" not in given:
        raise invalid(f"{where}.type", "missing")
    kind = given["type"]
    if kind in WITHOUT_ID:
        return {"type": kind, "id": ""}
    identifier = given.get("id", "")
    if identifier not in _table(context.store, kind):
        raise missing(context.settings, "The principal", identifier)
    return {"type": kind, "id": identifier}


def accepted_trustee(context: Context, given: Entity) -> Entity:
    """-> {kind, readerId}. Raises RpcError 1002, -32602."""
    for name in ("kind", "readerId"):
        if name not in given:
            raise invalid(f"archiveReaderList.{name}", "missing")
    if given["readerId"] not in _table(context.store, given["kind"]):
        raise missing(context.settings, "The archive reader", given["readerId"])
    return {"kind": given["kind"], "readerId": given["readerId"]}


def principal_row(context: Context, reference: Entity) -> Entity:
    """A principal as it is read; one whose entity is gone is nobody."""
    return dict(reference) if context.settings.principal_rows == "reference" else _described(context, reference)


def _described(context: Context, reference: Entity) -> Entity:
    row: Entity = {**zero(PRINCIPAL), **reference}
    if reference["type"] in WITHOUT_ID:
        return row
    entity = _table(context.store, reference["type"]).get(reference["id"])
    if entity is None:
        return {**row, **NOBODY}
    if reference["type"] == "AuthDomainPrincipal":
        return {**row, "name": entity["name"], "domainName": entity["name"], "isEnabled": True}
    return {**row, **_account(context, entity), "domainName": context.store.domains[entity["domainId"]]["name"]}


def trustee_row(context: Context, reference: Entity) -> Entity:
    """An archive reader as it is read; one whose account is gone has no name."""
    entity = _table(context.store, reference["kind"]).get(reference["readerId"])
    described = (
        _account(context, entity) if entity else {"name": "", "isEnabled": False, "itemSource": "DSInternalSource"}
    )
    shown = {name: described[name] for name in ("isEnabled", "itemSource")}
    return {**reference, "displayString": described["name"], **shown}


def _account(context: Context, entity: Entity) -> Entity:
    """What principals and trustees tell of a user or a group."""
    if "loginName" in entity:
        return {"name": entity["loginName"], **{name: entity[name] for name in USER_MEMBERS}}
    return {
        "name": f"[{entity['name']}]" if context.settings.bracketed_groups else entity["name"],
        "fullName": "",
        "description": entity["description"],
        "isEnabled": True,
        "itemSource": entity["itemSource"],
        "homeServer": {"id": "", "name": ""},
    }


def principal_candidates(context: Context, domain_id: str) -> list[Entity]:
    """Rows for everything that can be chosen for a resource of this domain."""
    users = rows_of_domain(context, context.store.users, domain_id)
    groups = rows_of_domain(context, context.store.groups, domain_id)
    references = [
        {"type": "AuthDomainPrincipal", "id": domain_id},
        {"type": "AuthUserPrincipal", "id": ""},
        {"type": "AnyonePrincipal", "id": ""},
        *({"type": "UserPrincipal", "id": row["id"]} for row in users),
        *({"type": "GroupPrincipal", "id": row["id"]} for row in groups),
    ]
    return [_described(context, reference) for reference in references]


def trustee_candidates(context: Context, domain_id: str) -> list[Entity]:
    users = rows_of_domain(context, context.store.users, domain_id)
    groups = rows_of_domain(context, context.store.groups, domain_id)
    rows = [("TrusteeUser", row) for row in users] + [("TrusteeGroup", row) for row in groups]
    return [{"id": row["id"], "type": kind, **_account(context, row)} for kind, row in rows]
