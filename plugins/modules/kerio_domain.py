#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage domains of Kerio Connect.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_domain
short_description: Manage domains of Kerio Connect
description:
  - Creates, changes and deletes mail domains of a Kerio Connect server through
    its administration interface.
  - Options that are left out stay as they are on the server.
  - This module renames no domain, since that needs a restart of the server
    and makes the old name an alias.
  - To do it nevertheless, call C(Domains.rename) with M(postmaster.comms.kerio_call).
  - The primary domain is never deleted, and neither is one that still holds
    users or anything else of its own.
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
      - Whether the domain is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the domain.
    type: str
    required: true
  description:
    description:
      - Free text about the domain.
    type: str
  is_primary:
    description:
      - 'Whether this is the primary domain, in which users may log in without
        a domain name. There is always one: V(false) is only possible together
        with V(true) for another domain in the same run. Login names without
        a domain mean users of the new primary domain from then on, that of
        the task (O(api_username)) too.'
    type: bool
  aliases:
    description:
      - All alternative names of the domain. An empty list removes them.
    type: list
    elements: str
  user_limit:
    description:
      - Number of users that the domain may have, or V(unlimited).
    type: raw
  password_policy:
    description:
      - What passwords of users have to be like. Servers before version 8.5
        may not know these settings.
    type: dict
    suboptions:
      expires:
        description:
          - Whether passwords expire.
        type: bool
      expire_days:
        description:
          - Days after which a password expires.
        type: int
      history:
        description:
          - Number of old passwords that cannot be used again.
        type: int
      complexity:
        description:
          - Whether passwords have to be complex.
        type: bool
      minimum_length:
        description:
          - Number of characters that a password has at least.
        type: int
  outgoing_message_limit:
    description:
      - Size that a message sent by users of the domain may have, for instance
        V(20M), or V(unlimited).
    type: str
  quota:
    description:
      - Space for the whole domain.
    type: dict
    suboptions:
      size:
        description:
          - Size that all mailboxes of the domain may have together, for instance
            V(50G), or V(unlimited).
        type: str
      warning_percent:
        description:
          - Percentage from which on warnings are sent.
        type: int
      email:
        description:
          - Address that receives the warnings; an empty text for none.
        type: str
      notify:
        description:
          - Whether a warning is sent V(once), or V(every) time that O(quota.period)
            has passed.
        type: str
        choices:
          - once
          - every
      period:
        description:
          - Time between two warnings, for instance V(6 hours) or V(2 days).
        type: str
      blocks:
        description:
          - Whether a full domain takes no more mail.
        type: bool
  clean_out:
    description:
      - Automatic deletion of old items, for users without settings of their
        own. It destroys mail.
    type: dict
    suboptions:
      deleted_items:
        description:
          - Days after which the folder of deleted items is cleaned out, or
            V(never).
        type: raw
      junk_email:
        description:
          - Days after which the junk folder is cleaned out, or V(never).
        type: raw
      sent_items:
        description:
          - Days after which the folder of sent items is cleaned out, or V(never).
        type: raw
      auto_delete:
        description:
          - Days after which every folder is cleaned out, or V(never).
        type: raw
  keep_for_recovery:
    description:
      - Days after which what users deleted and administrators can still recover
        is cleaned out, or V(never).
    type: raw
  forwarding:
    description:
      - Forwarding of mail for recipients that do not exist in this domain
        to another server.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether mail is forwarded.
        type: bool
      host:
        description:
          - Name or address of the other server.
        type: str
      port:
        description:
          - Port of the other server; servers show V(0) where forwarding was
            never set up.
        type: int
      delivery:
        description:
          - 'When mail is delivered: V(online) at once, V(offline_scheduler)
            when the scheduler says so, V(offline_etrn) when the other server
            asks for it.'
        type: str
        choices:
          - online
          - offline_scheduler
          - offline_etrn
      prevent_loop:
        description:
          - Whether mail that comes back from the other server is not sent
            there again.
        type: bool
  directory_service:
    description:
      - The directory service that users and groups are mapped from.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether it is used.
        type: bool
      type:
        description:
          - Kind of directory service.
        type: str
        choices:
          - active_directory
          - apple_kerberos
          - apple_password
          - kerio_directory
          - custom_ldap
      custom_map_file:
        description:
          - Name of the map file for V(custom_ldap).
        type: str
      username:
        description:
          - Name to log in to the directory with.
        type: str
      secure:
        description:
          - Whether the connection is encrypted.
        type: bool
      hostname:
        description:
          - Name of the directory server.
        type: str
      backup_hostname:
        description:
          - Name of a second directory server.
        type: str
      directory_name:
        description:
          - Name of the directory's own domain or realm.
        type: str
      ldap_suffix:
        description:
          - Suffix below which LDAP is searched.
        type: str
  directory_service_password:
    description:
      - Password to log in to the directory with. The server never returns
        it, so it is sent at creation only, unless O(update_password=always).
    type: str
  footer:
    description:
      - Text that is appended to messages.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether it is appended.
        type: bool
      text:
        description:
          - The text, or the HTML.
        type: str
      html:
        description:
          - Whether the text is HTML.
        type: bool
      internal:
        description:
          - Whether it is appended to mail inside the domain too.
        type: bool
  kerberos_realm:
    description:
      - Kerberos realm that checks passwords.
    type: str
  winnt_name:
    description:
      - Windows NT domain that checks passwords, on Windows.
    type: str
  pam_realm:
    description:
      - PAM realm that checks passwords, on Linux.
    type: str
  bind_address:
    description:
      - 'IP address that the domain is bound to: mail clients that connect
        to it need not name the domain. An empty text for none.'
    type: str
  webmail_logo:
    description:
      - Own logo in the web mail.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether it is shown.
        type: bool
      url:
        description:
          - Where the picture is.
        type: str
  client_logo:
    description:
      - Whether the domain's own logo is shown in the clients. The picture
        itself has to be uploaded in the administration.
    type: bool
  check_spoofed_sender:
    description:
      - Whether mail that claims to come from this domain without having been
        sent by its users is rejected.
    type: bool
  dkim:
    description:
      - Whether outgoing mail is signed with DKIM.
    type: bool
  instant_messaging:
    description:
      - Whether users may use instant messaging.
    type: bool
  archive:
    description:
      - Archiving, where the server archives by domain.
    type: dict
    suboptions:
      remote:
        description:
          - Whether copies go to O(archive.address).
        type: bool
      address:
        description:
          - Address that receives copies.
        type: str
      local_messages:
        description:
          - Whether mail inside the server is archived.
        type: bool
      incoming_messages:
        description:
          - Whether incoming mail is archived.
        type: bool
      outgoing_messages:
        description:
          - Whether outgoing mail is archived.
        type: bool
      before_filter:
        description:
          - Whether mail is archived before filters see it.
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
  allow_mail_loss:
    description:
      - Consent to the loss of the domain's public folders and archive.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
  - module: postmaster.comms.kerio_config
  - module: postmaster.comms.kerio_info
