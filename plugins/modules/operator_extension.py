#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage extensions of Kerio Operator.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: operator_extension
short_description: Manage extensions of Kerio Operator
description:
  - Creates, changes and deletes extensions of a Kerio Operator server and
    their lines, which are the SIP registrations of phones.
  - Options that are left out stay as they are on the server.
  - No known call of Operator returns every option. Those that the server
    does not tell are sent for a new extension, or whenever O(update_unreadable)
    asks for it, and are listed as RV(unverified).
  - How Operator deletes an extension is not documented anywhere. The module
    tries the plausible ways and looks whether the extension is gone.
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
      - Whether the extension is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  number:
    description:
      - Number of the extension. When it is left out, the extension is the
        one whose only line has O(sip_username), and a new one gets the next
        number that is free.
    type: str
  description:
    description:
      - Free text about the extension. A new object gets an empty text unless
        this is given.
    type: str
  user:
    description:
      - Login name of the user that the extension is assigned to; an empty
        text for none. A new extension belongs to nobody unless this is given.
    type: str
  call_permission:
    description:
      - Id of the class of outgoing calls that the extension may make. Which
        classes there are depends on the server; clients of real servers send
        V(1). A new object gets V(1) unless this is given.
    type: int
  record_inbound:
    description:
      - Whether incoming calls are recorded. A new object gets V(false) unless
        this is given.
    type: bool
  record_outbound:
    description:
      - Whether outgoing calls are recorded. A new object gets V(false) unless
        this is given.
    type: bool
  sip_username:
    description:
      - User name with which a phone registers. Usually the number of the
        extension.
    type: str
  sip_password:
    description:
      - Password with which a phone registers.
    type: str
  codecs:
    description:
      - Codecs in the order of preference. What the server chooses by itself
        is not known.
    type: list
    elements: str
    choices:
      - pcma
      - pcmu
      - gsm
      - speex
      - ilbc
      - g722
      - g726
  nat_support:
    description:
      - Whether the phone is reached through NAT. A new object gets V(false)
        unless this is given.
    type: bool
  secured:
    description:
      - Whether signalling and speech are encrypted. A new object gets V(false)
        unless this is given.
    type: bool
  dtmf_mode:
    description:
      - How tones are sent, as the number that Operator uses. What the numbers
        mean is not known; clients of real servers send V(0). A new object
        gets V(0) unless this is given.
    type: int
  fax_detect:
    description:
      - Whether faxes are detected. A new object gets V(false) unless this
        is given.
    type: bool
  fax_detect_type:
    description:
      - How faxes are detected, as the number that Operator uses. What the
        numbers mean is not known; clients of real servers send V(0). A new
        object gets V(0) unless this is given.
    type: int
  lines:
    description:
      - The lines of an extension that has several, each known by its O(lines[].sip_username).
        Lines that are not listed stay, unless O(prune_lines) is set. For
        an extension with one line, the options of the same names beside this
        one do.
    type: list
    elements: dict
    suboptions:
      sip_username:
        description:
          - User name with which a phone registers. Usually the number of
            the extension.
        type: str
        required: true
      sip_password:
        description:
          - Password with which a phone registers.
        type: str
      codecs:
        description:
          - Codecs in the order of preference. What the server chooses by
            itself is not known.
        type: list
        elements: str
        choices:
          - pcma
          - pcmu
          - gsm
          - speex
          - ilbc
          - g722
          - g726
      nat_support:
        description:
          - Whether the phone is reached through NAT. A new object gets V(false)
            unless this is given.
        type: bool
      secured:
        description:
          - Whether signalling and speech are encrypted. A new object gets
            V(false) unless this is given.
        type: bool
      dtmf_mode:
        description:
          - How tones are sent, as the number that Operator uses. What the
            numbers mean is not known; clients of real servers send V(0).
            A new object gets V(0) unless this is given.
        type: int
      fax_detect:
        description:
          - Whether faxes are detected. A new object gets V(false) unless
            this is given.
        type: bool
      fax_detect_type:
        description:
          - How faxes are detected, as the number that Operator uses. What
            the numbers mean is not known; clients of real servers send V(0).
            A new object gets V(0) unless this is given.
        type: int
  update_password:
    description:
      - When to send the password. V(on_create) sends it for a new object
        only, V(always) in every run, which reports a change each time. V(on_change)
        asks the server for the password that it holds and sends a different
        one.
    type: str
    default: on_create
    choices:
      - on_create
      - always
      - on_change
  prune_lines:
    description:
      - Whether lines that O(lines) does not list are deleted.
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
seealso:
  - module: postmaster.comms.operator_user
  - module: postmaster.comms.operator_config
  - module: postmaster.comms.operator_info
notes:
  - 'Not proven on a real server: the parameters that Extensions.remove takes;
    both plausible forms are tried.'
  - 'Not proven on a real server: where the reply of Extensions.getNextValidNumber
    holds the number.'
  - 'Not proven on a real server: that SIP user names are unique on a server.'
