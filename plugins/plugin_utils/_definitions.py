# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All modules of the collection.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.definition import Definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_call import call_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import config_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import info_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import object_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System


def _definitions_of(system: System) -> Iterator[Definition]:
    for resource in system.declared:
        yield object_definition(system, resource)
    yield config_definition(system)
    yield info_definition(system)
    if system.calls is not None:
        yield call_definition(system)


DEFINITIONS = {each.name: each for system in SYSTEMS for each in _definitions_of(system)}
