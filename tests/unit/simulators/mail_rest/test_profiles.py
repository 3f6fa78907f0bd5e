# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other profiles and other ways to write; the expected replies are those of mail_api.md 1, 2 and 5."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.simulators import Fault, MailRest, MailRestSettings
from tests.simulators.mail_engine import Mailbox
from tests.simulators.mail_rest import PROFILES
from tests.unit.simulators.mail_rest.client import (
    MEGABYTE,
    NEW_ALIAS,
    NEW_DOMAIN,
    NEW_JOB,
    NEW_MAILBOX,
    ask,
    configure,
    get,
)

# The thin profile: mailcow shines through.


def test_thin_server_shows_mailcow_objects(server: MailRest) -> None:
    configure(server, "thin")
    domain = get(server, "domains")[0]
    assert domain["domain_name"] == "example.com"
    assert (domain["max_quota_for_domain"], domain["def_quota_for_mbox"]) == (102400 * MEGABYTE, 1024 * MEGABYTE)
    assert (domain["active"], domain["msgs_total"], "domain" in domain) == (1, "155", False)
    mailbox = get(server, "mailboxes/alice@example.com")
    assert (mailbox["username"], mailbox["quota"], mailbox["active"]) == ("alice@example.com", 1024 * MEGABYTE, 1)
    assert mailbox["attributes"]["tls_enforce_in"] == "0"
    assert get(server, "mailboxes/none@example.com") == {}
    server.store.aliases.clear()
    assert get(server, "aliases") == {}


def test_thin_server_refuses_with_http_200(server: MailRest) -> None:
    configure(server, "thin")
    again = ask(server, "POST", "domains", {"domain": "example.com"})
    assert again.status_code == 200
    assert [(entry["type"], entry["msg"]) for entry in again.json()] == [("danger", ["domain_exists", "example.com"])]
    absent = ask(server, "PUT", "mailboxes/none@example.com", {"name": "x"}).json()
    assert (absent[0]["type"], absent[0]["msg"]) == ("danger", "access_denied")
    assert ask(server, "DELETE", "mailboxes/none@example.com").json()[0]["type"] == "danger"
    assert ask(server, "DELETE", "domains/absent.example").json()[0]["type"] == "success"


def test_thin_server_drops_wishes_with_success(server: MailRest) -> None:
    configure(server, "thin")
    reply = ask(server, "PUT", "mailboxes/alice@example.com", {"tls_enforce_in": True, "name": ""}).json()
    assert [entry["type"] for entry in reply] == ["success"]
    mailbox = server.store.mailboxes["alice@example.com"]
    assert (mailbox.tls_enforce_in, mailbox.name) == (0, "Alice Example")
    ask(server, "PUT", "domains/example.com", {"aliases": 0, "description": ""})
    assert server.store.domains["example.com"].aliases == 400
    ask(server, "POST", "aliases", {"address": "quiet@example.com", "goto": "bob@example.com"})
    quiet = server.store.alias_by_address("quiet@example.com")
    assert quiet is not None
    assert quiet.active == 0


def test_thin_server_lets_the_body_name_another_object(server: MailRest) -> None:
    configure(server, "thin")
    ask(server, "PUT", "domains/example.org", {"domain": "example.com", "description": "hit"})
    assert server.store.domains["example.com"].description == "hit"
    configure(server)
    body = {"domain": "example.com", "description": "missed"}
    assert ask(server, "PUT", "domains/example.org", body).status_code == 400
    assert server.store.domains["example.com"].description == "hit"


def test_thin_server_dies_of_a_list_of_targets_and_echoes_secrets(server: MailRest) -> None:
    configure(server, "thin")
    died = ask(server, "POST", "aliases", {"address": "x@example.com", "goto": ["bob@example.com"]})
    assert (died.status_code, died.content) == (200, b"")
    died = ask(server, "POST", "syncjobs", NEW_JOB)  # mailcow wants exclude
    assert (died.content, server.store.syncjobs) == (b"", {})
    made = ask(server, "POST", "syncjobs", {**NEW_JOB, "exclude": ""})
    assert "made-up-job-password" in made.text
    assert "made-up-password" not in ask(server, "POST", "mailboxes", NEW_MAILBOX).text


# The strict profile and other ways to write.


def test_strict_server_wants_whole_objects_and_answers_201(server: MailRest) -> None:
    configure(server, "strict")
    assert ask(server, "POST", "mailboxes", NEW_MAILBOX).status_code == 201
    assert ask(server, "PUT", "mailboxes/user@example.com", {"name": "Other"}).status_code == 400
    whole = {"name": "Other", "active": True, "quota": 3072}
    assert ask(server, "PUT", "mailboxes/user@example.com", whole).status_code == 200
    mailbox = server.store.mailboxes["user@example.com"]
    assert (mailbox.name, mailbox.tls_enforce_out) == ("Other", 1)
    assert get(server, "aliases")[0]["goto"] == ["alice@example.com"]
    assert ask(server, "POST", "aliases", {**NEW_ALIAS, "goto": ["bob@example.com", 1]}).status_code == 400
    assert ask(server, "POST", "aliases", {**NEW_ALIAS, "goto": ["bob@example.com"]}).status_code == 201