"""

EXAMPLES = r"""
---
- name: A phone at the front desk; the connection is given with the task
  postmaster.comms.operator_extension:
    api_url: "{{ operator_url }}"
    api_username: "{{ operator_username }}"
    api_password: "{{ vault_operator_password }}"
    number: "110"
    description: Front desk
    user: alice
    sip_password: "{{ vault_desk_password }}"
    codecs: [g722, pcma]

# What several tasks share is given once: for a block as here, or for a play. Where an option is not given at all,
# the environment variables KERIO_OPERATOR_URL, KERIO_OPERATOR_USERNAME, KERIO_OPERATOR_PASSWORD … count; the examples
# after this block rely on them.
- name: Phones of the entrance hall
  module_defaults:
    group/postmaster.comms.kerio_operator:
      api_url: "{{ operator_url }}"
      api_username: "{{ operator_username }}"
      api_password: "{{ vault_operator_password }}"
  block:
    - name: A phone whose number does not matter gets the next one that is free
      postmaster.comms.operator_extension:
        sip_username: lobby
        description: Lobby
        sip_password: "{{ vault_lobby_password }}"
      register: lobby

    - name: Say which number the lobby got; before it exists, check mode cannot know
      ansible.builtin.debug:
        msg: "The lobby has number {{ lobby.extension.number }}."

- name: One number on a desk phone and a cordless one, and on nothing else
  postmaster.comms.operator_extension:
    number: "120"
    lines:
      - sip_username: "120"
        sip_password: "{{ vault_desk_password }}"
      - sip_username: 120cordless
        sip_password: "{{ vault_cordless_password }}"
        nat_support: true
    prune_lines: true

- name: Send the SIP password of one line, if the server holds another one; the other lines stay as they are
  postmaster.comms.operator_extension:
    number: "102"
    lines:
      - sip_username: 102mobile
        sip_password: "{{ vault_mobile_password }}"
    update_password: on_change

- name: Record incoming calls; the server does not tell whether it does, so this is sent in every run
  postmaster.comms.operator_extension:
    number: "101"
    record_inbound: true
    update_unreadable: always

- name: Take an extension from its user
  postmaster.comms.operator_extension:
    number: "101"
    user: ""

- name: Delete an extension with all its lines
  postmaster.comms.operator_extension:
    number: "100"
    state: absent
"""

RETURN = r"""
---
extension:
  description:
    - The extension as it is now, or as it will be in check mode; null when
      it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    number:
      description: Number of the extension.
      returned: when the server tells it, or when it was sent
      type: str
    description:
      description: Free text about the extension.
      returned: when the server tells it, or when it was sent
      type: str
    user:
      description: Login name of the user that the extension is assigned to;
        an empty text for none.
      returned: when the server tells it, or when it was sent
      type: str
    call_permission:
      description: Id of the class of outgoing calls that the extension may
        make.
      returned: when the server tells it, or when it was sent
      type: int
    record_inbound:
      description: Whether incoming calls are recorded.
      returned: when the server tells it, or when it was sent
      type: bool
    record_outbound:
      description: Whether outgoing calls are recorded.
      returned: when the server tells it, or when it was sent
      type: bool
    sip_username:
      description: User name with which a phone registers.
      returned: when the server tells it, or when it was sent
      type: str
    codecs:
      description: Codecs in the order of preference.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    nat_support:
      description: Whether the phone is reached through NAT.
      returned: when the server tells it, or when it was sent
      type: bool
    secured:
      description: Whether signalling and speech are encrypted.
      returned: when the server tells it, or when it was sent
      type: bool
    dtmf_mode:
      description: How tones are sent, as the number that Operator uses.
      returned: when the server tells it, or when it was sent
      type: int
    fax_detect:
      description: Whether faxes are detected.
      returned: when the server tells it, or when it was sent
      type: bool
    fax_detect_type:
      description: How faxes are detected, as the number that Operator uses.
      returned: when the server tells it, or when it was sent
      type: int
    lines:
      description: The lines of an extension that has several, each known
        by its O(lines[].sip_username).
      returned: when the server tells it, or when it was sent
      type: list
      elements: dict
      contains:
        sip_username:
          description: User name with which a phone registers.
          returned: when the server tells it, or when it was sent
          type: str
        codecs:
          description: Codecs in the order of preference.
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
        nat_support:
          description: Whether the phone is reached through NAT.
          returned: when the server tells it, or when it was sent
          type: bool
        secured:
          description: Whether signalling and speech are encrypted.
          returned: when the server tells it, or when it was sent
          type: bool
        dtmf_mode:
          description: How tones are sent, as the number that Operator uses.
          returned: when the server tells it, or when it was sent
          type: int
        fax_detect:
          description: Whether faxes are detected.
          returned: when the server tells it, or when it was sent
          type: bool
        fax_detect_type:
          description: How faxes are detected, as the number that Operator
            uses.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator.extensions import EXTENSION


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, EXTENSION))


if __name__ == "__main__":
    main()
