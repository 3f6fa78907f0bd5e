#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage a whole Kerio Operator server from one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: operator_config
short_description: Manage a whole Kerio Operator server from one document
description:
  - 'Brings the users and extensions of a server to what one document describes:
    one plan, one login, each list read once.'
  - Entries of the document take the options of the modules about one object.
  - What an entry leaves out stays as it is.
  - Objects that the document does not name stay, unless O(prune) asks for
    their deletion.
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
              - Login name.
            type: str
            required: true
          full_name:
            description:
              - Full name. A new object gets an empty text unless this is
                given.
            type: str
          email:
            description:
              - E-mail address; an empty text for none. A new object gets
                an empty text unless this is given.
            type: str
          password:
            description:
              - Password. The server never returns it, so it is sent at creation
                only, unless O(config.users[].update_password=always). Required
                to create the object.
            type: str
          pin:
            description:
              - PIN of the voicemail, four digits in quotes. It is sent when
                the password is.
            type: str
          enabled:
            description:
              - Whether the account may be used. A new object gets V(true)
                unless this is given.
            type: bool
          role_id:
            description:
              - Id of the administration role. V(2) is an ordinary user; other
                ids are not known. A new object gets V(2) unless this is given.
            type: int
            aliases:
              - role
          language_id:
            description:
              - Id of the language in which Operator speaks to the user. Which
                ids there are depends on the server. A new object gets V(1)
                unless this is given.
            type: int
            aliases:
              - language
          voicemail_enabled:
            description:
              - Whether the user has voicemail. A new object gets V(true)
                unless this is given.
            type: bool
          voicemail_press0_enabled:
            description:
              - Whether callers who press 0 in the voicemail are led to O(config.users[].voicemail_press0_number).
                A new object gets V(false) unless this is given.
            type: bool
          voicemail_press0_number:
            description:
              - Number that callers who press 0 in the voicemail are led to.
                A new object gets an empty text unless this is given.
            type: str
          webrtc_enabled:
            description:
              - Whether the user may call from the browser. A new object gets
                V(true) unless this is given.
            type: bool
          ami_enabled:
            description:
              - Whether the user may use the Asterisk Manager Interface. A
                new object gets V(false) unless this is given.
            type: bool
          ami_password:
            description:
              - Password for the Asterisk Manager Interface.
            type: str
          extensions:
            description:
              - Extensions of the user, each known by its O(config.users[].extensions[].number),
                with the settings that the user has for it. Extensions that
                are not listed stay, unless O(config.users[].prune_extensions)
                is set. To assign an extension without settings, the option
                C(user) of M(postmaster.comms.operator_extension) does.
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
                  - Whether it is the user's first extension. A new object
                    gets V(false) unless this is given.
                type: bool
              ring:
                description:
                  - Whether the extension rings. A new object gets V(true)
                    unless this is given.
                type: bool
              ring_timeout:
                description:
                  - Seconds to ring. A new object gets V(30) unless this is
                    given.
                type: int
              busy_action:
                description:
                  - What happens when the extension is busy, as the number
                    that Operator uses. What the numbers mean is not known;
                    clients of real servers send V(1). A new object gets V(1)
                    unless this is given.
                type: int
              voicemail_fallback:
                description:
                  - Whether calls that are not answered go to the voicemail.
                    A new object gets V(false) unless this is given.
                type: bool
              voicemail_fallback_timeout:
                description:
                  - Seconds after which a call goes to the voicemail. A new
                    object gets V(30) unless this is given.
                type: int
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
          prune_extensions:
            description:
              - Whether extensions that O(config.users[].extensions) does
                not list are taken from the user. The option O(prune_extensions)
                of the task applies when this is left out.
            type: bool
          update_unreadable:
            description:
              - 'When to send options that the server does not tell: V(on_create)
                sends them for a new object, and along with another change;
                V(always) sends them in every run, which reports a change
                each time. Either way they are listed as RV(results[].unverified).
                The option O(update_unreadable) of the task applies when this
                is left out.'
            type: str
            choices:
              - on_create
              - always
          allow_mail_loss:
            description:
              - Consent to the loss of the user's voicemail. What Operator
                does with the messages of a deleted user is not known, so
                they are taken as lost.
            type: bool
      extensions:
        description:
          - The extensions to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - Number of the extension. When it is left out, the extension
                is the one whose only line has O(config.extensions[].sip_username),
                and a new one gets the next number that is free.
            type: str
          description:
            description:
              - Free text about the extension. A new object gets an empty
                text unless this is given.
            type: str
          user:
            description:
              - Login name of the user that the extension is assigned to;
                an empty text for none. A new extension belongs to nobody
                unless this is given.
            type: str
          call_permission:
            description:
              - Id of the class of outgoing calls that the extension may make.
                Which classes there are depends on the server; clients of
                real servers send V(1). A new object gets V(1) unless this
                is given.
            type: int
          record_inbound:
            description:
              - Whether incoming calls are recorded. A new object gets V(false)
                unless this is given.
            type: bool
          record_outbound:
            description:
              - Whether outgoing calls are recorded. A new object gets V(false)
                unless this is given.
            type: bool
          sip_username:
            description:
              - User name with which a phone registers. Usually the number
                of the extension.
            type: str
          sip_password:
            description:
              - Password with which a phone registers.
            type: str
          codecs:
            description:
              - Codecs in the order of preference. What the server chooses
                by itself is not known.
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
              - Whether the phone is reached through NAT. A new object gets
                V(false) unless this is given.
            type: bool
          secured:
            description:
              - Whether signalling and speech are encrypted. A new object
                gets V(false) unless this is given.
            type: bool
          dtmf_mode:
            description:
              - How tones are sent, as the number that Operator uses. What
                the numbers mean is not known; clients of real servers send
                V(0). A new object gets V(0) unless this is given.
            type: int
          fax_detect:
            description:
              - Whether faxes are detected. A new object gets V(false) unless
                this is given.
            type: bool
          fax_detect_type:
            description:
              - How faxes are detected, as the number that Operator uses.
                What the numbers mean is not known; clients of real servers
                send V(0). A new object gets V(0) unless this is given.
            type: int
          lines:
            description:
              - The lines of an extension that has several, each known by
                its O(config.extensions[].lines[].sip_username). Lines that
                are not listed stay, unless O(config.extensions[].prune_lines)
                is set. For an extension with one line, the options of the
                same names beside this one do.
            type: list
            elements: dict
            suboptions:
              sip_username:
                description:
                  - User name with which a phone registers. Usually the number
                    of the extension.
                type: str
                required: true
              sip_password:
                description:
                  - Password with which a phone registers.
                type: str
              codecs:
                description:
                  - Codecs in the order of preference. What the server chooses
                    by itself is not known.
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
                  - Whether the phone is reached through NAT. A new object
                    gets V(false) unless this is given.
                type: bool
              secured:
                description:
                  - Whether signalling and speech are encrypted. A new object
                    gets V(false) unless this is given.
                type: bool
              dtmf_mode:
                description:
                  - How tones are sent, as the number that Operator uses.
                    What the numbers mean is not known; clients of real servers
                    send V(0). A new object gets V(0) unless this is given.
                type: int
              fax_detect:
                description:
                  - Whether faxes are detected. A new object gets V(false)
                    unless this is given.
                type: bool
              fax_detect_type:
                description:
                  - How faxes are detected, as the number that Operator uses.
                    What the numbers mean is not known; clients of real servers
                    send V(0). A new object gets V(0) unless this is given.
                type: int
          update_password:
            description:
              - When to send the password. V(on_create) sends it for a new
                object only, V(always) in every run, which reports a change
                each time. V(on_change) asks the server for the password that
                it holds and sends a different one. The option O(update_password)
                of the task applies when this is left out.
            type: str
            choices:
              - on_create
              - always
              - on_change
          prune_lines:
            description:
              - Whether lines that O(config.extensions[].lines) does not list
                are deleted. The option O(prune_lines) of the task applies
                when this is left out.
            type: bool
          update_unreadable:
            description:
              - 'When to send options that the server does not tell: V(on_create)
                sends them for a new object, and along with another change;
                V(always) sends them in every run, which reports a change
                each time. Either way they are listed as RV(results[].unverified).
                The option O(update_unreadable) of the task applies when this
                is left out.'
            type: str
            choices:
              - on_create
              - always
  update_password:
    description:
      - 'What O(config) entries without an own setting do with passwords:
        V(on_create) sends them for new objects only, V(always) sends them
        in every run, which reports a change each time. V(on_change) compares
        them first where the server tells them.'
    type: str
    default: on_create
    choices:
      - on_create
      - always
      - on_change
  prune_extensions:
    description:
      - Whether extensions that O(config.users[].extensions) does not list
        are taken from the user.
    type: bool
    default: false
  update_unreadable:
    description:
      - 'When to send options that the server does not tell: V(on_create)
        sends them for a new object, and along with another change; V(always)
        sends them in every run, which reports a change each time. Either
        way they are listed as RV(results[].unverified).'
    type: str
    default: on_create
    choices:
      - on_create
      - always
  prune_lines:
    description:
      - Whether lines that O(config.extensions[].lines) does not list are
        deleted.
    type: bool
    default: false
  prune:
    description:
      - Resources whose objects are deleted when O(config) does not name them.
        What other objects still name is not deleted, and the task fails before
        any change.
    type: list
    elements: str
    default: []
    choices:
      - users
      - extensions
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
  allow_empty:
    description:
      - Whether a resource may be pruned although O(config) describes none
        of its objects, which deletes all of them.
    type: bool
    default: false
  allow_mail_loss:
    description:
      - Consent to deletions, by pruning or by entries, that destroy mail.
    type: bool
    default: false
  on_error:
    description:
      - 'What to do when a change fails: V(stop) leaves what comes after it
        as it is, V(continue) goes on with the changes that do not hang on
        the failed one. Changes that go to the server together, at most a
        hundred of one kind, are tried together. The task fails either way,
        and says what was done. A lost connection or a refused login always
        ends it.'
    type: str
    default: stop
    choices:
      - stop
      - continue
  force:
    description:
      - Whether to carry out a change that deletes, disables or demotes the
        very account that the task is logged in with.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.operator_user
  - module: postmaster.comms.operator_extension
  - module: postmaster.comms.operator_info
