#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage mailboxes of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_mailbox
short_description: Manage mailboxes of mailbox.org
description:
  - Creates, changes and deletes mailboxes in the domains of an account of
    mailbox.org.
  - Options that are left out stay as they are on the server.
  - A login with the address of a mailbox may change that one, apart from
    plan, additional quotas and activation.
  - Everything else needs a login of level C(domain) or above.
  - The documentation of mailbox.org does not name C(reseller) among the levels
    that add mailboxes.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.mailboxorg
attributes:
  action_group:
    membership:
      - postmaster.comms.mailboxorg
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
  password:
    description:
      - Password. The server never returns it, so it is sent at creation only,
        unless O(update_password=always). A new mailbox needs this or O(password_hash).
    type: str
  password_hash:
    description:
      - The password as a hash, in the place of O(password). Which forms the
        server takes is not documented; C({SSHA}) is probable.
    type: str
  plan:
    description:
      - What the mailbox pays for. The server was seen to refuse to put some
        mailboxes to V(light). Required to create the object.
    type: str
    choices:
      - light
      - standard
      - premium
  first_name:
    description:
      - First name of the person. Required to create the object.
    type: str
  last_name:
    description:
      - Last name of the person. Required to create the object.
    type: str
  inbox_save:
    description:
      - Whether incoming mail is kept in the mailbox; V(false) makes it forward
        only, and needs O(forwards). A new object gets V(true) unless this
        is given.
    type: bool
    aliases:
      - inboxsave
  forwards:
    description:
      - All addresses that incoming mail is forwarded to. An empty list removes
        all. A new object gets an empty list unless this is given.
    type: list
    elements: str
  aliases:
    description:
      - All further addresses of the mailbox. An empty list removes all. How
        many there may be depends on the plan.
    type: list
    elements: str
  alternate_mail:
    description:
      - Another address of the person, for instance to reset the password
        by; an empty text for none.
    type: str
  memo:
    description:
      - Free text about the mailbox.
    type: str
  active:
    description:
      - Whether the mailbox may be used. V(true) takes back a planned deletion
        as well.
    type: bool
  deletion_date:
    description:
      - Day on which the mailbox is to be deleted, for instance V(2031-12-31),
        which makes it inactive at once. To take it back, give O(active=true),
        with an empty text or without this option. Deletion destroys all mail;
        O(allow_mail_loss) is not asked for it.
    type: str
  require_reset_password:
    description:
      - Whether the user has to choose a new password at the next login. The
        server clears it once that has happened, so leave it out of what is
        applied every night.
    type: bool
  same_password_disallowed:
    description:
      - Whether the new password has to differ from the old one. The server
        never returns it.
    type: bool
  additional_mail_quota:
    description:
      - Size of the mailbox on top of what the plan includes, in whole gigabytes,
        for instance V(5G); V(0B) for none.
    type: str
  additional_cloud_quota:
    description:
      - Size of the file storage on top of what the plan includes, in whole
        gigabytes, for instance V(5G); V(0B) for none.
    type: str
  allow_nets:
    description:
      - Networks from which the user may log in, with commas or blanks between
        them; an empty text for everywhere. Their order means nothing. The
        form that the server wants is not proven on a real server.
    type: str
  capabilities:
    description:
      - 'What the user of the mailbox is allowed to do: V(true), V(false),
        or V(inherit) for what the account says, which older servers do not
        know. Some plans allow none of it. The server confirms a change first
        and carries it out some time later; until then the result says RV(pending).'
    type: dict
    suboptions:
      spam_protection:
        description:
          - Whether the user may tune the spam filter.
        type: raw
      blacklist:
        description:
          - Whether the user may keep a list of senders to refuse.
        type: raw
      backup_recovery:
        description:
          - Whether the user may get mail back from backups.
        type: raw
      otp:
        description:
          - Whether the user may use one-time passwords.
        type: raw
      sms_password_reset:
        description:
          - Whether the user may reset the password by text message.
        type: raw
  title:
    description:
      - Title of the person.
    type: str
  birthday:
    description:
      - Day of birth, for instance V(1980-12-31); an empty text for none.
        Not proven on a real server.
    type: str
  position:
    description:
      - Position in the company.
    type: str
  department:
    description:
      - Department of the company.
    type: str
  company:
    description:
      - Name of the company.
    type: str
  street:
    description:
      - Street and number.
    type: str
  postal_code:
    description:
      - Postal code.
    type: str
  city:
    description:
      - City.
    type: str
  phone:
    description:
      - Telephone number.
    type: str
  fax:
    description:
      - Fax number.
    type: str
  cell_phone:
    description:
      - Number of the mobile telephone.
    type: str
  external_id:
    description:
      - Identifier of the person in another system, by which mailbox.org can
        find the mailbox.
    type: str
    aliases:
      - uid_extern
  language:
    description:
      - Language of the mailbox as a locale, for instance V(de_DE) or V(en_US).
    type: str
  catchall:
    description:
      - Whether the new mailbox gets the mail to all addresses of its domain
        that do not exist. Taken at creation only.
    type: bool
  create_own_context:
    description:
      - Whether the new mailbox gets a context of its own. Taken at creation
        only.
    type: bool
  recover:
    description:
      - Whether to take an address that was deleted before and is blocked
        since. What comes back with it is not documented. Taken at creation
        only.
    type: bool
  skip_welcome_mail:
    description:
      - Whether the new mailbox goes without the message of welcome. Taken
        at creation only.
    type: bool
  evac_force_activation:
    description:
      - For a special product of mailbox.org; sent as it is. Taken at creation
        only.
    type: bool
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
      - Consent to the loss of all mail in the mailbox, without which it is
        not deleted.
    type: bool
    default: false
  free_address:
    description:
      - Whether to take the address of a deleted mailbox off the list of deleted
        addresses, which keeps it from being used again for some time. Not
        proven on a real server.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: in which form capabilities are told and
    taken since 2026; both forms work.'
  - 'Not proven on a real server: how late a change is shown by reads that
    follow it.'
