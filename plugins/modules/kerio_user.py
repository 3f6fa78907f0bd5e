#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage users of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_user
short_description: Manage users of Kerio Connect
description:
  - Creates, changes and deletes user accounts of a Kerio Connect server through
    its administration interface.
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
      - Whether the user is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Login name of the user, the part of the address before the @.
    type: str
    required: true
  domain:
    description:
      - Name of the domain that the user belongs to.
    type: str
    required: true
  full_name:
    description:
      - Full name. A new object gets an empty text unless this is given.
    type: str
  description:
    description:
      - Free text about the user. A new object gets an empty text unless this
        is given.
    type: str
  enabled:
    description:
      - Whether the account may be used. A new object gets V(true) unless
        this is given.
    type: bool
  password:
    description:
      - Password. The server never returns it, so it is sent at creation only,
        unless O(update_password=always).
    type: str
  auth_type:
    description:
      - How the password is checked. Which types work depends on the operating
        system of the server. A new object gets V(internal) unless this is
        given.
    type: str
    choices:
      - internal
      - windows_nt
      - pam
      - kerberos
      - apple
      - ldap
  password_reversible:
    description:
      - Whether the password is stored with reversible encryption, which some
        ways to log in need (CRAM-MD5). A new object gets V(true) unless this
        is given.
    type: bool
  allow_password_change:
    description:
      - Whether the user may change the password; otherwise only administrators
        do. A new object gets V(true) unless this is given.
    type: bool
  default_spam_rule:
    description:
      - Whether the new user gets the rule that moves spam into the junk folder.
        Taken at creation only. A new object gets V(true) unless this is given.
    type: bool
  role:
    description:
      - Administration rights of the user. A new object gets V(none) unless
        this is given.
    type: str
    choices:
      - none
      - auditor
      - account_admin
      - full_admin
  public_folder_right:
    description:
      - Whether the user may manage public folders. A new object gets V(false)
        unless this is given.
    type: bool
  archive_folder_right:
    description:
      - Whether the user may read the archive folders. A new object gets V(false)
        unless this is given.
    type: bool
  email_addresses:
    description:
      - All additional addresses of the user, as local parts or as addresses
        in the user's domain. The address made of login name and domain is
        not part of the list. An empty list removes all. A new object gets
        an empty list unless this is given.
    type: list
    elements: str
  groups:
    description:
      - Names of all groups that the user is a member of. An empty list removes
        the user from every group.
    type: list
    elements: str
  forwarding:
    description:
      - Forwarding of incoming mail.
    type: dict
    suboptions:
      mode:
        description:
          - V(none), V(forward) without keeping a copy, or V(forward_and_keep).
            A new object gets V(none) unless this is given.
        type: str
        choices:
          - none
          - forward
          - forward_and_keep
      addresses:
        description:
          - All addresses to forward to. A new object gets an empty list unless
            this is given.
        type: list
        elements: str
  item_limit:
    description:
      - Number of items that the mailbox may hold, or V(unlimited). A new
        object gets V(unlimited) unless this is given.
    type: raw
  quota:
    description:
      - Size that the mailbox may have, for instance V(512M) or V(3G), or
        V(unlimited). A new object gets V(unlimited) unless this is given.
    type: str
  outgoing_message_limit:
    description:
      - Size that a message sent by the user may have, for instance V(20M),
        or V(unlimited). A new object gets V(unlimited) unless this is given.
    type: str
  domain_restriction:
    description:
      - Whether the user may send and receive mail inside the own domain only.
        A new object gets V(false) unless this is given.
    type: bool
  publish_in_gal:
    description:
      - Whether the user appears in the global address list. A new object
        gets V(true) unless this is given.
    type: bool
  clean_out:
    description:
      - Automatic deletion of old items.
    type: dict
    suboptions:
      use_domain_settings:
        description:
          - Whether the settings of the domain apply instead of the following
            ones. A new object gets V(true) unless this is given.
        type: bool
      deleted_items:
        description:
          - Days after which the folder of deleted items is cleaned out, or
            V(never). The server's own forms offer 30 days. A new object gets
            V(never) unless this is given.
        type: raw
      junk_email:
        description:
          - Days after which the junk folder is cleaned out, or V(never).
            The server's own forms offer 30 days. A new object gets V(never)
            unless this is given.
        type: raw
      sent_items:
        description:
          - Days after which the folder of sent items is cleaned out, or V(never).
            The server's own forms offer 30 days. A new object gets V(never)
            unless this is given.
        type: raw
      auto_delete:
        description:
          - Days after which every folder is cleaned out, or V(never). The
            server's own forms offer 1095 days. A new object gets V(never)
            unless this is given.
        type: raw
  access_policy:
    description:
      - Name of the access policy, which decides about the services that the
        user may use. A new user gets the server's default policy unless one
        is named.
    type: str
  company_contact:
    description:
      - Name of the company contact whose data the user's contact shows; an
        empty text for none.
    type: str
  home_server:
    description:
      - Name of the home server, in a distributed domain. Taken at creation
        only.
    type: str
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
  mailbox:
    description:
      - 'What becomes of the mailbox when the user is deleted: V(keep) leaves
        its folder on the server''s disk, V(delete) destroys it, V(move) moves
        its mail into the mailbox of O(move_to).'
    type: str
    default: keep
    choices:
      - keep
      - delete
      - move
  move_to:
    description:
      - Address of the user who receives the mail with O(mailbox=move).
    type: str
  remove_references:
    description:
      - Whether the deleted user is also removed from groups, aliases, mailing
        lists and rights.
    type: bool
    default: false
  directory_account:
    description:
      - 'What becomes of a user who comes from a directory service: V(deactivate)
        only takes the user out of the mail server, V(delete) deletes the
        account in the directory too.'
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
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: whether the server looks at case where it
    searches for a login name; both answers work.'
  - 'Not proven on a real server: whether the login name of a user could be
    changed; this module never does.'
  - 'Not proven on a real server: how long the deletion of a user goes on
    after the server confirmed it.'