notes:
  - 'Not proven on a real server: what the server fills in for settings that
    a new domain is not given.'
  - 'Not proven on a real server: that setting O(is_primary) moves the mark
    from the domain that had it.'
  - 'Not proven on a real server: what becomes of public folders and of the
    archive when a domain is deleted, which therefore needs consent.'
"""

EXAMPLES = r"""
---
- name: Create a domain with a quota and an alternative name; the connection is given with the task
  postmaster.comms.kerio_domain:
    api_url: "{{ kerio_url }}"
    api_username: "{{ kerio_username }}"
    api_password: "{{ vault_kerio_password }}"
    name: branch.example
    description: Branch office
    aliases: [branch.example.net]
    user_limit: 50
    quota:
      size: 100G
      warning_percent: 80
      email: it@example.com
      notify: every
      period: 1 day

# The examples below rely on KERIO_CONNECT_URL, KERIO_CONNECT_USERNAME and KERIO_CONNECT_PASSWORD.

- name: Passwords that expire, and a footer below every message; everything else stays as it is
  postmaster.comms.kerio_domain:
    name: branch.example
    password_policy:
      expires: true
      expire_days: 180
      minimum_length: 12
      complexity: true
    footer:
      enabled: true
      text: Example Ltd, 1 Example Street

- name: No limit any more, no alternative names, no address of its own
  postmaster.comms.kerio_domain:
    name: example.org
    user_limit: unlimited
    aliases: []
    bind_address: ""

