# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in to the client interface, and what a user finds about the own account."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault, KerioConnect, KerioWebmail, KerioWebmailSettings
from tests.simulators.kerio_webmail.simulator import ENDPOINT, METHODS
from tests.unit.simulators.kerio_web import APPLICATION, KerioClient, refused
from tests.unit.simulators.kerio_webmail.client import WebmailClient

# Envelope and session


@pytest.mark.parametrize("path", [ENDPOINT, f"{ENDPOINT}/"])
@pytest.mark.parametrize("params", [None, {}, [], "", "missing"])
def test_calls_are_read_tolerantly(alice: WebmailClient, path: str, params: Any) -> None:
    body = {"id": "1", "method": "Session.canUserChangePassword", "params": params}
    if params == "missing":
        del body["params"]
    assert alice.post(body, path).json() == {"jsonrpc": "2.0", "id": "1", "result": {"isEligible": True}}


def test_administration_is_not_served_here(alice: WebmailClient) -> None:
    assert alice.post({"id": 1, "method": "Session.whoAmI"}, "/admin/api/jsonrpc/").status_code == 404
    with refused(-32601):
        alice.call("Users.get", {"query": {}})
    assert alice.http.get(f"{alice.server.url}{ENDPOINT}/").status_code == 405


def test_login_gives_a_token_and_the_session_cookie_first(anybody: WebmailClient) -> None:
    anybody.server.settings.token_cookie = True
    params = {"userName": "alice", "password": anybody.server.user_password, "application": APPLICATION}
    answer = anybody.post({"id": 1, "method": "Session.login", "params": params})
    assert len(answer.json()["result"]["token"]) == 64
    cookies = answer.raw.headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["SESSION_CONNECT_WEBMAIL", "TOKEN_CONNECT_WEBMAIL"]


def test_cookie_and_token_are_both_needed(alice: WebmailClient) -> None:
    token = alice.http.headers.pop("X-Token")
    with refused(-32001):
        alice.call("Filters.get")
    alice.http.headers["X-Token"] = token
    alice.http.cookies.clear()
    with refused(-32001):
        alice.call("Filters.get")


@pytest.mark.parametrize(
    ("form", "accepted"),
    [
        ("either", {"alice", "Alice@EXAMPLE.com", "olga@example.org"}),
        ("with_domain", {"Alice@EXAMPLE.com", "olga@example.org"}),
        ("local_part", {"alice"}),
    ],
)
def test_names_of_logins(anybody: WebmailClient, form: Any, accepted: set[str]) -> None:
    anybody.server.settings.login_names = form
    for name in ("alice", "Alice@EXAMPLE.com", "olga@example.org", "olga", "alice@example.org"):
        password = "olga-3-Secret" if name.startswith("olga") else anybody.server.user_password
        if name in accepted:
            anybody.open_session(name, password)
        else:
            with refused(1000):
                anybody.open_session(name, password)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "wrong"}, 1000),
        ({"password": ""}, 1000),
        ({"userName": "x"}, 1000),
        ({"application": "a"}, -32602),
    ],
)
def test_refused_logins(anybody: WebmailClient, change: dict[str, Any], code: int) -> None:
    params = {"userName": "bob", "password": "bob-2-Secret", "application": APPLICATION, **change}
    with refused(code):
        anybody.call("Session.login", params)
    assert anybody.server.open_sessions == 0


def test_master_password_opens_every_account_when_there_is_one(anybody: WebmailClient) -> None:
    with refused(1000):
        anybody.open_session("bob", "master-1")
    anybody.server.settings.master_password = "master-1"
    anybody.open_session("bob", "master-1")
    assert anybody.call("Session.whoAmI")["userDetails"]["loginName"] == "bob@example.com"
    with refused(1000):
        anybody.open_session("nobody", "master-1")


def test_disabled_user_is_shut_out_at_once(alice: WebmailClient) -> None:
    alice.server.store.user("alice").is_enabled = False
    with refused(-32001):
        alice.call("Filters.get")
    assert alice.server.open_sessions == 0


