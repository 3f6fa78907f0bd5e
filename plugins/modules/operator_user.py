#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage users of Kerio Operator.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: operator_user
short_description: Manage users of Kerio Operator
description:
  - Creates, changes and deletes user accounts of a Kerio Operator server.
  - Options that are left out stay as they are on the server.
  - No known call of Operator returns every option. Those that the server
    does not tell are sent for a new user, or whenever O(update_unreadable)
    asks for it, and are listed as RV(unverified).
  - How Operator changes and deletes users is not documented anywhere. The
    module tries the plausible ways and looks at the outcome.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.kerio_operator
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_operator
      - postmaster.comms.all
options:
  state:
    description:
      - Whether the user is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Login name.
    type: str
    required: true
  full_name:
    description:
      - Full name. A new object gets an empty text unless this is given.
    type: str
  email:
    description:
      - E-mail address; an empty text for none. A new object gets an empty
        text unless this is given.
    type: str
  password:
    description:
      - Password. The server never returns it, so it is sent at creation only,
        unless O(update_password=always). Required to create the object.
    type: str
  pin:
    description:
      - PIN of the voicemail, four digits in quotes. It is sent when the password
        is.
    type: str
  enabled:
    description:
      - Whether the account may be used. A new object gets V(true) unless
        this is given.
    type: bool
  role_id:
    description:
      - Id of the administration role. V(2) is an ordinary user; other ids
        are not known. A new object gets V(2) unless this is given.
    type: int
    aliases:
      - role
  language_id:
    description:
      - Id of the language in which Operator speaks to the user. Which ids
        there are depends on the server. A new object gets V(1) unless this
        is given.
    type: int
    aliases:
      - language
  voicemail_enabled:
    description:
      - Whether the user has voicemail. A new object gets V(true) unless this
        is given.
    type: bool
  voicemail_press0_enabled:
    description:
      - Whether callers who press 0 in the voicemail are led to O(voicemail_press0_number).
        A new object gets V(false) unless this is given.
    type: bool
  voicemail_press0_number:
    description:
      - Number that callers who press 0 in the voicemail are led to. A new
        object gets an empty text unless this is given.
    type: str
  webrtc_enabled:
    description:
      - Whether the user may call from the browser. A new object gets V(true)
        unless this is given.
    type: bool
  ami_enabled:
    description:
      - Whether the user may use the Asterisk Manager Interface. A new object
        gets V(false) unless this is given.
    type: bool
  ami_password:
    description:
      - Password for the Asterisk Manager Interface.
    type: str
  extensions:
    description:
      - Extensions of the user, each known by its O(extensions[].number),
        with the settings that the user has for it. Extensions that are not
        listed stay, unless O(prune_extensions) is set. To assign an extension
        without settings, the option C(user) of M(postmaster.comms.operator_extension)
        does.
    type: list
    elements: dict
    suboptions:
      number:
        description:
          - Number of the extension.
        type: str
        required: true
      primary:
        description:
          - Whether it is the user's first extension. A new object gets V(false)
            unless this is given.
        type: bool
      ring:
        description:
          - Whether the extension rings. A new object gets V(true) unless
            this is given.
        type: bool
      ring_timeout:
        description:
          - Seconds to ring. A new object gets V(30) unless this is given.
        type: int
      busy_action:
        description:
          - What happens when the extension is busy, as the number that Operator
            uses. What the numbers mean is not known; clients of real servers
            send V(1). A new object gets V(1) unless this is given.
        type: int
      voicemail_fallback:
        description:
          - Whether calls that are not answered go to the voicemail. A new
            object gets V(false) unless this is given.
        type: bool
      voicemail_fallback_timeout:
        description:
          - Seconds after which a call goes to the voicemail. A new object
            gets V(30) unless this is given.
        type: int
  update_password:
    description:
      - When to send the password. V(on_create) sends it for a new object
        only, V(always) in every run, which reports a change each time, since
        the server never returns the password to compare it with.
    type: str
    default: on_create
    choices:
      - on_create
      - always
  prune_extensions:
    description:
      - Whether extensions that O(extensions) does not list are taken from
        the user.
    type: bool
    default: false
  update_unreadable:
    description:
      - 'When to send options that the server does not tell: V(on_create)
        sends them for a new object, and along with another change; V(always)
        sends them in every run, which reports a change each time. Either
        way they are listed as RV(unverified).'
    type: str
    default: on_create
    choices:
      - on_create
      - always
  allow_mail_loss:
    description:
      - Consent to the loss of the user's voicemail. What Operator does with
        the messages of a deleted user is not known, so they are taken as
        lost.
    type: bool
    default: false
  force:
    description:
      - Whether to carry out a change that deletes, disables or demotes the
        very account that the task is logged in with.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.operator_extension
  - module: postmaster.comms.operator_config
  - module: postmaster.comms.operator_info