- name: Map users and groups from a directory; the password is sent once, unless update_password says always
  postmaster.comms.kerio_domain:
    name: example.org
    directory_service:
      enabled: true
      type: kerio_directory
      hostname: ldap.example.com
      username: uid=mail,dc=example,dc=com
      secure: true
      ldap_suffix: dc=example,dc=com
    directory_service_password: "{{ vault_directory_password }}"
    update_password: always

- name: Delete a domain that holds nothing any more; its public folders and archive are lost
  postmaster.comms.kerio_domain:
    name: former.example
    state: absent
    allow_mail_loss: true
"""

RETURN = r"""
---
domain:
  description:
    - The domain as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the domain.
      returned: when the server tells it, or when it was sent
      type: str
    description:
      description: Free text about the domain.
      returned: when the server tells it, or when it was sent
      type: str
    is_primary:
      description: Whether this is the primary domain, in which users may
        log in without a domain name.
      returned: when the server tells it, or when it was sent
      type: bool
    aliases:
      description: All alternative names of the domain.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    user_limit:
      description: Number of users that the domain may have, or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: raw
    password_policy:
      description: What passwords of users have to be like.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        expires:
          description: Whether passwords expire.
          returned: when the server tells it, or when it was sent
          type: bool
        expire_days:
          description: Days after which a password expires.
          returned: when the server tells it, or when it was sent
          type: int
        history:
          description: Number of old passwords that cannot be used again.
          returned: when the server tells it, or when it was sent
          type: int
        complexity:
          description: Whether passwords have to be complex.
          returned: when the server tells it, or when it was sent
          type: bool
        minimum_length:
          description: Number of characters that a password has at least.
          returned: when the server tells it, or when it was sent
          type: int
    outgoing_message_limit:
      description: Size that a message sent by users of the domain may have,
        for instance V(20M), or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: str
    quota:
      description: Space for the whole domain.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        size:
          description: Size that all mailboxes of the domain may have together,
            for instance V(50G), or V(unlimited).
          returned: when the server tells it, or when it was sent
          type: str
        warning_percent:
          description: Percentage from which on warnings are sent.
          returned: when the server tells it, or when it was sent
          type: int
        email:
          description: Address that receives the warnings; an empty text for
            none.
          returned: when the server tells it, or when it was sent
          type: str
        notify:
          description: Whether a warning is sent V(once), or V(every) time
            that O(quota.period) has passed.
          returned: when the server tells it, or when it was sent
          type: str
        period:
          description: Time between two warnings, for instance V(6 hours)
            or V(2 days).
          returned: when the server tells it, or when it was sent
          type: str
        blocks:
          description: Whether a full domain takes no more mail.
          returned: when the server tells it, or when it was sent
          type: bool
    clean_out:
      description: Automatic deletion of old items, for users without settings
        of their own.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
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
    keep_for_recovery:
      description: Days after which what users deleted and administrators
        can still recover is cleaned out, or V(never).
      returned: when the server tells it, or when it was sent
      type: raw
    forwarding:
      description: Forwarding of mail for recipients that do not exist in
        this domain to another server.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        enabled:
          description: Whether mail is forwarded.
          returned: when the server tells it, or when it was sent
          type: bool
        host:
          description: Name or address of the other server.
          returned: when the server tells it, or when it was sent
          type: str
        port:
          description: Port of the other server; servers show V(0) where forwarding
            was never set up.
          returned: when the server tells it, or when it was sent
          type: int
        delivery:
          description: 'When mail is delivered: V(online) at once, V(offline_scheduler)
            when the scheduler says so, V(offline_etrn) when the other server
            asks for it.'
          returned: when the server tells it, or when it was sent
          type: str
        prevent_loop:
          description: Whether mail that comes back from the other server
            is not sent there again.
          returned: when the server tells it, or when it was sent
          type: bool
    directory_service:
      description: The directory service that users and groups are mapped
        from.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        enabled:
          description: Whether it is used.
          returned: when the server tells it, or when it was sent
          type: bool
        type:
          description: Kind of directory service.
          returned: when the server tells it, or when it was sent
          type: str
        custom_map_file:
          description: Name of the map file for V(custom_ldap).
          returned: when the server tells it, or when it was sent
          type: str
        username:
          description: Name to log in to the directory with.
          returned: when the server tells it, or when it was sent
          type: str
        secure:
          description: Whether the connection is encrypted.
          returned: when the server tells it, or when it was sent
          type: bool
        hostname:
          description: Name of the directory server.
          returned: when the server tells it, or when it was sent
          type: str
        backup_hostname:
          description: Name of a second directory server.
          returned: when the server tells it, or when it was sent
          type: str
        directory_name:
          description: Name of the directory's own domain or realm.
          returned: when the server tells it, or when it was sent
          type: str
        ldap_suffix:
          description: Suffix below which LDAP is searched.
          returned: when the server tells it, or when it was sent
          type: str
    footer:
      description: Text that is appended to messages.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        enabled:
          description: Whether it is appended.
          returned: when the server tells it, or when it was sent
          type: bool
        text:
          description: The text, or the HTML.
          returned: when the server tells it, or when it was sent
          type: str
        html:
          description: Whether the text is HTML.
          returned: when the server tells it, or when it was sent
          type: bool
        internal:
          description: Whether it is appended to mail inside the domain too.
          returned: when the server tells it, or when it was sent
          type: bool
    kerberos_realm:
      description: Kerberos realm that checks passwords.
      returned: when the server tells it, or when it was sent
      type: str
    winnt_name:
      description: Windows NT domain that checks passwords, on Windows.
      returned: when the server tells it, or when it was sent
      type: str
    pam_realm:
      description: PAM realm that checks passwords, on Linux.
      returned: when the server tells it, or when it was sent
      type: str
    bind_address:
      description: 'IP address that the domain is bound to: mail clients that
        connect to it need not name the domain.'
      returned: when the server tells it, or when it was sent
      type: str
    webmail_logo:
      description: Own logo in the web mail.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        enabled:
          description: Whether it is shown.
          returned: when the server tells it, or when it was sent
          type: bool
        url:
          description: Where the picture is.
          returned: when the server tells it, or when it was sent
          type: str
    client_logo:
      description: Whether the domain's own logo is shown in the clients.
      returned: when the server tells it, or when it was sent
      type: bool
    check_spoofed_sender:
      description: Whether mail that claims to come from this domain without
        having been sent by its users is rejected.
      returned: when the server tells it, or when it was sent
      type: bool
    dkim:
      description: Whether outgoing mail is signed with DKIM.
      returned: when the server tells it, or when it was sent
      type: bool
    instant_messaging:
      description: Whether users may use instant messaging.
      returned: when the server tells it, or when it was sent
      type: bool
    archive:
      description: Archiving, where the server archives by domain.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        remote:
          description: Whether copies go to O(archive.address).
          returned: when the server tells it, or when it was sent
          type: bool
        address:
          description: Address that receives copies.
          returned: when the server tells it, or when it was sent
          type: str
        local_messages:
          description: Whether mail inside the server is archived.
          returned: when the server tells it, or when it was sent
          type: bool
        incoming_messages:
          description: Whether incoming mail is archived.
          returned: when the server tells it, or when it was sent
          type: bool
        outgoing_messages:
          description: Whether outgoing mail is archived.
          returned: when the server tells it, or when it was sent
          type: bool
        before_filter:
          description: Whether mail is archived before filters see it.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect.domains import DOMAIN


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, DOMAIN))


if __name__ == "__main__":
    main()
