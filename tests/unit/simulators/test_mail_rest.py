# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The REST simulator, asked with plain requests; the expected replies are those of mail_api.md 1, 2 and 5."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from tests.simulators import Fault, MailRest, MailRestSettings
from tests.simulators.mail_engine import Domain, Mailbox
from tests.simulators.mail_rest import PROFILES

MEGABYTE = 1_048_576
NEW_DOMAIN = {
    "domain": "new.example",
    "active": True,
    "aliases": 400,
    "backupmx": False,
    "defquota": 3072,
    "description": "Example domain",
    "mailboxes": 10,
    "maxquota": 10240,
    "quota": 10240,
}
NEW_MAILBOX = {
    "active": True,
    "domain": "example.com",
    "local_part": "user",
    "name": "Example User",
    "password": "made-up-password",
    "quota": 3072,
    "force_pw_update": False,
    "tls_enforce_in": False,
    "tls_enforce_out": True,
}
NEW_ALIAS = {"address": "team@example.com", "goto": "alice@example.com,bob@example.com"}
NEW_JOB = {
    "username": "alice@example.com",
    "host1": "imap.old.example",
    "port1": 993,
    "user1": "alice",
    "password1": "made-up-job-password",
    "enc1": "SSL",
    "mins_interval": 30,
    "active": True,
}


@pytest.fixture(scope="module")
def running() -> Iterator[MailRest]:
    with MailRest() as simulator:
        yield simulator


@pytest.fixture
def server(running: MailRest) -> Iterator[MailRest]:
    running.reset()
    yield running
    assert running.internal_errors == []


def configure(server: MailRest, profile: str = "documented", **switches: Any) -> None:
    """Give the running server the settings of a profile, with some switches flipped."""
    wanted = dataclasses.replace(PROFILES[profile], **switches)
    for field in dataclasses.fields(MailRestSettings):
        setattr(server.settings, field.name, getattr(wanted, field.name))


def ask(server: MailRest, method: str, path: str, body: Any = None, key: str | None = None) -> requests.Response:
    """One request below /api/v1 with the read-write key, or another one."""
    headers = {"Authorization": f"Bearer {key or 'simulated-read-write-key'}"}
    url = f"{server.url}/api/v1/{path}"
    return requests.request(method, url, json=body, headers=headers, verify=server.ca_path, timeout=30)


def get(server: MailRest, path: str) -> Any:
    response = ask(server, "GET", path)
    assert response.status_code == 200
    return response.json()


# The documented profile.


def test_objects_are_shown_as_documented(server: MailRest) -> None:
    assert get(server, "domains")[0] == {
        "domain": "example.com",
        "active": True,
        "aliases": 400,
        "backupmx": False,
        "defquota": 1024,
        "description": "example.com",
        "mailboxes": 100,
        "maxquota": 10240,
        "quota": 102400,
    }
    assert get(server, "mailboxes/alice%40example.com") == {
        "email": "alice@example.com",
        "local_part": "alice",
        "domain": "example.com",
        "name": "Alice Example",
        "active": True,
        "quota": 1024,
        "force_pw_update": False,
        "tls_enforce_in": False,
        "tls_enforce_out": False,
    }
    (alias,) = get(server, "aliases")
    assert (alias["address"], alias["goto"], alias["active"]) == ("info@example.com", "alice@example.com", True)
    assert alias["public_comment"] is None
    server.settings.alias_read = "plain"
    assert list(get(server, "aliases")[0]) == ["id", "address", "goto", "active"]


