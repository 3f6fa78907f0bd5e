# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the module of this name in Ansible's worker, where a task allows that. Generated
(python -m tests.tools.module_docs)."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_call import call_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM
from ansible_collections.postmaster.comms.plugins.plugin_utils._action import Action


class ActionModule(Action):
    """The action plugin."""

    definition = call_definition(SYSTEM)
