#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage mailing lists of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_mailing_list
short_description: Manage mailing lists of Kerio Connect
description:
  - Creates, changes and deletes mailing lists of a Kerio Connect server,
    with their members and moderators, through its administration interface.
  - A user of the server is named by login name or by the address that consists
    of login name and domain; any other address of a user counts as an address
    elsewhere.
  - Somebody who is no longer a user, or whom the login may not see, is told
    by the server's id after C(id:), which the options take as well.
  - Lists that the server tells without an id, since another server of a distributed
    domain keeps them, are neither shown nor changed.
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
      - Whether the mailing list is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the mailing list, the part of its address before the @.
    type: str
    required: true
  domain:
    description:
      - Name of the domain that the mailing list belongs to.
    type: str
    required: true
  description:
    description:
      - Free text about the mailing list. A new object gets an empty text
        unless this is given.
    type: str
  language:
    description:
      - Code of the language in which the server writes to members and moderators,
        for instance V(en). A new list gets the server's choice unless one
        is given.
    type: str
  members:
    description:
      - Login names of all members that are users in the domain of the list,
        and addresses of all others. Who is not named is removed, unless O(append)
        is set. A new object gets an empty list unless this is given.
    type: list
    elements: str
  moderators:
    description:
      - All moderators, named like O(members). They do not get what is posted
        unless they are members too. Who is not named is removed, unless O(append)
        is set. A new object gets an empty list unless this is given.
    type: list
    elements: str
  welcome_text:
    description:
      - Text of the message that new members get; an empty text for none.
        A new object gets an empty text unless this is given.
    type: str
  footer:
    description:
      - Text below every message of the list; an empty text for none. A new
        object gets an empty text unless this is given.
    type: str
  subscription:
    description:
      - How people get on the list by themselves, with a message to the server.
    type: dict
    suboptions:
      policy:
        description:
          - 'Whether they may: V(allowed), V(moderated) with the consent of
            a moderator, or V(denied). A new object gets V(denied) unless
            this is given.'
        type: str
        choices:
          - allowed
          - moderated
          - denied
      moderator_review:
        description:
          - Whether moderators review subscriptions. A new object gets V(false)
            unless this is given.
        type: bool
      moderator_notification:
        description:
          - Whether moderators are told of subscriptions. A new object gets
            V(false) unless this is given.
        type: bool
  posting:
    description:
      - Who may write to the list.
    type: dict
    suboptions:
      members:
        description:
          - 'Whether members may: V(allowed), V(moderated) with the consent
            of a moderator, or V(denied). A new object gets V(allowed) unless
            this is given.'
        type: str
        choices:
          - allowed
          - moderated
          - denied
      non_members:
        description:
          - Whether everybody else may, in the same words. A new object gets
            V(denied) unless this is given.
        type: str
        choices:
          - allowed
          - moderated
          - denied
      moderators:
        description:
          - 'Whether moderators may: V(allowed), V(moderated), or V(as_members)
            for what holds for them as members or others. A new object gets
            V(allowed) unless this is given.'
        type: str
        choices:
          - allowed
          - moderated
          - as_members
      notify_author:
        description:
          - Whether authors are told what became of a message that needs consent.
            A new object gets V(false) unless this is given.
        type: bool
      errors_to_moderators:
        description:
          - Whether moderators get the reports about messages that could not
            be delivered. A new object gets V(false) unless this is given.
        type: bool
  reply_to:
    description:
      - 'Where replies go to: to the V(sender) of the message, to the V(list),
        to V(sender_and_list), or to the V(other_address) in O(reply_address).
        A new object gets V(sender) unless this is given.'
    type: str
    choices:
      - sender
      - list
      - sender_and_list
      - other_address
  reply_address:
    description:
      - Address that replies go to with O(reply_to=other_address); an empty
        text for none. A new object gets an empty text unless this is given.
    type: str
  subject_prefix:
    description:
      - Text in front of the subject of every message; an empty text for none.
        A new object gets an empty text unless this is given.
    type: str
  hide_sender:
    description:
      - Whether messages show the address of the list instead of their sender's.
        A new object gets V(false) unless this is given.
    type: bool
  allow_empty_subject:
    description:
      - Whether messages without a subject are taken. A new object gets V(false)
        unless this is given.
    type: bool
  archive:
    description:
      - The archive of what was posted.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether there is one. A new object gets V(false) unless this is
            given.
        type: bool
      logged_in_only:
        description:
          - Whether one has to log in to read it. A new object gets V(false)
            unless this is given.
        type: bool
      users:
        description:
          - All users who may read it, by login name or address. An empty
            list removes all. A new object gets an empty list unless this
            is given.
        type: list
        elements: str
      groups:
        description:
          - All groups whose members may read it, by name, or as V(name@domain)
            in another domain than that of the list. An empty list removes
            all. A new object gets an empty list unless this is given.
        type: list
        elements: str
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
  allow_mail_loss:
    description:
      - Consent to the loss of the archive of the mailing list, without which
        it is not deleted.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: that the language of a mailing list is a
    code such as V(en).'
  - 'Not proven on a real server: what moderator_review adds to a subscription
    that is moderated.'
  - 'Not proven on a real server: whether an archive that is switched off
    keeps the messages that it holds.'
  - 'Not proven on a real server: that adding somebody who is on a list already
    is refused, which is why that is never tried.'
  - 'Not proven on a real server: the names that getSuffixes reserves for
    commands to a list.'