def test_creating_answers_with_the_documented_texts(server: MailRest) -> None:
    made = ask(server, "POST", "domains", NEW_DOMAIN)
    assert (made.status_code, made.json()) == (200, {"type": "success", "msg": "Domain has been added to system"})
    assert server.store.domains["new.example"].quota == 10240
    made = ask(server, "POST", "mailboxes", NEW_MAILBOX)
    assert (made.status_code, made.json()) == (200, {"type": "success", "msg": "Mailbox has been added"})
    mailbox = server.store.mailboxes["user@example.com"]
    assert (mailbox.name, mailbox.quota, mailbox.tls_enforce_out) == ("Example User", 3072, 1)
    assert mailbox.password == "made-up-password"
    assert [record.call for record in server.writes] == ["POST /api/v1/domains", "POST /api/v1/mailboxes"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("domains", {**NEW_DOMAIN, "domain": "EXAMPLE.com "}, 409),
        ("domains", {**NEW_DOMAIN, "active": "true"}, 400),
        ("domains", {**NEW_DOMAIN, "aliases": "400"}, 400),
        ("domains", {**NEW_DOMAIN, "quota": True}, 400),
        ("domains", {"domain": "new.example"}, 400),
        ("domains", {**NEW_DOMAIN, "defquota": 20480}, 400),
        ("domains", [NEW_DOMAIN], 400),
        ("mailboxes", {**NEW_MAILBOX, "local_part": "alice"}, 409),
        ("mailboxes", {**NEW_MAILBOX, "local_part": "info"}, 409),
        ("mailboxes", {**NEW_MAILBOX, "password": "short"}, 400),
        ("mailboxes", {**NEW_MAILBOX, "quota": 10241}, 400),
        ("mailboxes", {**NEW_MAILBOX, "domain": "absent.example"}, 404),
        ("aliases", {**NEW_ALIAS, "address": "INFO@example.com"}, 409),
        ("aliases", {"address": "alice@example.com", "goto": "bob@example.com"}, 409),
        ("aliases", {**NEW_ALIAS, "goto": "nobody"}, 400),
        ("aliases", {**NEW_ALIAS, "goto": ["alice@example.com"]}, 400),
        ("aliases", {**NEW_ALIAS, "address": "x@absent.example"}, 404),
        ("aliases", {"address": "team@example.com"}, 400),
        ("syncjobs", {**NEW_JOB, "enc1": "ssl"}, 400),
        ("syncjobs", {**NEW_JOB, "port1": "993"}, 400),
        ("nonsense", {}, 404),
    ],
)
def test_bad_creation_is_refused_and_changes_nothing(server: MailRest, path: str, body: Any, status: int) -> None:
    before = repr(server.store)
    response = ask(server, "POST", path, body)
    assert (response.status_code, response.json()["type"]) == (status, "error")
    assert repr(server.store) == before


def test_put_keeps_what_it_does_not_name(server: MailRest) -> None:
    mail = server.store.mailboxes["alice@example.com"].messages
    changed = ask(server, "PUT", "mailboxes/alice@example.com", {"quota": 2048, "tls_enforce_in": True})
    assert (changed.status_code, changed.json()["type"]) == (200, "success")
    mailbox = server.store.mailboxes["alice@example.com"]
    assert (mailbox.quota, mailbox.tls_enforce_in, mailbox.name) == (2048, 1, "Alice Example")
    assert mailbox.messages == mail > 0
    ask(server, "PUT", "domains/example.com", {"domain": "example.com", "description": ""})
    domain = server.store.domains["example.com"]
    assert (domain.description, domain.mailboxes) == ("", 100)


def test_password_is_changed_by_put(server: MailRest) -> None:
    assert ask(server, "PUT", "mailboxes/bob@example.com", {"password": "short"}).status_code == 400
    assert ask(server, "PUT", "mailboxes/bob@example.com", {"password": "another-made-up"}).status_code == 200
    assert server.store.mailboxes["bob@example.com"].password == "another-made-up"


def test_alias_flags_default_to_on_and_can_be_given(server: MailRest) -> None:
    ask(server, "POST", "aliases", NEW_ALIAS)
    ask(server, "POST", "aliases", {"address": "sink@example.com", "goto_null": True, "active": False})
    team, sink = server.store.alias_by_address("team@example.com"), server.store.alias_by_address("sink@example.com")
    assert team is not None
    assert sink is not None
    assert (team.goto, team.active) == (["alice@example.com", "bob@example.com"], 1)
    assert (sink.goto, sink.active) == (["null@localhost"], 0)
    changed = ask(server, "PUT", f"aliases/{team.id}", {"goto": "bob@example.com", "private_comment": "why"})
    assert changed.status_code == 200
    assert (team.goto, team.private_comment) == (["bob@example.com"], "why")


def test_domain_with_mailboxes_stays(server: MailRest) -> None:
    assert ask(server, "DELETE", "domains/example.com").status_code == 409
    assert "example.com" in server.store.domains
    assert ask(server, "DELETE", "domains/example.org").status_code == 200
    assert list(server.store.domains) == ["example.com"]


