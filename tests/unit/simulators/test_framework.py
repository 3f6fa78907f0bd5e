# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared part of the simulators, tried with a minimal system and a plain HTTPS client."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
from werkzeug.wrappers import Request, Response

from tests.simulators import Call, Fault, Simulator


@dataclass
class CounterSettings:
    step: int = 1
    names: list[str] = field(default_factory=list)


class Counter(Simulator[CounterSettings, dict[str, int]]):
    """POST adds to the count, GET reads it; /login and /logout are session calls."""

    name = "counter"

    def default_settings(self) -> CounterSettings:
        return CounterSettings()

    def starting_store(self) -> dict[str, int]:
        return {"count": 0}

    def describe(self, request: Request) -> Call:
        login, logout = request.path == "/login", request.path == "/logout"
        is_write = request.method == "POST" and not (login or logout)
        return Call(f"{request.method} {request.path}", None, is_write, login, logout)

    def handle(self, request: Request) -> Response:
        if request.path == "/broken":
            raise RuntimeError("a mistake in the simulator")
        if request.method == "POST":
            self.store["count"] += self.settings.step
        data = {"count": self.store["count"], "port": request.environ["REMOTE_PORT"], "echo": request.get_data(True)}
        return Response(json.dumps({**data, "echo": len(data["echo"])}), content_type="application/json")

    @property
    def environment(self) -> dict[str, str]:
        return {"COUNTER_URL": self.url}


@pytest.fixture(scope="module")
def running() -> Iterator[Counter]:
    with Counter() as simulator:
        yield simulator


@pytest.fixture
def counter(running: Counter) -> Counter:
    running.reset()
    return running


@pytest.fixture
def http(counter: Counter) -> Iterator[requests.Session]:
    with requests.Session() as session:
        # Variables such as REQUESTS_CA_BUNDLE would replace the authority set here.
        session.trust_env = False
        session.verify = counter.ca_path
        yield session


# TLS


def test_certificate_is_good_for_both_names_of_the_loopback(counter: Counter, http: requests.Session) -> None:
    assert http.get(counter.url).status_code == 200
    assert http.get(counter.url.replace("127.0.0.1", "localhost")).status_code == 200


def test_client_that_does_not_know_the_authority_refuses(counter: Counter, http: requests.Session) -> None:
    http.verify = True
    with pytest.raises(requests.exceptions.SSLError):
        http.get(counter.url)
    assert counter.requests == []


def test_certificate_is_not_good_for_other_names(counter: Counter) -> None:
    port = int(counter.url.rpartition(":")[2])
    context = ssl.create_default_context(cafile=counter.ca_path)
    with socket.create_connection(("127.0.0.1", port)) as plain, pytest.raises(ssl.SSLCertVerificationError):
        context.wrap_socket(plain, server_hostname="mail.example.com")


def test_plain_http_is_no_way_in(counter: Counter, http: requests.Session) -> None:
    with pytest.raises(requests.exceptions.ConnectionError):
        http.get(counter.url.replace("https", "http"))
    assert counter.requests == []


def test_client_stuck_in_its_handshake_holds_up_nobody(counter: Counter, http: requests.Session) -> None:
    port = int(counter.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)):
        assert http.get(counter.url, timeout=30).status_code == 200


# HTTP


def test_connection_is_kept_alive(counter: Counter, http: requests.Session) -> None:
    ports = {http.post(counter.url, data=b"x" * size).json()["port"] for size in (0, 10, 100_000)}
    assert len(ports) == 1


def test_connection_is_closed_when_the_client_asks_for_it(counter: Counter, http: requests.Session) -> None:
    first = http.get(counter.url, headers={"Connection": "close"})
    assert first.headers["Connection"] == "close"
    assert http.get(counter.url).json()["port"] != first.json()["port"]


def test_chunked_body_is_read_whole(counter: Counter, http: requests.Session) -> None:
    answer = http.post(counter.url, data=iter([b"one", b"two"])).json()
    assert answer["echo"] == 6


