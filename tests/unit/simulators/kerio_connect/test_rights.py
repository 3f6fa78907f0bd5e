# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may call what. Rights are checked before parameters, so no call here needs any."""

from __future__ import annotations

import pytest

from tests.simulators import KerioConnect
from tests.unit.simulators.kerio_connect.client import Failure, client_with_role, refused

ACCOUNT_WRITES = [
    *(f"Users.{verb}" for verb in ("create", "set", "remove")),
    *(f"Groups.{verb}" for verb in ("create", "set", "remove", "addMemberList", "removeMemberList")),
    *(f"Aliases.{verb}" for verb in ("create", "set", "remove")),
    *(f"MailingLists.{verb}" for verb in ("create", "set", "remove", "addMlUserList", "removeMlUserList")),
]
SERVER_WRITES = [
    *(f"Domains.{verb}" for verb in ("create", "set", "remove", "rename", "setSettings")),
    *(
        f"{kind}.{verb}"
        for kind in ("Resources", "IpAddressGroups", "TimeRanges")
        for verb in ("create", "set", "remove")
    ),
    *("Server.setRemoteAdministration", "Server.restart"),
]
READS = [
    *(f"{kind}.get" for kind in ("Users", "Domains", "Groups", "Aliases", "MailingLists", "Resources", "TimeRanges")),
    *("Aliases.check", "Aliases.getTargetList", "Aliases.getMailPublicFolderList"),
    *("MailingLists.getMlUserList", "MailingLists.getTrusteeTargetList", "MailingLists.getSuffixes"),
    *("Resources.getPrincipalList", "TimeRanges.getGroupList"),
    *(f"IpAddressGroups.{verb}" for verb in ("get", "getGroupList", "validateSet", "validateRemove")),
    *("Server.getRemoteAdministration", "Server.validateRemoteAdministration"),
]


def code_of(server: KerioConnect, role: str, method: str) -> int:
    """0 when there is no error."""
    try:
        client_with_role(server, role).call(method)
    except Failure as failure:
        return failure.code
    return 0


@pytest.mark.parametrize("method", ACCOUNT_WRITES)
def test_an_account_administrator_writes_accounts(server: KerioConnect, method: str) -> None:
    assert code_of(server, "AccountAdmin", method) == -32602


@pytest.mark.parametrize("method", SERVER_WRITES)
def test_an_account_administrator_writes_nothing_else(server: KerioConnect, method: str) -> None:
    assert code_of(server, "AccountAdmin", method) == 1004


@pytest.mark.parametrize("method", [*ACCOUNT_WRITES, *SERVER_WRITES])
def test_an_auditor_writes_nothing(server: KerioConnect, method: str) -> None:
    assert code_of(server, "Auditor", method) == 1004
    assert [record.call for record in server.writes] == [method]


@pytest.mark.parametrize("method", READS)
def test_an_auditor_reads(server: KerioConnect, method: str) -> None:
    assert code_of(server, "Auditor", method) != 1004
    assert server.writes == []


def test_a_user_without_a_role_is_no_administrator(server: KerioConnect) -> None:
    with refused(1004):
        client_with_role(server, "UserRole")
