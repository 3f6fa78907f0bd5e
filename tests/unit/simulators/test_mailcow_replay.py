# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailcow simulator against 403 recorded requests of a real server, in the order in which they were sent.

For each request these are compared: the HTTP status; the length of the reply (it covers the ``log`` of writes
and the layout of reads); for writes type and message of every entry; for reads every member with its value and its
JSON type, times apart. The facts stand in tests/simulators/mailcow/recorded.json, made by extract_recording.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.simulators.mail_engine import Domain, MailStore, Rules
from tests.simulators.mailcow import Mailcow, MailcowSettings, extract_recording

RECORDED = Path(extract_recording.__file__).with_name("recorded.json")
KEYS = {"rw": "simulated-read-write-key", "ro": "simulated-read-only-key", "bad": "no-such-key"}
SECRETS = {"<MAILBOX_PW>": "Made-up-1", "<JOB_PW>": "Made-up-job", "<JOB_PW2>": "Made-up-job-2"}
CONTENT_TYPES = {"json": "application/json", "form": "application/x-www-form-urlencoded"}

# Line of the sheet -> why that request is not compared.
OUTSIDE_OUR_SURFACE = {
    730: "search/domain serves the tables of the web interface only",
    2934: "search/mailbox serves the tables of the web interface only",
}

Preparation = Callable[[Mailcow], None]


def recreate_beta(simulator: Mailcow) -> None:
    """Between sections 1 and 2 beta was made anew, with narrow limits; what they are shows in the replies."""
    store = simulator.store
    store.domains["beta.mcow.test"] = Domain(
        "beta.mcow.test",
        description="beta.mcow.test",
        aliases=2,
        mailboxes=3,
        defquota=100,
        maxquota=300,
        quota=500,
        created=simulator.clock.now(),
    )


def fill_one_mailbox(simulator: Mailcow) -> None:
    """Section 7 was recorded after usage figures had been written into the database by hand."""
    mailbox = simulator.store.mailboxes["u1@gamma.mcow.test"]
    mailbox.bytes_used, mailbox.messages = 12_345_678, 7


def empty_the_server(simulator: Mailcow) -> None:
    """Between sections 7 and 8 everything was removed."""
    for objects in (simulator.store.domains, simulator.store.mailboxes, simulator.store.aliases):
        objects.clear()
    simulator.store.syncjobs.clear()


def remove_mailboxes(simulator: Mailcow) -> None:
    """Before the last domain was removed, its mailboxes were."""
    simulator.store.mailboxes.clear()


def forbid_this_address(simulator: Mailcow) -> None:
    simulator.settings.key_from_elsewhere = True


def switch_read_only_key_off(simulator: Mailcow) -> None:
    simulator.settings.key_from_elsewhere = False
    simulator.settings.read_only_key = None


# Line of the sheet -> what was done by hand before that request.
PREPARATIONS: dict[int, Preparation] = {
    742: recreate_beta,
    3020: fill_one_mailbox,
    3038: empty_the_server,
    3205: forbid_this_address,
    3212: switch_read_only_key_off,
    3220: remove_mailboxes,
}

FACTS: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
COMPARED = [recorded for recorded in FACTS["requests"] if recorded["line"] not in OUTSIDE_OUR_SURFACE]


def with_secrets(text: str) -> str:
    """The text with made-up secrets where the recording has marks."""
    for mark, secret in SECRETS.items():
        text = text.replace(mark, secret)
    return text


def with_marks(text: str) -> str:
    """The text with marks for the made-up secrets, longest first."""
    for mark, secret in sorted(SECRETS.items(), key=lambda pair: -len(pair[1])):
        text = text.replace(secret, mark)
    return text


def send(session: requests.Session, simulator: Mailcow, recorded: dict[str, Any]) -> requests.Response:
    """The recorded request, sent to the simulator."""
    headers = {}
    if recorded["key"] == "junk":
        headers["X-API-Key"] = "!simulated-read+write-key ".replace("+", "-")
    elif recorded["key"] == "bearer":
        headers["Authorization"] = f"Bearer {KEYS['rw']}"
    elif recorded["key"] != "no":
        headers["X-API-Key"] = KEYS[{"foreign": "rw", "inactive": "ro"}.get(recorded["key"], recorded["key"])]
    if content_type := CONTENT_TYPES.get(recorded.get("content_type", "none")):
        headers["Content-Type"] = content_type
    body = with_secrets(recorded["body"]).encode() if "body" in recorded else None
    url = simulator.url + recorded["path"]
    # Not session.verify: an environment variable for certificates would win over it.
    verify = simulator.ca_path
    response = session.request(recorded["method"], url, data=body, headers=headers, verify=verify, timeout=30)
    response.encoding = "utf-8"
    return response


