# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.simulators`, started as people start it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def launch(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.simulators", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_launcher(*arguments: str) -> tuple[int, str, str]:
    with launch(*arguments) as process:
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err


def test_launcher_passes_environment_and_exit_code() -> None:
    code = "import os, sys; print(os.environ['KERIO_CONNECT_URL'], os.environ['KERIO_CONNECT_CA_PATH']); sys.exit(7)"
    status, out, err = run_launcher("--", sys.executable, "-c", code)
    assert (status, err) == (7, "")
    url, ca_path = out.split()
    assert url.startswith("https://127.0.0.1:")
    assert not os.path.exists(ca_path), "the temporary directory is left behind"


def test_launcher_starts_every_simulator_for_its_command() -> None:
    code = (
        "import os, ssl, urllib.request\n"
        "context = ssl.create_default_context(cafile=os.environ['KERIO_CONNECT_CA_PATH'])\n"
        "for name, url in os.environ.items():\n"
        "    if url.startswith('https://127.0.0.1:') and name.endswith('_URL'):\n"
        "        try:\n"
        "            urllib.request.urlopen(url + '/nowhere', context=context)\n"
        "        except urllib.error.HTTPError as error:\n"
        "            print(name, error.code)\n"
        "            error.close()\n"
    )
    status, out, _err = run_launcher("--", sys.executable, "-c", code)
    assert status == 0
    assert {line.split()[0] for line in out.splitlines()} >= {"KERIO_CONNECT_URL", "MAIL_API_URL"}


def test_launcher_says_that_a_command_does_not_exist() -> None:
    status, _out, err = run_launcher("--", "no-such-command-anywhere")
    assert status == 127
    assert "no-such-command-anywhere" in err


def test_launcher_without_command_or_print_is_a_usage_error() -> None:
    status, _out, err = run_launcher()
    assert status == 2
    assert "a command is needed" in err


def test_launcher_passes_signals_on() -> None:
    code = (
        "import signal, sys\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n"
        "print('ready', flush=True)\n"
        "signal.pause()\n"
    )
    with launch("--", sys.executable, "-c", code) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
        assert process.returncode == 9


def test_launcher_tells_of_a_killed_command() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    status, _out, _err = run_launcher("--", sys.executable, "-c", code)
    assert status == 128 + signal.SIGKILL


def test_launcher_prints_the_environment_and_serves_until_it_is_ended() -> None:
    with launch("--print") as process:
        assert process.stdout is not None
        url = next(line for line in process.stdout if line.startswith("export KERIO_CONNECT_URL="))
        port = int(url.strip().rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)):
            pass
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
        assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "dialect"), [((), "rest"), (("--mail", "rest"), "rest"), (("--mail", "mailcow"), "mailcow")]
)
def test_mail_variables_point_at_the_chosen_server(arguments: tuple[str, ...], dialect: str) -> None:
    status, out, _err = run_launcher(
        *arguments, "--", sys.executable, "-c", "import os; print(os.environ['MAIL_API_DIALECT'])"
    )
    assert (status, out) == (0, f"{dialect}\n")
