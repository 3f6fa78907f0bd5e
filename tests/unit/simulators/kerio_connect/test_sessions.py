# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions, and what each role may do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import KerioConnect
from tests.unit.simulators.kerio_connect.client import APPLICATION, Client, client_with_role, refused

# Session


def test_login_gives_a_token_and_the_session_cookie_first(anybody: Client) -> None:
    anybody.server.settings.token_cookie = True
    params = {"userName": "admin", "password": anybody.server.admin_password, "application": APPLICATION}
    answer = anybody.post({"id": 1, "method": "Session.login", "params": params})
    token = answer.json()["result"]["token"]
    assert len(token) == 64
    cookies = answer.raw.headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["SESSION_CONNECT_WEBADMIN", "TOKEN_CONNECT_WEBADMIN"]
    assert cookies[0].split("=")[1].split(";")[0].isalnum()


def test_cookie_and_token_are_both_needed(admin: Client) -> None:
    assert admin.call("Session.whoAmI")["userDetails"]["loginName"] == "admin"
    token = admin.http.headers.pop("X-Token")
    with refused(-32001):
        admin.call("Session.whoAmI")
    admin.http.headers["X-Token"] = "0" * 64
    with refused(-32001):
        admin.call("Session.whoAmI")
    admin.http.headers["X-Token"] = token
    admin.http.cookies.clear()
    with refused(-32001):
        admin.call("Session.whoAmI")


def test_token_in_the_body_counts_only_by_switch(admin: Client) -> None:
    body = {"id": 1, "method": "Session.whoAmI", "token": admin.http.headers.pop("X-Token")}
    assert admin.post(body).json()["error"]["code"] == -32001
    admin.server.settings.accept_body_token = True
    assert "result" in admin.post(body).json()


def test_cookie_sent_back_with_its_attributes(admin: Client) -> None:
    cookie = admin.http.cookies["SESSION_CONNECT_WEBADMIN"]
    admin.http.cookies.clear()
    headers = {"Cookie": f"SESSION_CONNECT_WEBADMIN={cookie}; Path=/; Secure; HttpOnly"}
    assert "result" in admin.post({"id": 1, "method": "Session.whoAmI"}, headers=headers).json()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "wrong"}, 1000),
        ({"userName": "nobody"}, 1000),
        ({"userName": "admin@example.org"}, 1000),
        ({"application": "ansible"}, -32602),
        ({"password": 1}, -32602),
        ({"userName": "bob", "password": "bob-2-Secret"}, 1004),
    ],
)
def test_refused_logins(anybody: Client, change: dict[str, Any], code: int) -> None:
    params = {"userName": "admin", "password": anybody.server.admin_password, "application": APPLICATION, **change}
    with refused(code):
        anybody.call("Session.login", params)
    assert anybody.server.open_sessions == 0


def test_login_with_domain_and_without_regard_to_case(anybody: Client) -> None:
    anybody.login("Admin@EXAMPLE.com")
    anybody.server.store.user("admin")["isEnabled"] = False
    with refused(1000):
        anybody.login()


def test_role_of_a_group_is_enough_to_log_in(server: KerioConnect, anybody: Client) -> None:
    server.store.group("staff")["role"] = "Auditor"
    anybody.login("alice", "alice-1-Secret")
    assert anybody.call("Session.whoAmI")["userDetails"]["effectiveRole"]["userRole"] == "Auditor"


def test_logout_ends_the_session_once(admin: Client) -> None:
    assert admin.server.open_sessions == 1
    assert admin.call("Session.logout")["redirectUrl"].endswith("/admin/login")
    assert admin.server.open_sessions == 0
    with refused(-32001):
        admin.call("Session.logout")
    assert [record.call for record in admin.server.requests if record.logout] == ["Session.logout"] * 2
    assert admin.server.writes == []


def test_idle_session_expires(admin: Client) -> None:
    admin.server.clock.advance(1700)
    admin.call("Session.whoAmI")
    admin.server.clock.advance(1700)
    admin.call("Session.whoAmI")
    admin.server.clock.advance(1801)
    assert admin.server.open_sessions == 0
    with refused(-32001):
        admin.call("Session.whoAmI")


def test_account_is_locked_after_failures_and_unlocked_by_time(anybody: Client) -> None:
    anybody.server.settings.lockout_after = 2
    for _attempt in range(2):
        with refused(1000):
            anybody.login("admin", "wrong")
    with refused(1000):
        anybody.login()
    anybody.server.clock.advance(301)
    anybody.login()


def test_builtin_administrator_has_no_ids(anybody: Client) -> None:
    anybody.server.settings.builtin_admin = True
    details = anybody.login().call("Session.whoAmI")["userDetails"]
    assert (details["id"], details["effectiveRole"]["userRole"]) == ("", "BuiltInAdmin")
    assert anybody.create_user("carol")["errors"] == []


def test_domain_of_the_session_shows_its_password_policy(admin: Client) -> None:
    admin.server.store.domain("example.com")["passwordMinimumLength"] = 9
    domain = admin.call("Session.getDomain")["domain"]
    assert (domain["name"], domain["passwordMinimumLength"]) == ("example.com", 9)
    assert "aliasList" not in domain


# Roles


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("Users.create", {"users": []}),
        ("Users.set", {"userIds": [], "pattern": {}}),
        ("Users.remove", {"requests": []}),
        ("Groups.create", {"groups": []}),
        ("Groups.addMemberList", {"groupId": "", "userList": []}),
        ("Aliases.remove", {"aliasIds": []}),
        ("Domains.set", {"domainIds": [], "pattern": {}}),
        ("AccessPolicy.createGroupList", {"groups": []}),
    ],
)
def test_auditor_may_not_write(server: KerioConnect, method: str, params: dict[str, Any]) -> None:
    auditor = client_with_role(server, "Auditor")
    with refused(1004):
        auditor.call(method, params)
    batch = auditor.call("Batch.run", {"commandList": [{"method": method, "params": params}]})
    assert batch[0]["error"]["code"] == 1004


def test_auditor_reads(server: KerioConnect) -> None:
    auditor = client_with_role(server, "Auditor")
    assert len(auditor.get()) == 4
    assert {row["isWritableByMe"] for row in auditor.get()} == {False}
    assert auditor.call("AccessPolicy.getGroupList")["groups"]


def test_account_admin_stays_in_the_own_domain_and_below_full_admins(server: KerioConnect) -> None:
    deputy = client_with_role(server, "AccountAdmin")
    assert deputy.set_user("bob", fullName="Robert") == []
    assert deputy.set_user("admin", fullName="Nobody")[0]["code"] == 1004
    assert deputy.create_user("carol", "example.org")["errors"][0]["code"] == 1004
    full = {"userRole": "FullAdmin", "publicFolderRight": False, "archiveFolderRight": False}
    assert deputy.set_user("bob", role=full)[0]["code"] == 1004
    assert [row["name"] for row in deputy.get("Domains")] == ["example.com"]
    with refused(1004):
        deputy.get("Users", "example.org")
    with refused(1004):
        deputy.call("Domains.create", {"domains": [{"name": "more.example"}]})
    server.settings.account_admin_scope = "all"
    assert deputy.create_user("carol", "example.org")["errors"] == []