"""

EXAMPLES = r"""
---
- name: Create a user; the connection is given with the task
  postmaster.comms.kerio_user:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: carol
    domain: example.com
    full_name: Carol Example
    password: "{{ vault_carol_password }}"
    email_addresses: [carol.example, c.example]
    groups: [staff]
    quota: 3G

# What several tasks share is given once: for a block as here, or for a play. Where an option is not given at all,
# the environment variables KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME, KERIO_CONNECT_PASSWORD … count; the examples
# after this block rely on them.
- name: Users of the sales team
  module_defaults:
    group/postmaster.comms.kerio_connect:
      api_url: "{{ kerio_url }}"
      api_username: "{{ kerio_username }}"
      api_password: "{{ vault_kerio_password }}"
  block:
    - name: Create a user with limits, forwarding and clean-out rules
      postmaster.comms.kerio_user:
        name: dave
        domain: example.com
        full_name: Dave Example
        description: Sales, second floor
        password: "{{ vault_dave_password }}"
        groups: [staff, sales]
        access_policy: Restricted
        quota: 512M
        item_limit: 20000
        outgoing_message_limit: 20M
        forwarding:
          mode: forward_and_keep
          addresses: [archive@example.org]
        clean_out:
          use_domain_settings: false
          deleted_items: 30
          junk_email: 14

- name: Change several options of a user; everything else stays as it is
  postmaster.comms.kerio_user:
    name: alice
    domain: example.com
    quota: unlimited
    publish_in_gal: false
    forwarding:
      mode: forward
      addresses: [alice@partner.example.net]
  register: alice

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: >-
      {{ alice.user.full_name }} is in {{ alice.user.groups | join(', ') }};
      changed: {{ alice.changes | join(', ') }}

- name: Clear fields; an empty list removes all additional addresses
  postmaster.comms.kerio_user:
    name: alice
    domain: example.com
    description: ""
    email_addresses: []

- name: Set a new password; it is sent in every run, since no server tells the one it has
  postmaster.comms.kerio_user:
    name: alice
    domain: example.com
    password: "{{ vault_alice_password }}"
    update_password: always

