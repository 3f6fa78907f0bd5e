#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage groups of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_group
short_description: Manage groups of Kerio Connect
description:
  - Creates, changes and deletes groups of users of a Kerio Connect server
    through its administration interface.
  - Options that are left out stay as they are on the server.
  - Membership can be managed here, or at each user; a document that does
    both has to say the same twice.
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
      - Whether the group is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the group.
    type: str
    required: true
  domain:
    description:
      - Name of the domain that the group belongs to.
    type: str
    required: true
  description:
    description:
      - Free text about the group. A new object gets an empty text unless
        this is given.
    type: str
  email_addresses:
    description:
      - All addresses of the group, as local parts or as addresses in its
        domain. Mail to them goes to every member. An empty list removes all.
        A new object gets an empty list unless this is given.
    type: list
    elements: str
  members:
    description:
      - Login names of the members, or their addresses in the group's domain.
        An empty list removes all, unless O(append) is set.
    type: list
    elements: str
  role:
    description:
      - Administration rights that the members have. A new object gets V(none)
        unless this is given.
    type: str
    choices:
      - none
      - auditor
      - account_admin
      - full_admin
  domain_restriction:
    description:
      - Whether the members may send and receive mail inside their own domain
        only. A new object gets V(false) unless this is given.
    type: bool
  publish_in_gal:
    description:
      - Whether the group appears in the global address list. A new object
        gets V(true) unless this is given.
    type: bool
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
  directory_account:
    description:
      - 'What becomes of a group that comes from a directory service: V(deactivate)
        only takes it out of the mail server, V(delete) deletes it in the
        directory too.'
    type: str
    default: deactivate
    choices:
      - deactivate
      - delete
  force:
    description:
      - Whether to carry out a change that deletes, disables or demotes the
        very account that the task is logged in with.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: that members who are added twice, or removed
    without being members, are no error.'
"""

EXAMPLES = r"""
---
- name: Create a group with its address and members; the connection is given with the task
  postmaster.comms.kerio_group:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: night
    domain: example.com
    description: Night shift
    email_addresses: [night]
    members: [alice, bob]

# The examples below rely on KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME and KERIO_CONNECT_PASSWORD.

- name: Somebody joins; who is in the group already stays
  postmaster.comms.kerio_group:
    name: sales
    domain: example.com
    members: [alice]
    append: true

- name: The group has these members and no others
  postmaster.comms.kerio_group:
    name: staff
    domain: example.com
    members: [bob]

- name: Let the members read the administration, and hide the group from the address list
  postmaster.comms.kerio_group:
    name: night
    domain: example.com
    role: auditor
    publish_in_gal: false

- name: Take all members and addresses from a group
  postmaster.comms.kerio_group:
    name: helpers
    domain: example.com
    members: []
    email_addresses: []

- name: Delete a group; its members stay
  postmaster.comms.kerio_group:
    name: former
    domain: example.com
    state: absent
"""

RETURN = r"""
---
group:
  description:
    - The group as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the group.
      returned: when the server tells it, or when it was sent
      type: str
    domain:
      description: Name of the domain that the group belongs to.
      returned: when the server tells it, or when it was sent
      type: str
    description:
      description: Free text about the group.
      returned: when the server tells it, or when it was sent
      type: str
    email_addresses:
      description: All addresses of the group, as local parts or as addresses
        in its domain.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    members:
      description: Login names of the members, or their addresses in the group's
        domain.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    role:
      description: Administration rights that the members have.
      returned: when the server tells it, or when it was sent
      type: str
    domain_restriction:
      description: Whether the members may send and receive mail inside their
        own domain only.
      returned: when the server tells it, or when it was sent
      type: bool
    publish_in_gal:
      description: Whether the group appears in the global address list.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.groups import GROUP


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, GROUP))


if __name__ == "__main__":
    main()
