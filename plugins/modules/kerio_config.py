#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage a whole Kerio Connect server from one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_config
short_description: Manage a whole Kerio Connect server from one document
description:
  - 'Brings the users of a server to what one document describes: one plan,
    one login, each list read once.'
  - Entries of the document take the options of the modules about one object.
  - What an entry leaves out stays as it is.
  - Objects that the document does not name stay, unless O(prune) asks for
    their deletion.
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
  config:
    description:
      - What the server is to hold. A list that is left out stays as it is,
        and so does every object that no entry names, unless O(prune) says
        otherwise.
    type: dict
    required: true
    suboptions:
      users:
        description:
          - The users to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - Login name of the user, the part of the address before the
                @.
            type: str
            required: true
          domain:
            description:
              - Name of the domain that the user belongs to.
            type: str
            required: true
          full_name:
            description:
              - Full name. A new object gets an empty text unless this is
                given.
            type: str
          description:
            description:
              - Free text about the user. A new object gets an empty text
                unless this is given.
            type: str
          enabled:
            description:
              - Whether the account may be used. A new object gets V(true)
                unless this is given.
            type: bool
          password:
            description:
              - Password. The server never returns it, so it is sent at creation
                only, unless O(config.users[].update_password=always).
            type: str
          auth_type:
            description:
              - How the password is checked. Which types work depends on the
                operating system of the server. A new object gets V(internal)
                unless this is given.
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
              - Whether the password is stored with reversible encryption,
                which some ways to log in need (CRAM-MD5). A new object gets
                V(true) unless this is given.
            type: bool
          allow_password_change:
            description:
              - Whether the user may change the password; otherwise only administrators
                do. A new object gets V(true) unless this is given.
            type: bool
          default_spam_rule:
            description:
              - Whether the new user gets the rule that moves spam into the
                junk folder. Taken at creation only. A new object gets V(true)
                unless this is given.
            type: bool
          role:
            description:
              - Administration rights of the user. A new object gets V(none)
                unless this is given.
            type: str
            choices:
              - none
              - auditor
              - account_admin
              - full_admin
          public_folder_right:
            description:
              - Whether the user may manage public folders. A new object gets
                V(false) unless this is given.
            type: bool
          archive_folder_right:
            description:
              - Whether the user may read the archive folders. A new object
                gets V(false) unless this is given.
            type: bool
          email_addresses:
            description:
              - All additional addresses of the user, as local parts or as
                addresses in the user's domain. The address made of login
                name and domain is not part of the list. An empty list removes
                all. A new object gets an empty list unless this is given.
            type: list
            elements: str
          groups:
            description:
              - Names of all groups that the user is a member of. An empty
                list removes the user from every group. A new object gets
                an empty list unless this is given.
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
                  - All addresses to forward to. A new object gets an empty
                    list unless this is given.
                type: list
                elements: str
          item_limit:
            description:
              - Number of items that the mailbox may hold, or V(unlimited).
                A new object gets V(unlimited) unless this is given.
            type: raw
          quota:
            description:
              - Size that the mailbox may have, for instance V(512M) or V(3G),
                or V(unlimited). A new object gets V(unlimited) unless this
                is given.
            type: str
          outgoing_message_limit:
            description:
              - Size that a message sent by the user may have, for instance
                V(20M), or V(unlimited). A new object gets V(unlimited) unless
                this is given.
            type: str
          domain_restriction:
            description:
              - Whether the user may send and receive mail inside the own
                domain only. A new object gets V(false) unless this is given.
            type: bool
          publish_in_gal:
            description:
              - Whether the user appears in the global address list. A new
                object gets V(true) unless this is given.
            type: bool
          clean_out:
            description:
              - Automatic deletion of old items.
            type: dict
            suboptions:
              use_domain_settings:
                description:
                  - Whether the settings of the domain apply instead of the
                    following ones. A new object gets V(true) unless this
                    is given.
                type: bool
              deleted_items:
                description:
                  - Days after which the folder of deleted items is cleaned
                    out, or V(never). The server's own forms offer 30 days.
                    A new object gets V(never) unless this is given.
                type: raw
              junk_email:
                description:
                  - Days after which the junk folder is cleaned out, or V(never).
                    The server's own forms offer 30 days. A new object gets
                    V(never) unless this is given.
                type: raw
              sent_items:
                description:
                  - Days after which the folder of sent items is cleaned out,
                    or V(never). The server's own forms offer 30 days. A new
                    object gets V(never) unless this is given.
                type: raw
              auto_delete:
                description:
                  - Days after which every folder is cleaned out, or V(never).
                    The server's own forms offer 1095 days. A new object gets
                    V(never) unless this is given.
                type: raw
          access_policy:
            description:
              - Name of the access policy, which decides about the services
                that the user may use. A new user gets the server's default
                policy unless one is named.
            type: str
          company_contact:
            description:
              - Name of the company contact whose data the user's contact
                shows; an empty text for none.
            type: str
          home_server:
            description:
              - Name of the home server, in a distributed domain. Taken at
                creation only.
            type: str
          update_password:
            description:
              - When to send the password. V(on_create) sends it for a new
                object only, V(always) in every run, which reports a change
                each time, since the server never returns the password to
                compare it with. The option O(update_password) of the task
                applies when this is left out.
            type: str
            choices:
              - on_create
              - always
          mailbox:
            description:
              - 'What becomes of the mailbox when the user is deleted: V(keep)
                leaves its folder on the server''s disk, V(delete) destroys
                it, V(move) moves its mail into the mailbox of O(config.users[].move_to).'
            type: str
            default: keep
            choices:
              - keep
              - delete
              - move
          move_to:
            description:
              - Address of the user who receives the mail with O(config.users[].mailbox=move).
            type: str
          remove_references:
            description:
              - Whether the deleted user is also removed from groups, aliases,
                mailing lists and rights.
            type: bool
            default: false
          directory_account:
            description:
              - 'What becomes of a user who comes from a directory service:
                V(deactivate) only takes the user out of the mail server,
                V(delete) deletes the account in the directory too.'
            type: str
            default: deactivate
            choices:
              - deactivate
              - delete
  update_password:
    description:
      - 'What O(config) entries without an own setting do with passwords:
        V(on_create) sends them for new objects only, V(always) sends them
        in every run, which reports a change each time.'
    type: str
    default: on_create
    choices:
      - on_create
      - always
  prune:
    description:
      - Resources whose objects are deleted when O(config) does not name them.
    type: list
    elements: str
    default: []
    choices:
      - users
  scope:
    description:
      - The part of the server that O(config) describes. Nothing outside is
        pruned, and an entry outside is an error.
    type: dict
    suboptions:
      domains:
        description:
          - Names of the domains.
        type: list
        elements: str
  protect:
    description:
      - Objects that pruning leaves alone, by name or shell pattern, for instance
        V(postmaster@*).
    type: list
    elements: str
    default: []
  max_deletions:
    description:
      - Number of objects that pruning may delete; if it were more, the task
        fails and nothing is changed.
    type: int
    default: 10
  allow_mail_loss:
    description:
      - Consent to deletions, by pruning or by entries, that destroy mail.
    type: bool
    default: false
  allow_empty:
    description:
      - Whether a resource may be pruned although O(config) describes none
        of its objects, which deletes all of them.
    type: bool
    default: false
  force:
    description:
      - Whether to carry out a change that deletes, disables or demotes the
        very account that the task is logged in with.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_info