def test_head_has_no_body_and_keeps_the_connection_usable(counter: Counter, http: requests.Session) -> None:
    assert http.head(counter.url).content == b""
    assert http.get(counter.url).json()["count"] == 0


def test_requests_of_many_threads_are_all_counted(counter: Counter) -> None:
    def work() -> None:
        with requests.Session() as session:
            session.trust_env = False
            for _attempt in range(10):
                session.post(counter.url, verify=counter.ca_path)

    threads = [threading.Thread(target=work) for _attempt in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.store["count"] == 80
    assert len(counter.requests) == 80


# Log


def test_log_keeps_what_was_asked(counter: Counter, http: requests.Session) -> None:
    http.get(f"{counter.url}/one?x=1", headers={"X-Own": "yes"})
    http.post(f"{counter.url}/two")
    http.post(f"{counter.url}/login")
    one, two, login = counter.requests
    assert (one.method, one.path, one.call, one.status, one.is_write) == ("GET", "/one?x=1", "GET /one", 200, False)
    assert one.headers["X-Own"] == "yes"
    assert login.login
    assert not login.is_write
    assert counter.writes == [two]


def test_mistake_of_the_simulator_is_not_taken_for_an_answer(
    counter: Counter, http: requests.Session, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = http.get(f"{counter.url}/broken")
    assert answer.status_code == 500
    assert "a mistake in the simulator" in counter.internal_errors[0]
    assert "a mistake in the simulator" in capsys.readouterr().err


# Faults


def outcome(counter: Counter, http: requests.Session) -> Any:
    """Status and text of one POST, or the class of what went wrong."""
    try:
        answer = http.post(counter.url)
    except requests.exceptions.RequestException as error:
        return type(error)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("fault", "processed"),
    [
        (Fault("drop_before"), False),
        (Fault("drop_after"), True),
        (Fault("half_then_drop"), True),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
def test_connection_faults(counter: Counter, http: requests.Session, fault: Fault, processed: bool) -> None:
    counter.faults.add(Fault(fault.kind))
    assert issubclass(outcome(counter, http), requests.exceptions.RequestException)
    assert counter.store["count"] == int(processed)
    assert counter.requests[0].processed is processed
    assert len(counter.writes) == 1
    assert outcome(counter, http)[0] == 200
    assert counter.faults.pending == []


def test_truncated_reply_looks_complete_to_http(counter: Counter, http: requests.Session) -> None:
    counter.faults.add(Fault("truncated"))
    status, text = outcome(counter, http)
    assert status == 200
    assert text.startswith('{"count": 1')
    with pytest.raises(ValueError, match=r"."):
        json.loads(text)


@pytest.mark.parametrize("processed", [False, True])
def test_replaced_replies(counter: Counter, http: requests.Session, processed: bool) -> None:
    counter.faults.add(
        Fault("html", processed=processed),
        Fault("empty", processed=processed),
        Fault("status", status=503, body="busy", headers={"Retry-After": "7"}, processed=processed),
    )
    page = http.post(counter.url)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert page.text.startswith("<!DOCTYPE html>")
    assert outcome(counter, http) == (200, "")
    busy = http.post(counter.url)
    assert (busy.status_code, busy.text, busy.headers["Retry-After"]) == (503, "busy", "7")
    assert counter.store["count"] == (3 if processed else 0)


def test_body_that_nobody_looked_at_does_not_spoil_the_connection(counter: Counter, http: requests.Session) -> None:
    counter.faults.add(Fault("html"))
    http.post(counter.url, data=b"DELETE / HTTP/1.1\r\n\r\n")
    assert http.get(counter.url).json()["count"] == 0
    assert [record.method for record in counter.requests] == ["POST", "GET"]


def test_slow_reply_is_right_in_the_end(counter: Counter, http: requests.Session) -> None:
    counter.faults.add(Fault("slow", seconds=0.01))
    assert http.post(counter.url).json()["count"] == 1


def test_slow_reply_outlasts_a_client_and_ends_with_a_reset(counter: Counter, http: requests.Session) -> None:
    http.get(counter.url)  # the connection stands, so the time that follows is spent waiting for the reply
    counter.faults.add(Fault("slow", seconds=3600))
    with pytest.raises(requests.exceptions.Timeout):
        http.post(counter.url, timeout=0.5)
    assert not counter.requests[1].processed
    counter.reset()
    assert http.get(counter.url).json()["count"] == 0


def test_fault_waits_and_counts(counter: Counter, http: requests.Session) -> None:
    counter.faults.add(Fault("status", status=500, after=1, times=2))
    assert [outcome(counter, http)[0] for _attempt in range(5)] == [200, 500, 500, 200, 200]


def test_fault_meets_its_call_only(counter: Counter, http: requests.Session) -> None:
    counter.faults.add(Fault("status", call="GET /a", status=500))
    assert http.get(f"{counter.url}/b").status_code == 200
    assert http.post(f"{counter.url}/a").status_code == 200
    assert http.get(f"{counter.url}/a").status_code == 500


def test_fault_for_any_call_leaves_sessions_alone(counter: Counter, http: requests.Session) -> None:
    counter.faults.add(Fault("status", status=500))
    assert http.post(f"{counter.url}/login").status_code == 200
    assert http.post(f"{counter.url}/logout").status_code == 200
    assert http.get(counter.url).status_code == 500


@pytest.mark.parametrize(
    ("kind", "details"),
    [("drop", {}), ("slow", {}), ("status", {"code": 500}), ("truncated", {"seconds": 1})],
)
def test_misspelt_fault_is_refused(kind: str, details: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=kind):
        Fault(kind, **details)


def test_fault_that_the_system_does_not_know_is_refused(counter: Counter) -> None:
    with pytest.raises(ValueError, match="wrong_id"):
        counter.faults.add(Fault("wrong_id"))


# Life cycle


def test_reset_brings_everything_back(counter: Counter, http: requests.Session) -> None:
    url, settings, start = counter.url, counter.settings, counter.clock.now()
    counter.settings.step = 5
    counter.settings.names.append("changed")
    http.post(counter.url)
    counter.faults.add(Fault("status", status=500))
    counter.clock.advance(1e6)
    assert counter.store == {"count": 5}
    counter.reset()
    assert counter.store == {"count": 0}
    assert counter.settings is settings
    assert settings == CounterSettings()
    assert counter.requests == []
    assert counter.faults.pending == []
    assert counter.clock.now() < start + 1e5
    assert counter.url == url
    assert http.post(counter.url).json()["count"] == 1


def test_settings_given_at_the_start_are_those_of_reset() -> None:
    simulator = Counter(CounterSettings(step=3))
    simulator.settings.step = 4
    simulator.reset()
    assert simulator.settings.step == 3


def test_stop_closes_the_port_and_open_connections() -> None:
    simulator = Counter().start()
    url = simulator.url
    with requests.Session() as session:
        session.trust_env = False
        session.verify = simulator.ca_path
        session.get(url)
        simulator.stop()
        with pytest.raises(requests.exceptions.ConnectionError):
            session.get(url)
    assert len(simulator.requests) == 1
    with pytest.raises(RuntimeError, match="not running"):
        print(simulator.url)
    simulator.stop()


def test_clock_stands_still_until_it_is_advanced(counter: Counter) -> None:
    before = counter.clock.now()
    assert counter.clock.now() == before
    counter.clock.advance(90)
    assert counter.clock.now() == pytest.approx(before + 90)
    with pytest.raises(ValueError, match="turned back"):
        counter.clock.advance(-1)


def test_clock_in_real_time_goes_on() -> None:
    clock = Counter(real_time=True).clock
    before = clock.now()
    while clock.now() == before:
        pass
    assert clock.now() > before