"""

EXAMPLES = r"""
---
- name: Users and phones of an office, all other extensions but one deleted; the connection is given with the task
  postmaster.comms.operator_config:
    api_url: "{{ operator_url }}"
    api_username: "{{ operator_username }}"
    api_password: "{{ vault_operator_password }}"
    config:
      extensions:
        - number: "101"
          description: Front desk
        - number: "111"
          description: Carol's desk
          sip_password: "{{ vault_desk_password }}"
      users:
        - name: carol
          full_name: Carol Example
          email: carol@example.com
          password: "{{ vault_carol_password }}"
          extensions:
            - number: "111"
              voicemail_fallback: true
        - name: alice
          email: office@example.com
    prune: [extensions]
    protect: ["102"]
    max_deletions: 3
  register: outcome

- name: List what was done
  ansible.builtin.debug:
    msg: "{{ item.action }} {{ item.object }}: {{ item.status }}"
  loop: "{{ outcome.results }}"
  loop_control:
    label: "{{ item.object }}"

# The environment or module_defaults give the connection to the following tasks:
#
#   module_defaults:
#     group/postmaster.comms.kerio_operator:
#       api_url: "{{ operator_url }}"
#       api_username: "{{ operator_username }}"
#       api_password: "{{ vault_operator_password }}"

- name: See what would change; the document is a variable, its passwords come from a vault
  postmaster.comms.operator_config:
    config: "{{ operator_document }}"
  check_mode: true
  diff: true
  register: plan

- name: Show it in short
  ansible.builtin.debug:
    msg: "{{ plan.summary.created }} to create, {{ plan.summary.updated }} to update"

- name: Bring the lines of an extension to exactly these, with these SIP passwords
  postmaster.comms.operator_config:
    config:
      extensions:
        - number: "102"
          lines:
            - sip_username: "102"
              sip_password: "{{ vault_desk_password }}"
            - sip_username: 102cordless
              sip_password: "{{ vault_cordless_password }}"
    prune_lines: true
    update_password: on_change
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
  description: 'What the run cost: calls, the writes and logins among them,
    pages of lists, and a line for each call without secrets. Items of a loop
    share a session, whose end is not among them.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import config_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(config_definition(SYSTEM))


if __name__ == "__main__":
    main()
