# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys, bans and rate limits; the expected replies are those of mail_api.md 1, 2 and 5."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import requests

from tests.simulators import MailRest
from tests.unit.simulators.mail_rest.client import (
    ask,
    configure,
)


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