def test_logout_ends_the_session_once(alice: WebmailClient) -> None:
    assert alice.server.open_sessions == 1
    assert alice.call("Session.logout")["redirectUrl"].endswith("/webmail/login/")
    assert alice.server.open_sessions == 0
    with refused(-32001):
        alice.call("Session.logout")


def test_idle_session_expires_and_the_account_is_locked_after_failures(alice: WebmailClient) -> None:
    alice.server.clock.advance(1801)
    with refused(-32001):
        alice.call("Session.whoAmI")
    alice.server.settings.lockout_after = 1
    with refused(1000):
        alice.open_session("alice", "wrong")
    with refused(1000):
        alice.open_session("alice", alice.server.user_password)
    alice.server.clock.advance(301)
    alice.open_session("alice", alice.server.user_password)


def test_session_of_the_administration_is_none_here(alice: WebmailClient) -> None:
    with KerioConnect() as administration:
        admin = KerioClient(administration)
        admin.open_session("admin", administration.admin_password)
        alice.http.headers["X-Token"] = str(admin.http.headers["X-Token"])
        headers = {"Cookie": f"SESSION_CONNECT_WEBMAIL={admin.http.cookies['SESSION_CONNECT_WEBADMIN']}"}
        alice.http.cookies.clear()
        answer = alice.post({"id": 1, "method": "Session.whoAmI"}, headers=headers)
        assert answer.json()["error"]["code"] == -32001
        admin.http.close()


def test_every_method_but_login_needs_a_session(anybody: WebmailClient) -> None:
    for method in METHODS.keys() - {"Session.login"}:
        with refused(-32001):
            anybody.call(method)


def test_log_knows_reads_from_writes() -> None:
    for name, method in METHODS.items():
        assert method.is_write is name.partition(".")[2].startswith("set"), name


# The account


def test_user_writes_two_members_of_the_own_details(alice: WebmailClient) -> None:
    details = alice.call("Session.whoAmI")["userDetails"]
    assert details["emails"] == ["alice@example.com", "alice.example@example.com"]
    assert (details["loginName"], details["preferredAddress"]) == ("alice@example.com", "alice@example.com")
    alice.call("Session.setUserInfo", {"userDetails": {"replyToAddress": "team@example.com", "fullName": "Nobody"}})
    changed = alice.call("Session.whoAmI")["userDetails"]
    assert changed == {**details, "replyToAddress": "team@example.com"}
    alice.server.settings.member_left_out = "default"
    alice.call("Session.setUserInfo", {"userDetails": {"preferredAddress": "alice@example.com"}})
    assert alice.call("Session.whoAmI")["userDetails"] == details


def test_password_is_changed_with_the_old_one(alice: WebmailClient) -> None:
    settings, old = alice.server.settings, alice.server.user_password
    settings.minimum_password_length = 8
    for current, new in [("wrong", "long-enough"), (old, "short"), (old, "")]:
        with refused(4002):
            alice.call("Session.setPassword", {"currentPassword": current, "newPassword": new})
    settings.may_change_password = False
    assert alice.call("Session.canUserChangePassword") == {"isEligible": False}
    with refused(4002):
        alice.call("Session.setPassword", {"currentPassword": old, "newPassword": "long-enough"})
    settings.may_change_password = True
    assert alice.call("Session.setPassword", {"currentPassword": old, "newPassword": "long-enough"}) == {}
    with refused(1000):
        alice.open_session("alice", old)
    alice.open_session("alice", "long-enough")


def test_quota_zones_and_languages(alice: WebmailClient) -> None:
    quota = alice.call("Session.getQuotaInformation")["quotaInfo"]
    assert (quota["messagesLimit"], quota["messagesUsed"], quota["spaceLimit"]) == (0, 120, 1024**3)
    assert "Europe/Berlin" in alice.call("Session.getAvailableTimeZones")["zones"]
    assert {"name", "code", "shortCode"} == set(alice.call("Session.getAvailableLanguages")["languages"][0])


