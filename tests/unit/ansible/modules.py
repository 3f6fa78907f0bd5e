# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of the made-up system, run in both ways: as Ansible runs a module in a process of its own, and in
Ansible's worker.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from typing import Any
from unittest import mock

import pytest
from ansible.module_utils.common import warnings
from ansible.module_utils.testing import patch_module_args

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.definition import Definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.progress import Progress
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import Sessions
from ansible_collections.postmaster.comms.plugins.plugin_utils._crossing import arguments_of, result_of
from ansible_collections.postmaster.comms.plugins.plugin_utils._worker import run_in_worker

Result = dict[str, Any]
# What every task gives, and Ansible beside it.
CONNECTION = {"api_url": "https://localhost"}


def as_module(definition: Definition, arguments: Mapping[str, Any]) -> Result:
    """What a process of its own prints."""
    printed = io.StringIO()
    # Other modules of this process may have warned of something.
    without_warnings: Any = mock.patch.object(warnings, "_global_warnings", {})
    with without_warnings, patch_module_args(dict(arguments)), redirect_stdout(printed), pytest.raises(SystemExit):
        run_module(definition)
    result = result_of(json.loads(printed.getvalue()))
    if "warnings" in result:
        # Ansible makes the same of both.
        result["warnings"] = [str(each.event.msg) for each in result["warnings"]]
    return result


def in_worker(definition: Definition, arguments: Mapping[str, Any]) -> Result:
    """What the action plugin gets; nothing is printed."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        result = result_of(run_in_worker(definition, arguments_of(dict(arguments)), Sessions(), Progress()))
    assert printed.getvalue() == ""
    return result


WAYS: dict[str, Callable[[Definition, Mapping[str, Any]], Result]] = {"module": as_module, "worker": in_worker}