"""

EXAMPLES = r"""
---
- name: Create a mailbox; the connection is given with the task
  postmaster.comms.mailboxorg_mailbox:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    email: carol@example.com
    first_name: Carol
    last_name: Example
    plan: standard
    password: "{{ vault_carol_password }}"

# What several tasks share is given once: for a block as here, or for a play. Where an option is not given at all,
# the environment variables MAILBOXORG_USERNAME and MAILBOXORG_PASSWORD count, here and below.
- name: Mailboxes of the sales team
  module_defaults:
    group/postmaster.comms.mailboxorg:
      api_username: "{{ mailboxorg_username }}"
      api_password: "{{ vault_mailboxorg_password }}"
  block:
    - name: Create a mailbox with more room, further addresses and all that goes astray in the domain
      postmaster.comms.mailboxorg_mailbox:
        email: dave@example.com
        first_name: Dave
        last_name: Example
        plan: standard
        additional_mail_quota: 5G
        password: "{{ vault_dave_password }}"
        aliases: [sales@example.com, orders@example.com]
        catchall: true
        skip_welcome_mail: true

- name: Change several options of a mailbox; everything else stays as it is
  postmaster.comms.mailboxorg_mailbox:
    email: alice@example.com
    plan: premium
    additional_cloud_quota: 10G
    forwards: [alice@partner.example.net]
  register: alice

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "Alice has the plan {{ alice.mailbox.plan }}; changed: {{ alice.changes | join(', ') }}"

- name: Let the user tune the spam filter, and leave one-time passwords to what the account says
  postmaster.comms.mailboxorg_mailbox:
    email: alice@example.com
    capabilities:
      spam_protection: true
      otp: inherit

- name: Clear fields; an empty list removes all further addresses
  postmaster.comms.mailboxorg_mailbox:
    email: alice@example.com
    memo: ""
    aliases: []

- name: Set a new password; it is sent in every run, since mailbox.org does not tell the one that it has
  postmaster.comms.mailboxorg_mailbox:
    email: alice@example.com
    password: "{{ vault_alice_password }}"
    update_password: always

- name: Create mailboxes of a list; no_log keeps the passwords of the items out of what Ansible prints
  postmaster.comms.mailboxorg_mailbox:
    email: "{{ item.name }}@example.com"
    first_name: "{{ item.name | capitalize }}"
    last_name: Example
    plan: light
    password: "{{ item.password }}"
  loop:
    - name: erin
      password: "{{ vault_erin_password }}"
    - name: frank
      password: "{{ vault_frank_password }}"
  loop_control:
    label: "{{ item.name }}"
  no_log: true

