# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of servers as people write them."""

from __future__ import annotations

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._client.rest import path_segment
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import base_url
from tests.unit.client.servers import UPDATE, Trial

PATH = "/admin/api/jsonrpc/"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://mail.example.com", "https://mail.example.com"),
        ("https://mail.example.com/", "https://mail.example.com"),
        (" https://mail.example.com:4040 ", "https://mail.example.com:4040"),
        ("https://mail.example.com:4040/admin/api/jsonrpc/", "https://mail.example.com:4040"),
        ("https://mail.example.com:4040/admin/api/jsonrpc", "https://mail.example.com:4040"),
        ("https://mail.example.com/below/a/proxy", "https://mail.example.com/below/a/proxy"),
        ("https://mail.example.com/below/a/proxy/admin/api/jsonrpc/", "https://mail.example.com/below/a/proxy"),
        ("https://[2001:db8::1]:4040/", "https://[2001:db8::1]:4040"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:1", "http://[::1]:1"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    assert base_url(text, PATH) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mail.example.com",
        "mail.example.com:4040",
        "//mail.example.com",
        "https://",
        "https:///path",
        "ftp://mail.example.com",
        "https://admin:geheim@mail.example.com",
        "https://admin@mail.example.com",
        "https://:geheim@mail.example.com",
        "https://mail.example.com?key=geheim",
        "https://mail.example.com#geheim",
        "https://mail.example.com:port",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_refused_with_the_name_of_the_option_and_without_credentials(text: str) -> None:
    with pytest.raises(InvalidOption, match=r"^api_url: ") as caught:
        base_url(text, PATH)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("host", ["mail.example.com", "192.0.2.1", "localhost.example.com", "127.0.0.1.example.com"])
def test_credentials_do_not_travel_in_clear(host: str) -> None:
    with pytest.raises(InvalidOption, match="write https://"):
        base_url(f"http://{host}", PATH)


@pytest.mark.parametrize(
    ("name", "segment"),
    [("a@b.example", "a%40b.example"), ("a/../b?c#d", "a%2F..%2Fb%3Fc%23d"), ("a b%40é", "a%20b%2540%C3%A9")],
)
def test_a_name_is_one_segment_of_a_path_whatever_it_holds(name: str, segment: str) -> None:
    assert path_segment(name) == segment


@pytest.mark.parametrize("ending", ["", "/", "PATH", "PATH/"])
def test_the_path_of_the_api_is_added_when_it_is_missing(trial: Trial, ending: str) -> None:
    trial.connection["api_url"] = trial.sim.url + ending.replace("PATH", trial.server.system.path.rstrip("/"))
    assert trial.do(UPDATE)["changed"] is True
    assert trial.people["alice@example.com"] == "Alice New"


def test_a_bad_address_is_refused_before_the_first_call_in_check_mode_too(trial: Trial) -> None:
    trial.connection["api_url"] = "http://mail.example.com"
    for check in (True, False):
        result = trial.do(UPDATE, check=check)
        assert result["msg"].startswith("api_url: ")
        assert "api" not in result or result["api"]["calls"] == 0