notes:
  - 'Not proven on a real server: the parameters that Users.set and Users.remove
    take; both plausible forms are tried.'
  - 'Not proven on a real server: that Users.set keeps what it is not sent,
    as Extensions.set was seen to do.'
  - 'Not proven on a real server: what becomes of the voicemail of a user
    who is deleted, which therefore needs consent.'
"""

EXAMPLES = r"""
---
- name: A new colleague with a phone that exists; the connection is given with the task
  postmaster.comms.operator_user:
    api_url: "{{ operator_url }}"
    api_username: "{{ operator_username }}"
    api_password: "{{ vault_operator_password }}"
    name: carol
    full_name: Carol Example
    email: carol@example.com
    password: "{{ vault_carol_password }}"
    pin: "{{ vault_carol_pin }}"
    extensions:
      - number: "100"
        ring_timeout: 20
        voicemail_fallback: true

# The environment (KERIO_OPERATOR_URL …) or module_defaults give the connection to the following tasks:
#
#   module_defaults:
#     group/postmaster.comms.kerio_operator:
#       api_url: "{{ operator_url }}"
#       api_username: "{{ operator_username }}"
#       api_password: "{{ vault_operator_password }}"

- name: Change some options of a user; everything else stays as it is
  postmaster.comms.operator_user:
    name: alice
    full_name: Alice Sample
    email: office@example.com

- name: Let one of the user's extensions ring longer, which the server does not tell and is sent in every run
  postmaster.comms.operator_user:
    name: alice
    extensions:
      - number: "101"
        ring_timeout: 45
    update_unreadable: always

- name: Set a new password and PIN; they are sent in every run, since the server does not tell those that it has
  postmaster.comms.operator_user:
    name: alice
    password: "{{ vault_alice_password }}"
    pin: "{{ vault_alice_pin }}"
    update_password: always

- name: Create users of a list; no_log keeps the passwords of the items out of what Ansible prints
  postmaster.comms.operator_user:
    name: "{{ item.name }}"
    password: "{{ item.password }}"
  loop:
    - name: erin
      password: "{{ vault_erin_password }}"
    - name: frank
      password: "{{ vault_frank_password }}"
  loop_control:
    label: "{{ item.name }}"
  no_log: true

- name: Delete a user; the messages of the voicemail may be lost, which needs consent
  postmaster.comms.operator_user:
    name: bob
    state: absent
    allow_mail_loss: true
"""

RETURN = r"""
---
user:
  description:
    - The user as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Login name.
      returned: when the server tells it, or when it was sent
      type: str
    full_name:
      description: Full name.
      returned: when the server tells it, or when it was sent
      type: str
    email:
      description: E-mail address; an empty text for none.
      returned: when the server tells it, or when it was sent
      type: str
    enabled:
      description: Whether the account may be used.
      returned: when the server tells it, or when it was sent
      type: bool
    role_id:
      description: Id of the administration role.
      returned: when the server tells it, or when it was sent
      type: int
    language_id:
      description: Id of the language in which Operator speaks to the user.
      returned: when the server tells it, or when it was sent
      type: int
    voicemail_enabled:
      description: Whether the user has voicemail.
      returned: when the server tells it, or when it was sent
      type: bool
    voicemail_press0_enabled:
      description: Whether callers who press 0 in the voicemail are led to
        O(voicemail_press0_number).
      returned: when the server tells it, or when it was sent
      type: bool
    voicemail_press0_number:
      description: Number that callers who press 0 in the voicemail are led
        to.
      returned: when the server tells it, or when it was sent
      type: str
    webrtc_enabled:
      description: Whether the user may call from the browser.
      returned: when the server tells it, or when it was sent
      type: bool
    ami_enabled:
      description: Whether the user may use the Asterisk Manager Interface.
      returned: when the server tells it, or when it was sent
      type: bool
    extensions:
      description: Extensions of the user, each known by its O(extensions[].number),
        with the settings that the user has for it.
      returned: when the server tells it, or when it was sent
      type: list
      elements: dict
      contains:
        number:
          description: Number of the extension.
          returned: when the server tells it, or when it was sent
          type: str
        primary:
          description: Whether it is the user's first extension.
          returned: when the server tells it, or when it was sent
          type: bool
        ring:
          description: Whether the extension rings.
          returned: when the server tells it, or when it was sent
          type: bool
        ring_timeout:
          description: Seconds to ring.
          returned: when the server tells it, or when it was sent
          type: int
        busy_action:
          description: What happens when the extension is busy, as the number
            that Operator uses.
          returned: when the server tells it, or when it was sent
          type: int
        voicemail_fallback:
          description: Whether calls that are not answered go to the voicemail.
          returned: when the server tells it, or when it was sent
          type: bool
        voicemail_fallback_timeout:
          description: Seconds after which a call goes to the voicemail.
          returned: when the server tells it, or when it was sent
          type: int
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator.users import USER


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, USER))


if __name__ == "__main__":
    main()