def facts_of(recorded: dict[str, Any], response: requests.Response) -> dict[str, Any]:
    """The reply in the form of the recording, objects written out, with its length where that was recorded."""
    objects = extract_recording.Objects()
    text = with_marks(response.text) or "(empty body)"
    facts = extract_recording.reply_facts(recorded["method"], recorded["path"], text, objects)
    facts["status"] = response.status_code
    if "length" in recorded:
        facts["length"] = len(response.text)
    return written_out(facts, objects.table)


def written_out(facts: dict[str, Any], table: list[Any]) -> dict[str, Any]:
    """The facts of a reply with its objects instead of their numbers."""
    names = ("status", "length", "empty", "entries", "wrapped")
    shown = {name: facts[name] for name in names if name in facts}
    if "one" in facts:
        shown["one"] = table[facts["one"]]
    if "list" in facts:
        shown["list"] = [table[number] for number in facts["list"]]
    return shown


def as_json(facts: dict[str, Any]) -> str:
    """Text to compare: Python takes 1 and true for equal, JSON does not."""
    return json.dumps(facts, indent=1, sort_keys=True)


@pytest.fixture(scope="module")
def replayed() -> Iterator[dict[int, dict[str, Any]]]:
    """The simulator's replies by line of the sheet, as facts; the requests are sent once, in order."""
    settings = MailcowSettings(ban_after=None, rules=Rules(hostname="mail.mcow.test"))
    with Mailcow(settings) as simulator, requests.Session() as session:
        simulator.store = MailStore()
        replies = {}
        for recorded in COMPARED:
            if preparation := PREPARATIONS.get(recorded["line"]):
                preparation(simulator)
            replies[recorded["line"]] = facts_of(recorded, send(session, simulator, recorded))
        assert simulator.internal_errors == []
        yield replies


def test_almost_everything_is_compared() -> None:
    assert len(FACTS["requests"]) == 403
    assert len(COMPARED) == 401
    assert sorted({recorded["section"] for recorded in COMPARED}) == list(range(9))


@pytest.mark.parametrize("recorded", COMPARED, ids=lambda it: f"{it['section']}-line{it['line']}-{it['path']}")
def test_reply_is_that_of_the_real_server(recorded: dict[str, Any], replayed: dict[int, dict[str, Any]]) -> None:
    assert as_json(replayed[recorded["line"]]) == as_json(written_out(recorded, FACTS["objects"]))


SHEET = """## 3. Things
### first
`GET /api/v1/get/alias/5` (rw key)
HTTP 200, 30 bytes
```json
{"id":5,"created":"2026-11-20 23:42:59","modified":null}
```
### form encoded attr
`POST /api/v1/add/syncjob` (ro key)
body: `{"password1": "<JOB_PW>"}`
HTTP 200, text/html, 99 bytes
```json
[{"type":"danger","log":["<JOB_PW>"],"msg":["object_exists","a / b"]}]
```
"""


def test_extraction_keeps_facts_only() -> None:
    read, write = extract_recording.extract(SHEET)["requests"]
    assert (read["section"], read["line"], read["key"], read["length"], read["one"]) == (3, 3, "rw", 30, 0)
    assert extract_recording.extract(SHEET)["objects"] == [{"id": 5, "created": "<time>", "modified": None}]
    assert write["entries"] == [["danger", ["object_exists", "a / b"]]]
    assert (write["key"], write["content_type"], "length" in write) == ("ro", "form", False)
    with pytest.raises(ValueError, match="line 9"):
        extract_recording.extract(SHEET.replace("HTTP 200, text", "lost"))


def test_no_secret_is_in_the_recording() -> None:
    sent = re.findall(r'"password[12]?": "([^"]*)"', RECORDED.read_text(encoding="utf-8").replace('\\"', '"'))
    assert set(sent) <= {"<MAILBOX_PW>", "other-<MAILBOX_PW>", "<JOB_PW>", "<JOB_PW2>", "abc", ""}
    assert "<JOB_PW>" in sent