def test_deleting_a_mailbox_takes_what_hangs_on_it(server: MailRest) -> None:
    ask(server, "POST", "aliases", NEW_ALIAS)
    ask(server, "POST", "syncjobs", NEW_JOB)
    assert len(server.store.syncjobs) == 1
    assert ask(server, "DELETE", "mailboxes/alice@example.com").status_code == 200
    assert list(server.store.mailboxes) == ["bob@example.com"]
    assert [(alias.address, alias.goto) for alias in server.store.aliases.values()] == [
        ("team@example.com", ["bob@example.com"])
    ]
    assert server.store.syncjobs == {}


@pytest.mark.parametrize("path", ["domains/absent.example", "mailboxes/x@example.com", "aliases/99", "syncjobs/99"])
def test_absent_objects_are_404(server: MailRest, path: str) -> None:
    assert ask(server, "PUT", path, {"active": True}).status_code == 404
    assert ask(server, "DELETE", path).status_code == 404
    server.settings.single_get_domain_alias = "supported"
    assert ask(server, "GET", path).status_code == 404
    server.settings.absent_get = "empty_object"
    assert get(server, path) == {}


def test_single_domains_and_aliases_are_not_served_by_default(server: MailRest) -> None:
    assert ask(server, "GET", "domains/example.com").status_code == 405
    server.settings.single_get_domain_alias = "404"
    assert ask(server, "GET", "aliases/3").status_code == 404
    server.settings.single_get_domain_alias = "supported"
    assert get(server, "domains/example.com")["domain"] == "example.com"
    assert get(server, "aliases/3")["address"] == "info@example.com"
    assert ask(server, "PATCH", "domains/example.com", {}).status_code == 405
    assert ask(server, "PUT", "domains", {}).status_code == 405


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


# Forms of lists and values.


def test_lists_in_envelopes(server: MailRest) -> None:
    server.settings.list_envelope = "data"
    assert [one["domain"] for one in get(server, "domains")["data"]] == ["example.com", "example.org"]
    server.settings.list_envelope = "by_id"
    assert list(get(server, "domains")) == ["example.com", "example.org"]
    assert get(server, "aliases")["3"]["id"] == 3
    server.settings.read_fields = "mailcow"
    assert list(get(server, "mailboxes")) == ["alice@example.com", "bob@example.com"]


def test_pages_lead_to_all_objects(server: MailRest) -> None:
    for number in range(7):
        server.store.domains[f"d{number}.example"] = Domain(f"d{number}.example")
    configure(server, list_envelope="paged", page_size=4)
    response, seen = ask(server, "GET", "domains"), []
    seen += [one["domain"] for one in response.json()]
    while "next" in response.links:
        headers = {"Authorization": "Bearer simulated-read-write-key"}
        url = response.links["next"]["url"]
        assert url.startswith(server.url)
        response = requests.get(url, headers=headers, verify=server.ca_path, timeout=30)
        seen += [one["domain"] for one in response.json()]
    assert seen == sorted(server.store.domains)
    assert len([record for record in server.requests if record.call == "GET /api/v1/domains"]) == 3
    server.settings.list_envelope = "paged_meta"
    page = get(server, "domains?page=3")
    assert page["meta"] == {"current_page": 3, "last_page": 3, "per_page": 4, "total": 9}
    assert (len(page["data"]), page["next"]) == (1, None)


@pytest.mark.parametrize(
    ("form", "expected"), [("json", [True, False]), ("int", [1, 0]), ("string", ["1", "0"]), ("mixed", [1, 0])]
)
def test_flags(server: MailRest, form: Any, expected: list[Any]) -> None:
    server.settings.bool_read = form
    domain = get(server, "domains")[0]
    assert [repr(domain["active"]), repr(domain["backupmx"])] == [repr(value) for value in expected]


def test_both_names_at_once_and_the_third_state(server: MailRest) -> None:
    configure(server, read_fields="both", quota_read_unit="mb")
    server.store.mailboxes["alice@example.com"].active = 2
    domain, mailbox = get(server, "domains")[0], get(server, "mailboxes")[0]
    assert (domain["quota"], domain["max_quota_for_domain"]) == (102400, 102400 * MEGABYTE)
    assert (mailbox["email"], mailbox["username"], mailbox["active"]) == ("alice@example.com", "alice@example.com", 2)