- name: Delete a mailbox with all its mail, which needs consent
  postmaster.comms.mailboxorg_mailbox:
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
    plan:
      description: What the mailbox pays for.
      returned: when the server tells it, or when it was sent
      type: str
    first_name:
      description: First name of the person.
      returned: when the server tells it, or when it was sent
      type: str
    last_name:
      description: Last name of the person.
      returned: when the server tells it, or when it was sent
      type: str
    inbox_save:
      description: Whether incoming mail is kept in the mailbox; V(false)
        makes it forward only, and needs O(forwards).
      returned: when the server tells it, or when it was sent
      type: bool
    forwards:
      description: All addresses that incoming mail is forwarded to.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    aliases:
      description: All further addresses of the mailbox.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    alternate_mail:
      description: Another address of the person, for instance to reset the
        password by; an empty text for none.
      returned: when the server tells it, or when it was sent
      type: str
    memo:
      description: Free text about the mailbox.
      returned: when the server tells it, or when it was sent
      type: str
    active:
      description: Whether the mailbox may be used.
      returned: when the server tells it, or when it was sent
      type: bool
    deletion_date:
      description: Day on which the mailbox is to be deleted, for instance
        V(2031-12-31), which makes it inactive at once.
      returned: when the server tells it, or when it was sent
      type: str
    require_reset_password:
      description: Whether the user has to choose a new password at the next
        login.
      returned: when the server tells it, or when it was sent
      type: bool
    additional_mail_quota:
      description: Size of the mailbox on top of what the plan includes, in
        whole gigabytes, for instance V(5G); V(0B) for none.
      returned: when the server tells it, or when it was sent
      type: str
    additional_cloud_quota:
      description: Size of the file storage on top of what the plan includes,
        in whole gigabytes, for instance V(5G); V(0B) for none.
      returned: when the server tells it, or when it was sent
      type: str
    allow_nets:
      description: Networks from which the user may log in, with commas or
        blanks between them; an empty text for everywhere.
      returned: when the server tells it, or when it was sent
      type: str
    capabilities:
      description: 'What the user of the mailbox is allowed to do: V(true),
        V(false), or V(inherit) for what the account says, which older servers
        do not know.'
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        spam_protection:
          description: Whether the user may tune the spam filter.
          returned: when the server tells it, or when it was sent
          type: raw
        blacklist:
          description: Whether the user may keep a list of senders to refuse.
          returned: when the server tells it, or when it was sent
          type: raw
        backup_recovery:
          description: Whether the user may get mail back from backups.
          returned: when the server tells it, or when it was sent
          type: raw
        otp:
          description: Whether the user may use one-time passwords.
          returned: when the server tells it, or when it was sent
          type: raw
        sms_password_reset:
          description: Whether the user may reset the password by text message.
          returned: when the server tells it, or when it was sent
          type: raw
    title:
      description: Title of the person.
      returned: when the server tells it, or when it was sent
      type: str
    birthday:
      description: Day of birth, for instance V(1980-12-31); an empty text
        for none.
      returned: when the server tells it, or when it was sent
      type: str
    position:
      description: Position in the company.
      returned: when the server tells it, or when it was sent
      type: str
    department:
      description: Department of the company.
      returned: when the server tells it, or when it was sent
      type: str
    company:
      description: Name of the company.
      returned: when the server tells it, or when it was sent
      type: str
    street:
      description: Street and number.
      returned: when the server tells it, or when it was sent
      type: str
    postal_code:
      description: Postal code.
      returned: when the server tells it, or when it was sent
      type: str
    city:
      description: City.
      returned: when the server tells it, or when it was sent
      type: str
    phone:
      description: Telephone number.
      returned: when the server tells it, or when it was sent
      type: str
    fax:
      description: Fax number.
      returned: when the server tells it, or when it was sent
      type: str
    cell_phone:
      description: Number of the mobile telephone.
      returned: when the server tells it, or when it was sent
      type: str
    external_id:
      description: Identifier of the person in another system, by which mailbox.org
        can find the mailbox.
      returned: when the server tells it, or when it was sent
      type: str
    language:
      description: Language of the mailbox as a locale, for instance V(de_DE)
        or V(en_US).
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.mailboxes import MAILBOX


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, MAILBOX))


if __name__ == "__main__":
    main()
