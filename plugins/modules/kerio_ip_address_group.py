#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage IP address groups of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_ip_address_group
short_description: Manage IP address groups of Kerio Connect
description:
  - Creates, changes and deletes groups of IP addresses of a Kerio Connect
    server.
  - The server keeps the entries of a group one by one; here a group with
    all its entries is one object.
  - 'A change is made entry by entry: entries that stay are not touched, and
    new ones are added before others are removed, so that a group in use is
    never empty in between.'
  - 'Before entries are changed or removed, the server is asked whether that
    would cut this login off from the administration. If so, the task fails
    before anything is changed, unless O(allow_lockout) is set. The answer
    knows nothing of entries that the same task adds: where those are what
    lets you in, add them with O(append) in a task before.'
  - A group that another group contains is not deleted. Access policies and
    other settings that use a group cannot be seen from here; what becomes
    of them is up to the server.
  - Groups with entries of a type that no option describes are never pruned,
    and documents leave their entries out. With O(append) such a group can
    be added to.
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
      - Whether the IP address group is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the group. Compared without regard to case.
    type: str
    required: true
  entries:
    description:
      - All entries of the group, in any order. Others are removed, unless
        O(append) is set. A group has at least one. Required to create the
        object.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - 'What the entry is, needed in each: a V(host), a V(network), a
            V(range) of addresses, V(this_machine), which is the server itself,
            the V(prefix) of an address, or another V(group).'
        type: str
        choices:
          - host
          - network
          - range
          - this_machine
          - prefix
          - group
      host:
        description:
          - Name or IP address of a host, or the beginning of an IP address,
            for V(host).
        type: str
      network:
        description:
          - Address and mask of a network for V(network), for instance V(192.168.0.0/16)
            or V(192.168.0.0/255.255.0.0).
        type: str
      from:
        description:
          - First address of a V(range).
        type: str
      to:
        description:
          - Last address of a V(range).
        type: str
      prefix:
        description:
          - Beginning of an IP address for V(prefix), as the server spells
            it.
        type: str
      group:
        description:
          - Name of another IP address group whose entries belong to this
            one too, for V(group).
        type: str
      description:
        description:
          - Free text about the entry. A new object gets an empty text unless
            this is given.
        type: str
      enabled:
        description:
          - Whether the entry counts. A new object gets V(true) unless this
            is given.
        type: bool
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
  allow_lockout:
    description:
      - Whether to change IP address groups without asking the server first
        whether that cuts this login off from the administration. A task that
        does cut itself off fails when it reads back what it did. Deletions
        by pruning are asked about in any case.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: that removing the last entry of a group
    removes the group.'
  - 'Not proven on a real server: what the server does about a group that
    is deleted while settings such as access policies use it.'
  - 'Not proven on a real server: what the text of an entry of type V(prefix)
    looks like, and that servers before release 9 do not know it.'
  - 'Not proven on a real server: how IPv6 networks are kept; they are sent
    with their mask written as an address.'
  - 'Not proven on a real server: which code the warning about being cut off
    has. Whatever the server objects to is reported.'
"""

EXAMPLES = r"""
---
- name: Create a group with all its entries; the connection is given with the task
  postmaster.comms.kerio_ip_address_group:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: Branch offices
    entries:
      - type: network
        network: 10.20.0.0/16
        description: Hamburg
      - type: range
        from: 203.0.113.16
        to: 203.0.113.31
      - type: host
        host: vpn.example.com
        enabled: false

# The examples below rely on KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME and KERIO_CONNECT_PASSWORD.

- name: Add a host and describe a network; entries that are not listed stay
  postmaster.comms.kerio_ip_address_group:
    name: Local clients
    entries:
      - type: host
        host: 10.0.0.5
      - type: network
        network: 192.168.0.0/255.255.0.0
        description: Head office
    append: true

- name: A group that consists of another one and the server itself, and of nothing else
  postmaster.comms.kerio_ip_address_group:
    name: Trusted
    entries:
      - type: group
        group: Local clients
        description: ""
      - type: this_machine

- name: Delete a group even if it is what lets this login in
  postmaster.comms.kerio_ip_address_group:
    name: Former partners
    state: absent
    allow_lockout: true
"""

RETURN = r"""
---
ip_address_group:
  description:
    - The IP address group as it is now, or as it will be in check mode; null
      when it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the group.
      returned: when the server tells it, or when it was sent
      type: str
    entries:
      description: All entries of the group, in any order.
      returned: when the server tells it, or when it was sent
      type: list
      elements: dict
      contains:
        type:
          description: 'What the entry is, needed in each: a V(host), a V(network),
            a V(range) of addresses, V(this_machine), which is the server
            itself, the V(prefix) of an address, or another V(group).'
          returned: when the server tells it, or when it was sent
          type: str
        host:
          description: Name or IP address of a host, or the beginning of an
            IP address, for V(host).
          returned: when the server tells it, or when it was sent
          type: str
        network:
          description: Address and mask of a network for V(network), for instance
            V(192.168.0.0/16) or V(192.168.0.0/255.255.0.0).
          returned: when the server tells it, or when it was sent
          type: str
        from:
          description: First address of a V(range).
          returned: when the server tells it, or when it was sent
          type: str
        to:
          description: Last address of a V(range).
          returned: when the server tells it, or when it was sent
          type: str
        prefix:
          description: Beginning of an IP address for V(prefix), as the server
            spells it.
          returned: when the server tells it, or when it was sent
          type: str
        group:
          description: Name of another IP address group whose entries belong
            to this one too, for V(group).
          returned: when the server tells it, or when it was sent
          type: str
        description:
          description: Free text about the entry.
          returned: when the server tells it, or when it was sent
          type: str
        enabled:
          description: Whether the entry counts.
          returned: when the server tells it, or when it was sent
          type: bool
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.ip_address_groups import (
    IP_ADDRESS_GROUP,
)


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, IP_ADDRESS_GROUP))


if __name__ == "__main__":
    main()
