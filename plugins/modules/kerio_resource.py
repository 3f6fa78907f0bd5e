#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage resources of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_resource
short_description: Manage resources of Kerio Connect
description:
  - Creates, changes and deletes resources of a Kerio Connect server, such
    as rooms and equipment that people reserve, through its administration
    interface.
  - A user or group that is gone, or that the login may not see, is told by
    the server's id after C(id:), which the options take as well.
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
      - Whether the resource is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the resource.
    type: str
    required: true
  domain:
    description:
      - Name of the domain that the resource belongs to.
    type: str
    required: true
  description:
    description:
      - Free text about the resource. A new object gets an empty text unless
        this is given.
    type: str
  type:
    description:
      - V(room), or V(equipment) such as a projector or a car. A new object
        gets V(room) unless this is given.
    type: str
    choices:
      - room
      - equipment
  enabled:
    description:
      - Whether the resource can be reserved. A new object gets V(true) unless
        this is given.
    type: bool
  reservable_by:
    description:
      - Who may reserve the resource. What is left out of it stays as it is.
    type: dict
    suboptions:
      anyone:
        description:
          - Whether everybody may, also without being a user of the server.
            A new object gets V(false) unless this is given.
        type: bool
      all_users:
        description:
          - Whether all users of all domains of the server may. A new object
            gets V(false) unless this is given.
        type: bool
      domains:
        description:
          - Names of all domains of the server whose users may. An empty list
            removes all. A new object gets an empty list unless this is given.
        type: list
        elements: str
      users:
        description:
          - All users who may, by login name, or by address in another domain
            than that of the resource. An empty list removes all. A new object
            gets an empty list unless this is given.
        type: list
        elements: str
      groups:
        description:
          - All groups whose members may, by name, or as V(name@domain) in
            another domain than that of the resource. An empty list removes
            all. A new object gets an empty list unless this is given.
        type: list
        elements: str
  manager:
    description:
      - User who manages the reservations, by login name, or by address in
        another domain than that of the resource. An empty text for none.
        Naming one takes the place of O(manager_group). A new object gets
        an empty text unless this is given.
    type: str
  manager_group:
    description:
      - Group whose members manage the reservations, by name, or as V(name@domain)
        in another domain than that of the resource. An empty text for none.
        Naming one takes the place of O(manager). A new object gets an empty
        text unless this is given.
    type: str
  allow_mail_loss:
    description:
      - Consent to the loss of the calendar with all reservations, without
        which the resource is not deleted.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: that type and id are all that counts of
    who may reserve a resource, and of its manager.'
  - 'Not proven on a real server: that somebody of another domain may reserve
    or manage a resource.'
  - 'Not proven on a real server: that the calendar of a resource goes with
    it.'
"""

EXAMPLES = r"""
---
- name: Create a room that everybody in the domain may reserve; the connection is given with the task
  postmaster.comms.kerio_resource:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: Meeting room 1
    domain: example.com
    description: Ground floor, 12 seats
    type: room
    reservable_by:
      domains: [example.com]
    manager: alice

# The examples from here on take the connection from the environment: KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME and
# KERIO_CONNECT_PASSWORD.
- name: Create a car that some people may reserve, managed by a group
  postmaster.comms.kerio_resource:
    name: Car
    domain: example.com
    type: equipment
    reservable_by:
      users: [alice, bob]
      groups: [sales]
    manager_group: staff
  register: car

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "{{ car.resource.name }} is managed by {{ car.resource.manager_group }}"

- name: Change who may reserve a projector; the users and groups that may stay as they are
  postmaster.comms.kerio_resource:
    name: Projector
    domain: example.com
    reservable_by:
      all_users: true
      domains: []

- name: Clear fields, and take a room out of use without losing its reservations
  postmaster.comms.kerio_resource:
    name: Attic
    domain: example.com
    description: ""
    enabled: false
    manager: ""

- name: Delete a resource together with its reservations
  postmaster.comms.kerio_resource:
    name: Old van
    domain: example.com
    state: absent
    allow_mail_loss: true
"""

RETURN = r"""
---
resource:
  description:
    - The resource as it is now, or as it will be in check mode; null when
      it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the resource.
      returned: when the server tells it, or when it was sent
      type: str
    domain:
      description: Name of the domain that the resource belongs to.
      returned: when the server tells it, or when it was sent
      type: str
    address:
      description: Address of the resource, which the server makes of its
        name.
      returned: when the server tells it, or when it was sent
      type: str
    description:
      description: Free text about the resource.
      returned: when the server tells it, or when it was sent
      type: str
    type:
      description: V(room), or V(equipment) such as a projector or a car.
      returned: when the server tells it, or when it was sent
      type: str
    enabled:
      description: Whether the resource can be reserved.
      returned: when the server tells it, or when it was sent
      type: bool
    reservable_by:
      description: Who may reserve the resource.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        anyone:
          description: Whether everybody may, also without being a user of
            the server.
          returned: when the server tells it, or when it was sent
          type: bool
        all_users:
          description: Whether all users of all domains of the server may.
          returned: when the server tells it, or when it was sent
          type: bool
        domains:
          description: Names of all domains of the server whose users may.
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
        users:
          description: All users who may, by login name, or by address in
            another domain than that of the resource.
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
        groups:
          description: All groups whose members may, by name, or as V(name@domain)
            in another domain than that of the resource.
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
    manager:
      description: User who manages the reservations, by login name, or by
        address in another domain than that of the resource.
      returned: when the server tells it, or when it was sent
      type: str
    manager_group:
      description: Group whose members manage the reservations, by name, or
        as V(name@domain) in another domain than that of the resource.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.resources import RESOURCE


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, RESOURCE))


if __name__ == "__main__":
    main()