"""

EXAMPLES = r"""
---
- name: Create a mailing list; the connection is given with the task
  postmaster.comms.kerio_mailing_list:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: news
    domain: example.com
    description: News for everybody
    language: en
    members: [alice, bob, carol@partner.example.net]
    moderators: [alice]
    subject_prefix: "[news]"
    posting:
      members: moderated
      non_members: denied
      moderators: allowed
    reply_to: sender

# The examples from here on take the connection from the environment: KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME and
# KERIO_CONNECT_PASSWORD.
- name: Create a list for discussions, with an archive that the staff can read
  postmaster.comms.kerio_mailing_list:
    name: discussion
    domain: example.com
    members: [alice, bob]
    moderators: [bob]
    welcome_text: |
      Welcome to the list.
      Replies go to everybody on it.
    subscription:
      policy: moderated
      moderator_notification: true
    reply_to: list
    archive:
      enabled: true
      logged_in_only: true
      users: [bob]
      groups: [staff]

- name: Change several options of a list; everything else stays as it is
  postmaster.comms.kerio_mailing_list:
    name: board
    domain: example.com
    posting:
      non_members: moderated
      errors_to_moderators: true
    reply_to: other_address
    reply_address: office@example.com

- name: Add members to those that are there already
  postmaster.comms.kerio_mailing_list:
    name: partners
    domain: example.com
    members: [bob, dave@partner.example.net]
    append: true
  register: partners

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "{{ partners.mailing_list.members | length }} members; changed: {{ partners.changes | join(', ') }}"

- name: Clear fields; empty lists remove all members and moderators
  postmaster.comms.kerio_mailing_list:
    name: holidays
    domain: example.com
    description: ""
    footer: ""
    members: []
    moderators: []

- name: Delete a mailing list together with its archive
  postmaster.comms.kerio_mailing_list:
    name: retired
    domain: example.com
    state: absent
    allow_mail_loss: true
"""

RETURN = r"""
---
mailing_list:
  description:
    - The mailing list as it is now, or as it will be in check mode; null
      when it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the mailing list, the part of its address before
        the @.
      returned: when the server tells it, or when it was sent
      type: str
    domain:
      description: Name of the domain that the mailing list belongs to.
      returned: when the server tells it, or when it was sent
      type: str
    description:
      description: Free text about the mailing list.
      returned: when the server tells it, or when it was sent
      type: str
    language:
      description: Code of the language in which the server writes to members
        and moderators, for instance V(en).
      returned: when the server tells it, or when it was sent
      type: str
    members:
      description: Login names of all members that are users in the domain
        of the list, and addresses of all others.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    moderators:
      description: All moderators, named like O(members).
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    welcome_text:
      description: Text of the message that new members get; an empty text
        for none.
      returned: when the server tells it, or when it was sent
      type: str
    footer:
      description: Text below every message of the list; an empty text for
        none.
      returned: when the server tells it, or when it was sent
      type: str
    subscription:
      description: How people get on the list by themselves, with a message
        to the server.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        policy:
          description: 'Whether they may: V(allowed), V(moderated) with the
            consent of a moderator, or V(denied).'
          returned: when the server tells it, or when it was sent
          type: str
        moderator_review:
          description: Whether moderators review subscriptions.
          returned: when the server tells it, or when it was sent
          type: bool
        moderator_notification:
          description: Whether moderators are told of subscriptions.
          returned: when the server tells it, or when it was sent
          type: bool
    posting:
      description: Who may write to the list.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        members:
          description: 'Whether members may: V(allowed), V(moderated) with
            the consent of a moderator, or V(denied).'
          returned: when the server tells it, or when it was sent
          type: str
        non_members:
          description: Whether everybody else may, in the same words.
          returned: when the server tells it, or when it was sent
          type: str
        moderators:
          description: 'Whether moderators may: V(allowed), V(moderated),
            or V(as_members) for what holds for them as members or others.'
          returned: when the server tells it, or when it was sent
          type: str
        notify_author:
          description: Whether authors are told what became of a message that
            needs consent.
          returned: when the server tells it, or when it was sent
          type: bool
        errors_to_moderators:
          description: Whether moderators get the reports about messages that
            could not be delivered.
          returned: when the server tells it, or when it was sent
          type: bool
    reply_to:
      description: 'Where replies go to: to the V(sender) of the message,
        to the V(list), to V(sender_and_list), or to the V(other_address)
        in O(reply_address).'
      returned: when the server tells it, or when it was sent
      type: str
    reply_address:
      description: Address that replies go to with O(reply_to=other_address);
        an empty text for none.
      returned: when the server tells it, or when it was sent
      type: str
    subject_prefix:
      description: Text in front of the subject of every message; an empty
        text for none.
      returned: when the server tells it, or when it was sent
      type: str
    hide_sender:
      description: Whether messages show the address of the list instead of
        their sender's.
      returned: when the server tells it, or when it was sent
      type: bool
    allow_empty_subject:
      description: Whether messages without a subject are taken.
      returned: when the server tells it, or when it was sent
      type: bool
    archive:
      description: The archive of what was posted.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        enabled:
          description: Whether there is one.
          returned: when the server tells it, or when it was sent
          type: bool
        logged_in_only:
          description: Whether one has to log in to read it.
          returned: when the server tells it, or when it was sent
          type: bool
        users:
          description: All users who may read it, by login name or address.
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
        groups:
          description: All groups whose members may read it, by name, or as
            V(name@domain) in another domain than that of the list.
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.mailing_lists import MAILING_LIST


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, MAILING_LIST))


if __name__ == "__main__":
    main()
