#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage mailboxes of an Email Management API or mailcow server.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mail_mailbox
short_description: Manage mailboxes of an Email Management API or mailcow
  server
description:
  - Creates, changes and deletes mailboxes, either through the Email Management
    API or through mailcow's own API.
  - Options that are left out stay as they are on the server.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.mail
attributes:
  action_group:
    membership:
      - postmaster.comms.mail
      - postmaster.comms.all
options:
  state:
    description:
      - Whether the mailbox is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  email:
    description:
      - Address of the mailbox.
    type: str
    required: true
  name:
    description:
      - Name of the person, as others see it. A new object gets an empty text
        unless this is given.
    type: str
  password:
    description:
      - Password. The server never returns it, so it is sent at creation only,
        unless O(update_password=always). Required to create the object.
    type: str
  quota:
    description:
      - Size that the mailbox may have, for instance V(512M) or V(3G), or
        V(unlimited). A whole number of megabytes. Required to create the
        object.
    type: str
  active:
    description:
      - 'Whether the mailbox may be used: V(true), V(false), or V(receive_only),
        where mail is accepted and logging in is refused. A new object gets
        V(true) unless this is given.'
    type: raw
  force_pw_update:
    description:
      - Whether the user has to choose a new password at the next login. The
        server clears it once that has happened, so leave it out of what is
        applied every night. A new object gets V(false) unless this is given.
    type: bool
  tls_enforce_in:
    description:
      - Whether incoming connections have to be encrypted. A new object gets
        V(false) unless this is given.
    type: bool
  tls_enforce_out:
    description:
      - Whether outgoing connections have to be encrypted. A new object gets
        V(false) unless this is given.
    type: bool
  auth_source:
    description:
      - Who checks the password. Known to O(api_dialect=mailcow) only.
    type: str
    choices:
      - mailcow
      - keycloak
      - generic-oidc
      - ldap
  force_tfa:
    description:
      - Whether the user has to set up a second factor. Known to O(api_dialect=mailcow)
        only.
    type: bool
  sogo_access:
    description:
      - Whether the user may log in to the groupware. Known to O(api_dialect=mailcow)
        only.
    type: bool
  protocol_access:
    description:
      - All protocols that the mailbox may be used with. Known to O(api_dialect=mailcow)
        only.
    type: list
    elements: str
    choices:
      - imap
      - pop3
      - smtp
      - sieve
      - eas
      - dav
  quarantine_notification:
    description:
      - How often the user is told about mail in quarantine. Known to O(api_dialect=mailcow)
        only.
    type: str
    choices:
      - never
      - hourly
      - daily
      - weekly
  quarantine_category:
    description:
      - Which mail in quarantine the user is told about. Known to O(api_dialect=mailcow)
        only.
    type: str
    choices:
      - add_header
      - reject
      - all
  relay_host:
    description:
      - Number of the sender-dependent transport that mail of this mailbox
        leaves by, V(0) for none. Known to O(api_dialect=mailcow) only.
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
  allow_mail_loss:
    description:
      - Consent to the loss of all mail in the mailbox, without which it is
        not deleted. Deleting a mailbox also removes the aliases that lead
        nowhere else, and its sync jobs.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mail_domain
  - module: postmaster.comms.mail_alias
  - module: postmaster.comms.mail_sync_job
  - module: postmaster.comms.mail_config
  - module: postmaster.comms.mail_info
notes:
  - 'Not proven on a real server: names and units of what the Email Management
    API tells of a mailbox; mailcow''s and its own are read.'
"""

EXAMPLES = r"""
---
- name: Create a mailbox; the connection is given with the task
  postmaster.comms.mail_mailbox:
    api_url: "{{ mail_url }}"
    api_key: "{{ vault_mail_key }}"
    email: carol@example.com
    name: Carol Example
    password: "{{ vault_carol_password }}"
    quota: 2G

