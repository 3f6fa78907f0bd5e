#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage aliases of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_alias
short_description: Manage aliases of Kerio Connect
description:
  - Creates, changes and deletes aliases of a Kerio Connect server through
    its administration interface.
  - An alias with several targets is several entries in the server's own administration,
    and one object here.
  - Options that are left out stay as they are on the server.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.kerio_connect
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_connect
      - postmaster.comms.all
options:
  state:
    description:
      - Whether the alias is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the alias, the part of the address before the @. V(*) stands
        for any characters, V(?) for one.
    type: str
    required: true
  domain:
    description:
      - Name of the domain that the alias belongs to.
    type: str
    required: true
  targets:
    description:
      - All addresses that the alias delivers to; those without a domain are
        in the domain of the alias. Other targets are removed, unless O(append)
        is set.
    type: list
    elements: str
  public_folders:
    description:
      - Names of all public folders that the alias delivers to. Others are
        removed, unless O(append) is set.
    type: list
    elements: str
  description:
    description:
      - Free text about the alias, the same for all its targets. A new object
        gets an empty text unless this is given.
    type: str
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: that the server takes several entries of
    one name, which its own administration makes.'
"""

EXAMPLES = r"""
---
- name: One address for several people; the connection is given with the task
  postmaster.comms.kerio_alias:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: office
    domain: example.com
    targets: [alice, bob, partner@example.net]
    description: Front office

# The examples below rely on KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME and KERIO_CONNECT_PASSWORD.

- name: One more target; the others stay
  postmaster.comms.kerio_alias:
    name: info
    domain: example.com
    targets: [bob@example.com]
    append: true

- name: Every address that begins with shop- leads to one person
  postmaster.comms.kerio_alias:
    name: shop-*
    domain: example.com
    targets: [bob]

- name: Exactly this target, and no description
  postmaster.comms.kerio_alias:
    name: reception
    domain: example.com
    targets: [alice]
    description: ""

- name: Delete an alias with all its targets
  postmaster.comms.kerio_alias:
    name: former
    domain: example.com
    state: absent
"""

RETURN = r"""
---
alias:
  description:
    - The alias as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the alias, the part of the address before the @.
      returned: when the server tells it, or when it was sent
      type: str
    domain:
      description: Name of the domain that the alias belongs to.
      returned: when the server tells it, or when it was sent
      type: str
    targets:
      description: All addresses that the alias delivers to; those without
        a domain are in the domain of the alias.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    public_folders:
      description: Names of all public folders that the alias delivers to.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    description:
      description: Free text about the alias, the same for all its targets.
      returned: when the server tells it, or when it was sent
      type: str
changes:
  description: Names of the options whose values change. Empty for a deletion.
  returned: success
  type: list
  elements: str
unverified:
  description: Options that cannot be compared with the server, since it does
    not return them, passwords that were sent among them.
  returned: success
  type: list
  elements: str
pending:
  description: The server has not finished yet, or wants something done elsewhere
    first.
  returned: when that is so
  type: bool
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
  description: 'What the run cost: calls, the writes and logins among them,
    pages of lists, and a line for each call without secrets. Items of a loop
    share a session, whose end is not among them.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import object_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.aliases import ALIAS


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, ALIAS))


if __name__ == "__main__":
    main()