"""

EXAMPLES = r"""
---
- name: Users of a second site, in one run with one login; the connection is given with the task
  postmaster.comms.kerio_config:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    config:
      users:
        - name: erin
          domain: example.org
          full_name: Erin Example
          password: "{{ vault_erin_password }}"
          quota: 3G
        - name: frank
          domain: example.org
          password: "{{ vault_frank_password }}"
          forwarding:
            mode: forward_and_keep
            addresses: [erin@example.org]
        - name: mallory
          domain: example.org
          state: absent

# The environment or module_defaults give the connection to the following tasks:
#
#   module_defaults:
#     group/postmaster.comms.kerio_connect:
#       api_url: "{{ kerio_url }}"
#       api_username: "{{ kerio_username }}"
#       api_password: "{{ vault_kerio_password }}"

- name: See what would change; the document is a variable, its passwords come from a vault
  postmaster.comms.kerio_config:
    config: "{{ kerio_document }}"
  check_mode: true
  diff: true
  register: plan

- name: Show it in short
  ansible.builtin.debug:
    msg: "{{ plan.summary.created }} to create, {{ plan.summary.updated }} to update"

- name: Bring a domain to exactly these users, and delete all others but the administrators
  postmaster.comms.kerio_config:
    config:
      users:
        - name: alice
          domain: example.com
          groups: [staff, sales]
        - name: carol
          domain: example.com
          full_name: Carol Example
          password: "{{ vault_carol_password }}"
    prune: [users]
    scope:
      domains: [example.com]
    protect: ["admin@*"]
    max_deletions: 3
  register: outcome

- name: List what was done
  ansible.builtin.debug:
    msg: "{{ item.action }} {{ item.object }}: {{ item.status }}"
  loop: "{{ outcome.results }}"
  loop_control:
    label: "{{ item.object }}"
"""

RETURN = r"""
---
summary:
  description: How many objects were created, updated, deleted, found unchanged,
    and failed. In check mode, what a run would do.
  returned: success and failure after planning
  type: dict
  sample:
    created: 1
    updated: 2
    deleted: 0
    unchanged: 40
    failed: 0
results:
  description: The objects that change, one by one. Unchanged ones are only
    counted.
  returned: success and failure after planning
  type: list
  elements: dict
  contains:
    object:
      description: Kind and name.
      type: str
      returned: always
    action:
      description: V(create), V(update) or V(delete).
      type: str
      returned: always
    status:
      description: V(done), V(pending) where the server finishes later or
        wants something first, V(failed), V(unfinished) and V(not_done) after
        a failure, or V(planned) in check mode.
      type: str
      returned: always
    changes:
      description: Names of the options whose values change.
      returned: for an update
      type: list
      elements: str
    unverified:
      description: Options that cannot be compared with the server, since
        it does not return them, passwords that were sent among them.
      returned: when there are any
      type: list
      elements: str
    error:
      description: What went wrong.
      type: str
      returned: when the object failed
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
  description: 'What the run cost: calls, writes, logins, and a line for each
    call without secrets.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import config_module
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM


def main() -> None:
    """Run the module."""
    config_module(SYSTEM)


if __name__ == "__main__":
    main()