def test_replacing_put_resets_what_is_left_out(server: MailRest) -> None:
    server.settings.put_mode = "replace"
    ask(server, "POST", "mailboxes", NEW_MAILBOX)
    ask(server, "PUT", "mailboxes/user@example.com", {"name": "Other", "active": True, "quota": 1})
    mailbox = server.store.mailboxes["user@example.com"]
    assert (mailbox.name, mailbox.quota, mailbox.tls_enforce_out) == ("Other", 1, 0)


@pytest.mark.parametrize(("form", "body"), [("empty", b""), ("object", b'{"type": "success"')])
def test_write_replies(server: MailRest, form: Any, body: bytes) -> None:
    server.settings.write_reply = form
    response = ask(server, "DELETE", "aliases/3")
    assert response.status_code == 200
    assert response.content[: max(len(body), 1)] == body
    assert server.store.aliases == {}


@pytest.mark.parametrize(("how", "status", "kind"), [("409", 409, "error"), ("400", 400, "error")])
def test_conflicts(server: MailRest, how: Any, status: int, kind: str) -> None:
    server.settings.conflict = how
    response = ask(server, "POST", "aliases", {**NEW_ALIAS, "address": "info@example.com"})
    assert (response.status_code, response.json()["type"]) == (status, kind)
    server.settings.conflict = "danger"
    response = ask(server, "POST", "aliases", {**NEW_ALIAS, "address": "info@example.com"})
    assert (response.status_code, response.json()["type"]) == (200, "danger")


def test_delete_of_absent_objects_can_be_a_success(server: MailRest) -> None:
    server.settings.absent_delete = "success"
    assert ask(server, "DELETE", "aliases/99").json()["type"] == "success"
    assert len(server.store.aliases) == 1


# Profiles, faults, reset.


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_every_profile_serves_the_life_of_an_object(server: MailRest, profile: str) -> None:
    configure(server, profile)
    domain = {**NEW_DOMAIN, "domain": "life.example"}
    assert ask(server, "POST", "domains", domain).ok
    assert ask(server, "POST", "mailboxes", {**NEW_MAILBOX, "domain": "life.example"}).ok
    assert ask(server, "PUT", "domains/life.example", {**domain, "aliases": 7}).ok
    assert server.store.domains["life.example"].aliases == 7
    whole = {"name": "Renamed", "active": False, "quota": 10}
    assert ask(server, "PUT", "mailboxes/user@life.example", whole).ok
    mailbox = server.store.mailboxes["user@life.example"]
    assert (mailbox.name, mailbox.active, mailbox.quota) == ("Renamed", 0, 10)
    assert ask(server, "POST", "aliases", {"address": "a@life.example", "goto": "bob@example.com"}).ok
    (alias,) = server.store.aliases_of("life.example")
    assert ask(server, "DELETE", f"aliases/{alias.id}").ok
    assert ask(server, "DELETE", "mailboxes/user@life.example").ok
    assert ask(server, "DELETE", "domains/life.example").ok
    assert sorted(server.store.domains) == ["example.com", "example.org"]
    assert sorted(server.store.mailboxes) == ["alice@example.com", "bob@example.com"]
    assert len(server.store.aliases) == 1


def test_profiles_are_not_changed_by_a_server_that_uses_them() -> None:
    simulator = MailRest(PROFILES["thin"])
    simulator.settings.read_fields = "seed"
    assert simulator.settings != PROFILES["thin"]
    simulator.reset()
    assert simulator.settings == PROFILES["thin"]


def test_hostile_server_has_its_faults_again_after_a_reset() -> None:
    with MailRest(PROFILES["hostile"]) as simulator:
        first = ask(simulator, "GET", "mailboxes")
        assert (first.status_code, "html" in first.headers["Content-Type"]) == (502, True)
        assert ask(simulator, "GET", "mailboxes").status_code == 200
        with pytest.raises(requests.ConnectionError):
            ask(simulator, "POST", "mailboxes", NEW_MAILBOX)
        assert "user@example.com" in simulator.store.mailboxes
        simulator.reset()
        assert "user@example.com" not in simulator.store.mailboxes
        assert ask(simulator, "GET", "mailboxes").status_code == 502


def test_fault_of_a_test_meets_the_call_it_names(server: MailRest) -> None:
    server.faults.add(Fault("empty", "GET /api/v1/mailboxes/{email}"))
    assert ask(server, "GET", "mailboxes").status_code == 200
    assert ask(server, "GET", "mailboxes/alice@example.com").content == b""
    assert server.faults.pending == []


def test_reset_forgets_everything(server: MailRest) -> None:
    server.store.mailboxes["x@example.com"] = Mailbox("x@example.com")
    configure(server, "thin", rate_limit=1)
    ask(server, "GET", "domains")
    server.reset()
    assert (sorted(server.store.mailboxes), server.requests) == (["alice@example.com", "bob@example.com"], [])
    assert server.settings == MailRestSettings()
    assert [ask(server, "GET", "domains").status_code for _attempt in range(2)] == [200, 200]


def test_environment_points_at_the_server(server: MailRest) -> None:
    assert server.environment == {
        "MAIL_API_URL": server.url,
        "MAIL_API_KEY": "simulated-read-write-key",
        "MAIL_API_DIALECT": "rest",
        "MAIL_API_CA_PATH": server.ca_path,
    }
