# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting there: certificates, names, ports, time-outs; and connections that break below HTTP."""

from __future__ import annotations

import socket
import warnings
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme

from ansible_collections.postmaster.comms.plugins.module_utils._client.http import Http, Target
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    PostmasterError,
    Uncertain,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import Redactor
from tests.simulators.framework import certificates
from tests.unit.client.raw_server import (
    Answer,
    RawServer,
    bad_chunks,
    bad_compression,
    bad_status_line,
    garbage,
    reset,
)
from tests.unit.client.servers import PASSWORD, READ, UPDATE, Trial


def _assert_unreachable(result: dict[str, Any], *hints: str) -> None:
    assert result["failed"]
    assert result["changed"] is False
    for hint in hints:
        assert hint in result["msg"]
    assert result["failure"]["retryable"] is True


def test_an_untrusted_certificate_is_refused_with_a_hint(trial: Trial) -> None:
    trial.connection["ca_path"] = None
    _assert_unreachable(trial.do(UPDATE), trial.server.title, "not trusted", "set ca_path")
    assert trial.sim.requests == []


def test_a_certificate_of_another_authority_is_refused(trial: Trial, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    trial.connection["ca_path"] = str(other)
    _assert_unreachable(trial.do(UPDATE), "not trusted", "ca_path")
    assert trial.sim.requests == []


def test_certificates_are_not_checked_only_on_request(trial: Trial) -> None:
    trial.connection.update(ca_path=None, validate_certs=False)
    with warnings.catch_warnings():
        # Who asks for it does not want to hear of it, and in Ansible's worker nobody may write to the error stream.
        warnings.simplefilter("error")
        assert not trial.do(UPDATE).get("failed")


@pytest.mark.parametrize("content", [None, "this is no certificate\n"])
def test_a_ca_path_that_cannot_be_used_is_named(trial: Trial, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    trial.connection["ca_path"] = str(path)
    result = trial.do(UPDATE)
    assert result["failed"]
    assert "ca_path" in result["msg"]
    assert trial.sim.requests == []


def test_a_refused_connection(trial: Trial) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    trial.connection["api_url"] = f"https://127.0.0.1:{port}"
    _assert_unreachable(trial.do(UPDATE), f"https://127.0.0.1:{port}", "cannot be reached", "refused", "check api_url")


def test_an_unknown_host(trial: Trial) -> None:
    trial.connection["api_url"] = "https://mail.nowhere.invalid"
    _assert_unreachable(trial.do(UPDATE), "https://mail.nowhere.invalid", "cannot be reached", "check api_url")


def test_reads_without_an_answer_in_time_are_given_up(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.fault("slow", READ, seconds=600, times=3)
    trial.impatient(monkeypatch, READ)
    _assert_unreachable(trial.do(UPDATE), trial.server.title, "timed out")
    assert len(trial.requests(READ)) == 3
    assert trial.sim.writes == []


def test_the_time_to_wait_is_that_of_the_option(rest: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[Any] = []
    original = requests.Session.send

    def send(session: requests.Session, request: requests.PreparedRequest, **arguments: Any) -> requests.Response:
        waits.append(arguments["timeout"])
        return original(session, request, **arguments)

    monkeypatch.setattr(requests.Session, "send", send)
    rest.do(UPDATE)
    rest.connection["timeout"] = 77
    rest.do(UPDATE)
    assert waits[0] == 30
    assert waits[-1] == 77


@pytest.mark.parametrize(
    "url",
    [
        "https://.example",
        "https://a b.example",
        "https://" + "a" * 70 + ".example",
        "https://mail..example",
        "https://[::1",
        "https://mail.example:port",
        "https://mail.example:99999",
        "https://*.example",
    ],
)
def test_a_url_that_is_none_is_an_error_and_no_traceback(trial: Trial, url: str) -> None:
    trial.connection["api_url"] = url
    result = trial.do(UPDATE)
    assert result["failed"]
    assert "api_url" in result["msg"]


# Below HTTP.


def _http(server: RawServer, timeout: float = 30) -> Http:
    redactor = Redactor()
    redactor.learn(PASSWORD)
    return Http(Target("The server", server.url, ca_path=certificates.ca_path(), timeout=timeout), redactor)


BROKEN = pytest.mark.parametrize(
    "answer", [garbage, reset, bad_status_line, bad_chunks, bad_compression], ids=lambda answer: str(answer.__name__)
)


@BROKEN
def test_a_write_that_the_server_read_and_answered_with_rubbish_is_uncertain(
    answer: Answer, pauses: list[float]
) -> None:
    """It may have been processed: it is neither sent again nor taken for a matter of certificates."""
    with RawServer(answer) as server:
        http = _http(server)
        with pytest.raises(Uncertain, match=r"The server at .* during the call") as caught:
            http.send("POST", server.url, call="the call", is_write=True, json={"password": PASSWORD})
        http.close()
        assert server.requests == 1
    assert "ca_path" not in str(caught.value)


@BROKEN
def test_a_read_that_is_answered_with_rubbish_is_unreachable(answer: Answer, pauses: list[float]) -> None:
    with RawServer(answer) as server:
        http = _http(server)
        with pytest.raises(PostmasterError, match=r"The server at .* during the call") as caught:
            http.send("GET", server.url, call="the call", is_write=False)
        http.close()
    assert caught.value.retryable
    assert not isinstance(caught.value, Uncertain)
    assert "ca_path" not in str(caught.value)


def test_a_login_is_sent_once_whatever_happens(pauses: list[float]) -> None:
    with RawServer(reset) as server:
        http = _http(server)
        with pytest.raises(PostmasterError):
            http.send("POST", server.url, call="the login", is_write=False, is_session=True, json={})
        http.close()
        assert server.requests == 1
