# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plays that are measured, and the environment of the Ansible that runs them: as it comes, nothing tuned."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.tools.collection import ROOT, ensure_link

HERE = Path(__file__).parent
# Variables that must not be inherited: the machine's own settings of Ansible, its mail servers and its authorities.
FOREIGN = ("ANSIBLE_", "KERIO_", "MAILBOXORG_", "MAIL_API_", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")

Task = dict[str, Any]
Play = dict[str, Any]

USER_OPTIONS = ("name", "domain", "full_name", "description", "email_addresses", "groups", "quota", "password")
LOOP = {"loop": "{{ document.users }}", "loop_control": {"label": "{{ item.name }}"}}


def play(*tasks: Task, in_process: bool = True) -> Play:
    """A play on this machine, with the variables of a run."""
    return {
        "name": "Measured",
        "hosts": "localhost",
        "gather_facts": False,
        "vars_files": ["document.json"],
        "vars": {
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "postmaster_in_process": in_process,
        },
        "tasks": list(tasks),
    }


def empty_play() -> Play:
    """What every play takes: starting Ansible, reading the variables, one task that is told nothing."""
    return play({"name": "Nothing", "ansible.builtin.meta": "noop"})


def empty_action() -> Play:
    """A task that is handed the whole document and does nothing with it, in Ansible's worker."""
    return play({"name": "Nothing with much", "bench_empty_action": {"config": "{{ document }}"}})


def whole_system(module: str) -> Play:
    """One task about all objects."""
    return play({"name": "Whole system", module: {"config": "{{ document }}"}})


def user_loop(in_process: bool) -> Play:
    """A user for each item, described in full."""
    options = {name: f"{{{{ item.{name} }}}}" for name in USER_OPTIONS}
    return play({"name": "User", "postmaster.comms.kerio_user": options, **LOOP}, in_process=in_process)


def empty_module_loop() -> Play:
    """An ordinary module that does nothing for each item."""
    return play({"name": "Nothing", "bench_empty": {"config": "{{ item }}"}, **LOOP})


def empty_module(count: int, passwords_in: str) -> Play:
    """The same once, for so many users who have different passwords, which the named option takes."""
    options = {
        "texts": _different_texts(len(USER_OPTIONS[:-1]) * count, "a text "),
        passwords_in: _different_texts(count, "a password "),
    }
    return play({"name": "Nothing", "bench_empty": options})


def _different_texts(count: int, beginning: str) -> str:
    return f"{{{{ range({count}) | map('regex_replace', '^', '{beginning}') | list }}}}"


def uri_included() -> Play:
    """A file of tasks for each item, which logs in, looks the user up and logs out."""
    return play({"name": "User", "ansible.builtin.include_tasks": str(HERE / "ansible" / "uri_user.yml"), **LOOP})


def uri_two_loops() -> Play:
    """Two tasks with a loop each: one login for each user, then one look-up with it. Sessions are left to expire."""
    login = uri("Session.login", LOGIN_PARAMS)
    looked_up = uri("Users.get", look_up("login.item.name"), session="login")
    return play(
        {"name": "Log in", **login, "register": "logins", **LOOP},
        {
            "name": "Look up",
            **looked_up,
            "loop": "{{ logins.results }}",
            "loop_control": {"loop_var": "login", "label": "{{ login.item.name }}"},
        },
    )


def uri_one_login() -> Play:
    """The kindest way: one login for all, one look-up for each, one logout."""
    return play(
        {"name": "Log in", **uri("Session.login", LOGIN_PARAMS), "register": "login"},
        {"name": "Look up", **uri("Users.get", look_up("item.name"), session="login"), **LOOP},
        {"name": "Log out", **uri("Session.logout", {}, session="login")},
    )


LOGIN_PARAMS = {
    "userName": "{{ lookup('ansible.builtin.env', 'KERIO_CONNECT_USERNAME') }}",
    "password": "{{ lookup('ansible.builtin.env', 'KERIO_CONNECT_PASSWORD') }}",
    "application": {"name": "playbook", "vendor": "playbook", "version": "1"},
}


def look_up(name: str) -> dict[str, Any]:
    """The parameters that find one user by name."""
    condition = {"fieldName": "loginName", "comparator": "Eq", "value": f"{{{{ {name} }}}}"}
    fields = ["id", "loginName", "fullName", "description", "emailAddresses", "userGroups", "diskSizeLimit"]
    return {
        "domainId": "{{ lookup('ansible.builtin.env', 'BENCH_DOMAIN_ID') }}",
        "query": {"fields": fields, "conditions": [condition], "combining": "And", "start": 0, "limit": 1},
    }


def uri(method: str, params: Mapping[str, Any], session: str = "") -> Task:
    """One call by ansible.builtin.uri; session: the variable with what the login returned."""
    headers = {"X-Token": f"{{{{ {session}.json.result.token }}}}", "Cookie": f"{{{{ {session}.cookies_string }}}}"}
    return {
        "ansible.builtin.uri": {
            "url": "{{ lookup('ansible.builtin.env', 'KERIO_CONNECT_URL') }}/admin/api/jsonrpc/",
            "method": "POST",
            "body_format": "json",
            "body": {"jsonrpc": "2.0", "id": 1, "method": method, "params": dict(params)},
            "ca_path": "{{ lookup('ansible.builtin.env', 'KERIO_CONNECT_CA_PATH') }}",
            **({"headers": headers} if session else {}),
        }
    }


def environment(folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """The environment of an ansible-playbook; variables: those that name the server."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return {
        **own,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{own.get('PATH', '')}",
        "ANSIBLE_COLLECTIONS_PATH": str(ensure_link()),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_RETRY_FILES_ENABLED": "false",
        "ANSIBLE_LIBRARY": str(HERE / "ansible" / "library"),
        "ANSIBLE_ACTION_PLUGINS": str(HERE / "ansible" / "action_plugins"),
        "PYTHONPATH": str(ROOT),  # for the floors
        **variables,
    }