- name: Create users of a list; no_log keeps the passwords of the items out of what Ansible prints
  postmaster.comms.kerio_user:
    name: "{{ item.name }}"
    domain: example.org
    password: "{{ item.password }}"
  loop:
    - name: erin
      password: "{{ vault_erin_password }}"
    - name: frank
      password: "{{ vault_frank_password }}"
  loop_control:
    label: "{{ item.name }}"
  no_log: true

- name: Delete a user, move the mail to another one and clean up groups and aliases
  postmaster.comms.kerio_user:
    name: bob
    domain: example.com
    state: absent
    mailbox: move
    move_to: alice@example.com
    remove_references: true

- name: Delete a user and keep the folder of the mailbox on the server's disk, which is the default
  postmaster.comms.kerio_user:
    name: mallory
    domain: example.com
    state: absent
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
      description: Login name of the user, the part of the address before
        the @.
      returned: when the server tells it, or when it was sent
      type: str
    domain:
      description: Name of the domain that the user belongs to.
      returned: when the server tells it, or when it was sent
      type: str
    full_name:
      description: Full name.
      returned: when the server tells it, or when it was sent
      type: str
    description:
      description: Free text about the user.
      returned: when the server tells it, or when it was sent
      type: str
    enabled:
      description: Whether the account may be used.
      returned: when the server tells it, or when it was sent
      type: bool
    auth_type:
      description: How the password is checked.
      returned: when the server tells it, or when it was sent
      type: str
    password_reversible:
      description: Whether the password is stored with reversible encryption,
        which some ways to log in need (CRAM-MD5).
      returned: when the server tells it, or when it was sent
      type: bool
    allow_password_change:
      description: Whether the user may change the password; otherwise only
        administrators do.
      returned: when the server tells it, or when it was sent
      type: bool
    role:
      description: Administration rights of the user.
      returned: when the server tells it, or when it was sent
      type: str
    public_folder_right:
      description: Whether the user may manage public folders.
      returned: when the server tells it, or when it was sent
      type: bool
    archive_folder_right:
      description: Whether the user may read the archive folders.
      returned: when the server tells it, or when it was sent
      type: bool
    email_addresses:
      description: All additional addresses of the user, as local parts or
        as addresses in the user's domain.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    groups:
      description: Names of all groups that the user is a member of.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    forwarding:
      description: Forwarding of incoming mail.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        mode:
          description: V(none), V(forward) without keeping a copy, or V(forward_and_keep).
          returned: when the server tells it, or when it was sent
          type: str
        addresses:
          description: All addresses to forward to.
          returned: when the server tells it, or when it was sent
          type: list
          elements: str
    item_limit:
      description: Number of items that the mailbox may hold, or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: raw
    quota:
      description: Size that the mailbox may have, for instance V(512M) or
        V(3G), or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: str
    outgoing_message_limit:
      description: Size that a message sent by the user may have, for instance
        V(20M), or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: str
    domain_restriction:
      description: Whether the user may send and receive mail inside the own
        domain only.
      returned: when the server tells it, or when it was sent
      type: bool
    publish_in_gal:
      description: Whether the user appears in the global address list.
      returned: when the server tells it, or when it was sent
      type: bool
    clean_out:
      description: Automatic deletion of old items.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        use_domain_settings:
          description: Whether the settings of the domain apply instead of
            the following ones.
          returned: when the server tells it, or when it was sent
          type: bool
        deleted_items:
          description: Days after which the folder of deleted items is cleaned
            out, or V(never).
          returned: when the server tells it, or when it was sent
          type: raw
        junk_email:
          description: Days after which the junk folder is cleaned out, or
            V(never).
          returned: when the server tells it, or when it was sent
          type: raw
        sent_items:
          description: Days after which the folder of sent items is cleaned
            out, or V(never).
          returned: when the server tells it, or when it was sent
          type: raw
        auto_delete:
          description: Days after which every folder is cleaned out, or V(never).
          returned: when the server tells it, or when it was sent
          type: raw
    access_policy:
      description: Name of the access policy, which decides about the services
        that the user may use.
      returned: when the server tells it, or when it was sent
      type: str
    company_contact:
      description: Name of the company contact whose data the user's contact
        shows; an empty text for none.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.users import USER


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, USER))


if __name__ == "__main__":
    main()