def test_spam_settings_may_be_sent_in_part(alice: WebmailClient) -> None:
    settings = {"isEnabled": True, "whiteListContacts": True, "whiteList": ["friend@example.net"]}
    alice.call("Session.setSpamSettings", {"settings": settings})
    alice.call("Session.setSpamSettings", {"settings": {"whiteListContacts": False}})
    expected = {**settings, "whiteListContacts": False, "autoupdateWhiteList": False}
    assert alice.call("Session.getSpamSettings") == {"settings": expected}
    alice.server.settings.member_left_out = "default"
    alice.call("Session.setSpamSettings", {"settings": {"isEnabled": True}})
    assert alice.call("Session.getSpamSettings")["settings"]["whiteList"] == []


def test_settings_of_the_interface_in_both_forms(alice: WebmailClient) -> None:
    query = {"query": [["webmail", "lang"], ["webmail", "unknown"]]}
    alice.call("Session.setSettings", {"settings": {"webmail": {"lang": "de", "pageSize": 50}}})
    alice.call("Session.setSettings", {"settings": '{"webmail": {"pageSize": 20}}'})
    assert alice.call("Session.getSettings", query) == {"settings": {"webmail": {"lang": "de"}}}
    assert alice.call("Session.getSettings", {"query": [["webmail"]]})["settings"]["webmail"]["pageSize"] == 20
    alice.server.settings.ui_settings = "text"
    assert alice.call("Session.getSettings", query) == {"settings": '{"webmail": {"lang": "de"}}'}
    for wrong in ("{", "[]", 5):
        with refused(-32602):
            alice.call("Session.setSettings", {"settings": wrong})
    with refused(-32602):
        alice.call("Session.getSettings", {"query": ["webmail"]})


# Simulator


def test_reset_brings_the_start_back(alice: WebmailClient) -> None:
    server, before = alice.server, alice.server.environment
    start = server.store.snapshot()
    alice.call("Filters.set", {"currentDataStamp": server.store.user("alice").data_stamp, "filters": []})
    alice.call("Session.setPassword", {"currentPassword": server.user_password, "newPassword": "another"})
    server.settings.stale_stamp_code = 0
    server.reset()
    assert [rule["description"] for rule in server.store.filters_of("alice")] == ["Announcements", "Large messages"]
    assert server.store.snapshot().keys() == start.keys()
    assert (server.settings, server.open_sessions) == (KerioWebmailSettings(), 0)
    assert server.environment == before
    assert before.keys() == {f"KERIO_WEBMAIL_{name}" for name in ("URL", "USERNAME", "PASSWORD", "CA_PATH")}
    alice.open_session(before["KERIO_WEBMAIL_USERNAME"], before["KERIO_WEBMAIL_PASSWORD"])


def test_store_takes_new_users(server: KerioWebmail, anybody: WebmailClient) -> None:
    server.store.add_user("carol", "carol-4-Secret", full_name="Carol")
    anybody.open_session("carol", "carol-4-Secret")
    assert anybody.call("Filters.get") == {"dataStamp": 1, "filters": []}
    with pytest.raises(ValueError, match="is there already"):
        server.store.add_user("Carol", "x")
    with pytest.raises(KeyError):
        server.store.filters_of("dave")


def test_faults_and_batches_work_as_on_other_kerio_servers(alice: WebmailClient) -> None:
    server = alice.server
    server.faults.add(Fault("expire_session", call="Filters.get"))
    with refused(-32001):
        alice.call("Filters.get")
    alice.open_session("alice", server.user_password)
    off = {"method": "Session.setOutOfOffice", "params": {"settings": {"isEnabled": True}}}
    answer = alice.call("Batch.run", {"commandList": [off, {"method": "No.such"}]})
    assert [sorted(item) for item in answer] == [["result"], ["error"]]
    assert [record.call for record in server.writes] == ["Session.setOutOfOffice"]
    server.faults.add(Fault("drop_after", call="Session.setOutOfOffice"))
    with pytest.raises(OSError, match="Connection"):
        alice.call("Session.setOutOfOffice", {"settings": {"isEnabled": False}})
    assert server.store.out_of_office_of("alice")["isEnabled"] is False
    server.faults.add(Fault("rpc_error", call="Filters.get", code=4101))
    with refused(4101):
        alice.call("Filters.get")
