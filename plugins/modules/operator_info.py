#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Read a whole Kerio Operator server as one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: operator_info
short_description: Read a whole Kerio Operator server as one document
description:
  - Returns what a server holds as a document that M(postmaster.comms.operator_config)
    takes.
  - Given back unchanged, the document changes nothing. That is how an existing
    server is adopted.
  - Passwords are never part of it, since servers do not return them.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.info
  - postmaster.comms.kerio_operator
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_operator
      - postmaster.comms.all
options:
  resources:
    description:
      - Resources to read; all of them when left out.
    type: list
    elements: str
    choices:
      - users
      - extensions
seealso:
  - module: postmaster.comms.operator_user
  - module: postmaster.comms.operator_extension
  - module: postmaster.comms.operator_config
"""

EXAMPLES = r"""
---
- name: Read users and extensions
  postmaster.comms.operator_info:
  register: phones

- name: Write them down, to be kept under version control
  ansible.builtin.copy:
    content: "{{ phones.config | to_nice_yaml(sort_keys=false) }}"
    dest: "{{ playbook_dir }}/phones.yml"
    mode: "0644"
  delegate_to: localhost

- name: The numbers that are in use
  ansible.builtin.debug:
    msg: "{{ phones.config.extensions | map(attribute='number') | list }}"
"""

RETURN = r"""
---
config:
  description: The document, with one list for each resource, sorted by key.
    It holds every option of M(postmaster.comms.operator_config) entries that
    can be read.
  returned: success
  type: dict
  contains:
    users:
      description: The users.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(users)
    extensions:
      description: The extensions.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(extensions)
assumed:
  description: Objects that do not exist and that check mode takes as coming
    from an earlier task.
  returned: in check mode, when there are any
  type: list
  elements: str
failure:
  description: The failure as data.
  returned: failure
  type: dict
  contains:
    system:
      description: The system.
      type: str
      returned: always
    method:
      description: The call that failed, if it was one.
      type: str
      returned: always
    code:
      description: What the server gave as a code.
      type: raw
      returned: always
    message:
      description: The reason.
      type: str
      returned: always
    object:
      description: Kind and name of the object.
      type: str
      returned: always
    retryable:
      description: Whether trying again can help.
      type: bool
      returned: always
api:
  description: 'What the run cost: calls, writes, logins, and a line for each
    call without secrets.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import info_module
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator import SYSTEM


def main() -> None:
    """Run the module."""
    info_module(SYSTEM)


if __name__ == "__main__":
    main()
