# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both interfaces, their sessions, and what each account may do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault, KerioOperator, KerioOperatorSettings
from tests.simulators.kerio_operator.simulator import METHODS
from tests.unit.simulators.kerio_operator.client import ADMINISTRATOR, PHONE_ENDPOINT, READ_ONLY, Client
from tests.unit.simulators.kerio_web import APPLICATION, ENDPOINT, refused

# Envelope


@pytest.mark.parametrize(
    "path", [ENDPOINT, f"{ENDPOINT}/", f"/{ENDPOINT}//", "/admin//api/jsonrpc", PHONE_ENDPOINT, f"{PHONE_ENDPOINT}/"]
)
@pytest.mark.parametrize("content_type", ["application/json-rpc", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize("params", [None, {}, [], "", "missing"])
def test_calls_are_read_tolerantly(anybody: Client, path: str, content_type: str, params: Any) -> None:
    body = {"id": "1", "method": "Version.getApiVersion", "params": params, "token": "0"}
    if params == "missing":
        del body["params"]
    answer = anybody.post(body, path, headers={"Content-Type": content_type})
    assert answer.json() == {"jsonrpc": "2.0", "id": "1", "result": {"apiVersion": 0x02050200}}
    assert answer.headers["Content-Type"] == "application/json-rpc"


@pytest.mark.parametrize(
    ("data", "code"),
    [("{", -32700), ("[]", -32600), ('{"id": 1}', -32600), ('{"id": 1, "method": "Extensions.apply"}', -32601)],
)
def test_errors_come_with_status_200_and_parameters(anybody: Client, data: str, code: int) -> None:
    answer = anybody.http.post(f"{anybody.server.url}{ENDPOINT}/", data=data)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (200, code)
    assert error["data"]["messageParameters"] == {"positionalParameters": [], "plurality": 1}


def test_api_version_is_a_switch(anybody: Client) -> None:
    anybody.server.settings.api_version = 0x01020101
    assert anybody.call("Version.getApiVersion") == {"apiVersion": 16908545}


# Login


@pytest.mark.parametrize(
    ("endpoint", "suffix", "path"), [(ENDPOINT, "WEBADMIN", "/admin/"), (PHONE_ENDPOINT, "CLIENT", "/myphone/")]
)
def test_login_sets_the_session_cookie_first(server: KerioOperator, endpoint: str, suffix: str, path: str) -> None:
    client = Client(server, endpoint)
    params = {"userName": "Admin", "password": server.admin_password, "application": dict.fromkeys(APPLICATION, "")}
    answer = client.post({"id": 1, "method": "Session.login", "params": params})
    cookies = answer.raw.headers.getlist("Set-Cookie")
    names, values = zip(*(cookie.split(";")[0].split("=") for cookie in cookies), strict=True)
    assert names == (f"SESSION_OPERATOR_{suffix}", f"TOKEN_OPERATOR_{suffix}")
    assert all(len(value) == 32 and set(value) <= set("0123456789abcdef") for value in values)
    assert all(f"Path={path}" in cookie for cookie in cookies)
    assert answer.json()["result"] == {"token": values[1]}
    client.http.headers["X-Token"] = values[1]
    assert client.call("Session.whoAmI")["userDetails"]["loginName"] == "Admin"
    client.http.close()


def test_session_cookie_and_token_header_are_enough_and_needed(admin: Client) -> None:
    cookie = admin.http.cookies["SESSION_OPERATOR_WEBADMIN"]
    admin.http.cookies.clear()
    with refused(-32001):
        admin.call("Session.whoAmI")
    admin.http.headers["Cookie"] = f"SESSION_OPERATOR_WEBADMIN={cookie}; path=/admin/; secure; HttpOnly"
    admin.call("Session.whoAmI")
    admin.http.headers["X-Token"] = "0" * 32
    with refused(-32001):
        admin.call("Session.whoAmI")


def test_session_of_one_interface_opens_none_of_the_other(admin: Client) -> None:
    cookie = admin.http.cookies["SESSION_OPERATOR_WEBADMIN"]
    headers = {"Cookie": f"SESSION_OPERATOR_CLIENT={cookie}; SESSION_OPERATOR_WEBADMIN={cookie}"}
    answer = admin.post({"id": 1, "method": "Session.whoAmI"}, PHONE_ENDPOINT, headers=headers).json()
    assert answer["error"]["code"] == -32001


@pytest.mark.parametrize("name", ["Admin", "admin", "ADMIN"])
def test_case_of_the_login_does_not_matter_unless_switched(anybody: Client, name: str) -> None:
    anybody.login(name)
    anybody.server.settings.login_case_sensitive = True
    if name == "Admin":
        anybody.login(name)
    else:
        with refused(1000):
            anybody.login(name)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "wrong"}, 1000),
        ({"password": ""}, 1000),
        ({"userName": "nobody"}, 1000),
        ({"userName": "102"}, 1000),
        ({"application": "ansible"}, -32602),
        ({"userName": "alice", "password": "alice-1-Secret"}, 1004),
    ],
)
def test_refused_logins_to_the_administration(anybody: Client, change: dict[str, Any], code: int) -> None:
    params = {"userName": "Admin", "password": anybody.server.admin_password, "application": APPLICATION, **change}
    with refused(code):
        anybody.call("Session.login", params)
    assert anybody.server.open_sessions == 0