def test_third_state_can_be_written_back(server: MailRest) -> None:
    server.store.mailboxes["alice@example.com"].active = 2
    shown = get(server, "mailboxes/alice@example.com")
    assert ask(server, "PUT", "mailboxes/alice@example.com", {"active": shown["active"]}).status_code == 200
    assert server.store.mailboxes["alice@example.com"].active == 2
    assert ask(server, "PUT", "mailboxes/alice@example.com", {"active": 3}).status_code == 400


# Sync jobs.


def test_sync_jobs_live_where_the_settings_say(server: MailRest) -> None:
    server.settings.syncjobs_path = "sync/jobs"
    assert ask(server, "GET", "syncjobs").status_code == 404
    assert ask(server, "POST", "sync/jobs", NEW_JOB).status_code == 200
    (job,) = get(server, "sync/jobs")
    assert (job["username"], job["host1"], job["active"], "password1" in job) == (
        "alice@example.com",
        "imap.old.example",
        True,
        False,
    )
    assert ask(server, "POST", "sync/jobs", NEW_JOB).status_code == 409
    assert ask(server, "PUT", f"sync/jobs/{job['id']}", {"mins_interval": 60}).status_code == 200
    assert server.store.syncjobs[job["id"]].mins_interval == 60
    assert ask(server, "DELETE", f"sync/jobs/{job['id']}").status_code == 200
    assert server.requests[-1].call == "DELETE /api/v1/sync/jobs/{id}"
    server.settings.syncjobs_path = None
    assert ask(server, "GET", "syncjobs").status_code == 404


# Keys and limits.


def test_keys(server: MailRest) -> None:
    without = requests.get(f"{server.url}/api/v1/domains", verify=server.ca_path, timeout=30)
    assert (without.status_code, without.json()["type"]) == (401, "error")
    assert ask(server, "GET", "domains", key="wrong").status_code == 401
    assert ask(server, "GET", "domains", key="simulated-read-only-key").status_code == 200
    assert ask(server, "DELETE", "aliases/3", key="simulated-read-only-key").status_code == 403
    assert len(server.store.aliases) == 1


def test_ten_wrong_keys_lead_to_a_ban(server: MailRest) -> None:
    assert {ask(server, "GET", "domains", key="wrong").status_code for _attempt in range(9)} == {401}
    assert ask(server, "GET", "domains").status_code == 200
    ask(server, "GET", "domains", key="wrong")
    assert ask(server, "GET", "domains").status_code == 403
    server.clock.advance(1801)
    assert ask(server, "GET", "domains").status_code == 200


def test_rate_limit_counts_down_and_a_short_wait_is_enough(server: MailRest) -> None:
    configure(server, rate_limit=3, retry_after=True)
    left = [ask(server, "GET", "domains").headers["X-RateLimit-Remaining"] for _attempt in range(3)]
    assert left == ["2", "1", "0"]
    refused = ask(server, "GET", "domains")
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"]) == (429, "3")
    reset = int(refused.headers["X-RateLimit-Reset"])
    wait = reset - parsedate_to_datetime(refused.headers["Date"]).timestamp()
    assert 0 <= wait <= 1
    assert refused.headers["Retry-After"] in ("0", "1")
    time.sleep(max(0.0, reset - time.time()))  # what a client does; less than a second
    assert ask(server, "GET", "domains").headers["X-RateLimit-Remaining"] == "2"


def test_rate_limit_by_the_true_window(server: MailRest) -> None:
    configure(server, rate_limit=1, rate_wait="window", clock_skew=3600, rate_headers="refusals")
    assert "X-RateLimit-Reset" not in ask(server, "GET", "domains").headers
    refused = ask(server, "GET", "domains")
    date = parsedate_to_datetime(refused.headers["Date"]).timestamp()
    assert 59 <= int(refused.headers["X-RateLimit-Reset"]) - date <= 61
    assert abs(date - server.clock.now() - 3600) <= 1
    server.settings.rate_reset = "seconds"
    assert ask(server, "GET", "domains").headers["X-RateLimit-Reset"] == "60"
    server.clock.advance(59)
    assert ask(server, "GET", "domains").status_code == 429
    server.clock.advance(2)
    assert ask(server, "GET", "domains").status_code == 200


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