# What several tasks share is given once: for a block as here, or for a play. Some options are known to mailcow only.
- name: Mailboxes of a mailcow server
  module_defaults:
    group/postmaster.comms.mail:
      api_url: "{{ mailcow_url }}"
      api_key: "{{ vault_mailcow_key }}"
      api_dialect: mailcow
  block:
    - name: Create a mailbox that may be used by IMAP and SMTP, without groupware
      postmaster.comms.mail_mailbox:
        email: dave@example.com
        name: Dave Example
        password: "{{ vault_dave_password }}"
        quota: 512M
        protocol_access: [imap, smtp]
        sogo_access: false
        quarantine_notification: daily

# Where options of the connection are not given at all, the environment variables MAIL_API_URL, MAIL_API_KEY,
# MAIL_API_DIALECT … count, as in the following tasks.
- name: Change several options of a mailbox; everything else stays as it is
  postmaster.comms.mail_mailbox:
    email: alice@example.com
    quota: 3G
    tls_enforce_in: true
    tls_enforce_out: true
  register: alice

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "{{ alice.mailbox.name }} may store {{ alice.mailbox.quota }}; changed: {{ alice.changes | join(', ') }}"

- name: Accept mail and refuse logging in
  postmaster.comms.mail_mailbox:
    email: alice@example.com
    active: receive_only

- name: Set a new password; it is sent in every run, since no server tells the one it has
  postmaster.comms.mail_mailbox:
    email: alice@example.com
    password: "{{ vault_alice_password }}"
    update_password: always

- name: Create mailboxes of a list; no_log keeps the passwords of the items out of what Ansible prints
  postmaster.comms.mail_mailbox:
    email: "{{ item.name }}@example.org"
    password: "{{ item.password }}"
    quota: 1G
  loop:
    - name: erin
      password: "{{ vault_erin_password }}"
    - name: frank
      password: "{{ vault_frank_password }}"
  loop_control:
    label: "{{ item.name }}"
  no_log: true

- name: Delete a mailbox with all its mail
  postmaster.comms.mail_mailbox:
    email: bob@example.com
    state: absent
    allow_mail_loss: true
"""

RETURN = r"""
---
mailbox:
  description:
    - The mailbox as it is now, or as it will be in check mode; null when
      it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    email:
      description: Address of the mailbox.
      returned: when the server tells it, or when it was sent
      type: str
    name:
      description: Name of the person, as others see it.
      returned: when the server tells it, or when it was sent
      type: str
    quota:
      description: Size that the mailbox may have, for instance V(512M) or
        V(3G), or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: str
    active:
      description: 'Whether the mailbox may be used: V(true), V(false), or
        V(receive_only), where mail is accepted and logging in is refused.'
      returned: when the server tells it, or when it was sent
      type: raw
    force_pw_update:
      description: Whether the user has to choose a new password at the next
        login.
      returned: when the server tells it, or when it was sent
      type: bool
    tls_enforce_in:
      description: Whether incoming connections have to be encrypted.
      returned: when the server tells it, or when it was sent
      type: bool
    tls_enforce_out:
      description: Whether outgoing connections have to be encrypted.
      returned: when the server tells it, or when it was sent
      type: bool
    auth_source:
      description: Who checks the password.
      returned: when the server tells it, or when it was sent
      type: str
    force_tfa:
      description: Whether the user has to set up a second factor.
      returned: when the server tells it, or when it was sent
      type: bool
    sogo_access:
      description: Whether the user may log in to the groupware.
      returned: when the server tells it, or when it was sent
      type: bool
    protocol_access:
      description: All protocols that the mailbox may be used with.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    quarantine_notification:
      description: How often the user is told about mail in quarantine.
      returned: when the server tells it, or when it was sent
      type: str
    quarantine_category:
      description: Which mail in quarantine the user is told about.
      returned: when the server tells it, or when it was sent
      type: str
    relay_host:
      description: Number of the sender-dependent transport that mail of this
        mailbox leaves by, V(0) for none.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail.mailboxes import MAILBOX


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, MAILBOX))


if __name__ == "__main__":
    main()