def test_account_without_password_is_never_opened(anybody: Client) -> None:
    anybody.server.store.add_user("mapped", LDAP_ENABLED=1, ADMINISTRATION_ROLE_ID=ADMINISTRATOR)
    with refused(1000):
        anybody.login("mapped", "")


def test_disabled_user_is_shut_out_at_once(alice: Client) -> None:
    alice.call("Session.whoAmI")
    alice.server.store.user("alice")["DISABLED"] = 1
    with refused(-32001):
        alice.call("Session.whoAmI")
    assert alice.server.open_sessions == 0
    with refused(1000):
        alice.login("alice", "alice-1-Secret")


def test_form_login_opens_the_same_kind_of_session(anybody: Client) -> None:
    form = {"kerio_username": "Admin", "kerio_password": anybody.server.admin_password}
    url = f"{anybody.server.url}/admin/dologin.php"
    answer = anybody.http.post(url, data=form, allow_redirects=False)
    assert answer.status_code == 302
    anybody.http.headers["X-Token"] = str(answer.cookies["TOKEN_OPERATOR_WEBADMIN"])
    assert len(anybody.users()) == 3
    record = anybody.server.requests[0]
    assert (record.login, record.is_write) == (True, False)
    anybody.call("Session.logout")
    answer = anybody.http.post(url, data={**form, "kerio_password": "wrong"}, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"], answer.cookies.keys()) == (302, "/admin/login", [])
    assert anybody.http.get(f"{anybody.server.url}/admin/login").status_code == 200
    for verb, path in [("GET", "/admin/dologin.php"), ("POST", "/admin/login"), ("POST", "/myphone/dologin.php")]:
        assert anybody.http.request(verb, anybody.server.url + path, data=form).status_code == 404


def test_logout_ends_the_session_once(admin: Client, alice: Client) -> None:
    assert admin.server.open_sessions == 2
    assert admin.call("Session.logout") == {"redirectUrl": f"{admin.server.url}/admin/login"}
    assert admin.server.open_sessions == 1
    with refused(-32001):
        admin.call("Session.logout")
    alice.call("Session.logout")
    assert alice.server.open_sessions == 0


def test_idle_session_expires(admin: Client) -> None:
    admin.server.settings.session_idle_seconds = 120
    admin.server.clock.advance(119)
    admin.call("Session.whoAmI")
    admin.server.clock.advance(119)
    admin.call("Session.whoAmI")
    admin.server.clock.advance(121)
    with refused(-32001):
        admin.extensions()
    admin.login().extensions()


def test_accounts_can_be_locked_after_failures(anybody: Client) -> None:
    anybody.server.settings.lockout_after = 2
    for _attempt in range(2):
        with refused(1000):
            anybody.login("admin", "wrong")
    with refused(1000):
        anybody.login()
    anybody.server.clock.advance(301)
    anybody.login()


def test_login_that_succeeds_starts_the_count_again(anybody: Client) -> None:
    anybody.server.settings.lockout_after = 2
    for _attempt in range(3):
        with refused(1000):
            anybody.login("admin", "wrong")
        anybody.login()


def test_settings_of_the_interface_belong_to_the_account(alice: Client, admin: Client) -> None:
    alice.call("Session.setSettings", {"settings": {"myphone": {"lastUsedExtensionGuid": 32, "zoom": 1}, "shared": 5}})
    alice.call("Session.setSettings", {"settings": {"myphone": {"zoom": 2}}})
    paths = {"query": [["myphone", "zoom"], ["shared"], ["unknown", "path"]]}
    assert alice.call("Session.getSettings", paths) == {"settings": {"myphone": {"zoom": 2}, "shared": 5}}
    assert alice.call("Session.getSettings", {"query": [["myphone"]]})["settings"]["myphone"] == {
        "lastUsedExtensionGuid": 32,
        "zoom": 2,
    }
    assert admin.call("Session.getSettings", paths) == {"settings": {}}
    wrong_paths: list[Any] = ["myphone", ["myphone"], [[]]]
    for wrong in wrong_paths:
        with refused(-32602):
            alice.call("Session.getSettings", {"query": wrong})
    with refused(-32602):
        alice.call("Session.setSettings", {"settings": "zoom"})


# Rights

READS = ["Extensions.get", "Users.get", "Extensions.getNextValidNumber", "Server.getInternalDirectoryList"]
WRITES = {
    "Extensions.create": {"detail": {"telNum": "200"}},
    "Extensions.createLine": {"guid": 9, "detail": {}},
    "Extensions.set": {"guids": [9], "detail": {"description": "x"}},
    "Extensions.remove": {"guids": [9]},
    "Users.create": {"detail": {"USERNAME": "carol", "USER_PASSWORD": "x"}},
    "Users.set": {"guids": [302], "detail": {"FULL_NAME": "x"}},
    "Users.remove": {"guids": [302]},
}


def test_reader_reads_and_writes_nothing(server: KerioOperator, anybody: Client) -> None:
    server.store.add_user("auditor", USER_PASSWORD="auditor", ADMINISTRATION_ROLE_ID=READ_ONLY)
    anybody.login("auditor", "auditor")
    for method in READS:
        anybody.call(method, {"query": {}})
    before = server.store.snapshot()
    for method, params in WRITES.items():
        with refused(1004):
            anybody.call(method, params)
    assert server.store.snapshot() == before


def test_ordinary_user_has_the_phone_only(alice: Client) -> None:
    for method in [*READS, *WRITES, "Recordings.get"]:
        with refused(1004):
            alice.call(method, WRITES.get(method, {"query": {}}))
    assert alice.call("UserPhone.getAddressBook")["addressBook"]


def test_account_decides_and_not_the_interface(server: KerioOperator) -> None:
    """Seen on real servers: an administrator edits through the phone interface, and reads the phone in the other."""
    client = Client(server, PHONE_ENDPOINT).login()
    client.set_extension(client.group("100"), description="By phone")
    assert server.store.extension("100")["description"] == "By phone"
    client.http.close()


def test_methods_can_be_tied_to_their_interface(admin: Client, alice: Client) -> None:
    admin.server.settings.methods_tied_to_interface = True
    phone = Client(admin.server, PHONE_ENDPOINT).login()
    phone.call("UserPhone.getAddressBook")
    phone.call("Session.whoAmI")
    with refused(1004):
        phone.extensions()
    admin.extensions()
    with refused(1004):
        admin.call("UserPhone.getAddressBook")
    phone.http.close()


def test_nearly_every_method_needs_a_session(anybody: Client) -> None:
    open_methods = {"Session.login", "Version.getApiVersion", "ProductActivation.activate"}
    for method in METHODS.keys() - open_methods:
        with refused(-32001):
            anybody.call(method)
    with refused(-32001):
        anybody.call("Batch.run", {"commandList": []})


def test_fresh_server_is_activated_once(server: KerioOperator, anybody: Client) -> None:
    wanted = {"adminPassword": "first", "adminLanguage": "en", "pbxStartingNumber": "10", "reboot": False}
    with refused(1000):
        anybody.call("ProductActivation.activate", wanted)
    server.store.users.clear()
    server.store.extensions.clear()
    server.store.activated = False
    with refused(1000):
        anybody.call("ProductActivation.activate", {**wanted, "pbxStartingNumber": "ten"})
    anybody.call("ProductActivation.activate", wanted)
    anybody.login("Admin", "first")
    assert anybody.call("Extensions.getNextValidNumber") == {"telNum": "10"}
    with refused(1000):
        anybody.call("ProductActivation.activate", wanted)


# Batches, log, faults


def test_batch_answers_each_command(admin: Client) -> None:
    commands: list[Any] = [
        {"method": "Extensions.create", "params": {"detail": {"telNum": "200"}}},
        {"method": "Extensions.getNextValidNumber", "params": []},
        {"method": "Extensions.create", "params": {"detail": {"telNum": "200"}}},
        {"method": "No.such"},
    ]
    answer = admin.call("Batch.run", {"commandList": commands})
    assert [sorted(item) for item in answer] == [["result"], ["result"], ["error"], ["error"]]
    assert answer[1] == {"result": {"telNum": "103"}}
    assert [item["error"]["code"] for item in answer[2:]] == [1001, -32601]
    log = [(record.call, record.is_write, record.batched) for record in admin.server.requests[1:]]
    assert log[:3] == [
        ("Batch.run", False, False),
        ("Extensions.create", True, True),
        ("Extensions.getNextValidNumber", False, True),
    ]


def test_log_knows_reads_from_writes(admin: Client) -> None:
    for name, method in METHODS.items():
        verb = name.partition(".")[2]
        expected = verb in ("create", "createLine", "set", "remove", "setSettings", "activate")
        assert method.access.is_write is expected, name


def test_expired_session_and_lost_answer(admin: Client) -> None:
    admin.server.faults.add(Fault("expire_session", call="Extensions.create"))
    with refused(-32001):
        admin.create_extension("200")
    with refused(-32001):
        admin.extensions()
    admin.login()
    admin.server.faults.add(Fault("drop_after", call="Extensions.create"))
    with pytest.raises(OSError, match="Connection"):
        admin.create_extension("200")
    assert admin.server.store.is_taken("200")


def test_reset_brings_the_start_back(admin: Client) -> None:
    before = admin.server.environment
    admin.remove_extension(admin.group("102"))
    admin.server.settings.licensed_users = 1
    admin.server.reset()
    assert admin.server.store.user_of("102") == "bob"
    assert admin.server.settings == KerioOperatorSettings()
    assert admin.server.open_sessions == 0
    assert admin.server.environment == before
    assert before.keys() == {f"KERIO_OPERATOR_{name}" for name in ("URL", "USERNAME", "PASSWORD", "CA_PATH")}
