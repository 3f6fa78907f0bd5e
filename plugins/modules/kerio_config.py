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
  - 'Brings the domains, groups, users, aliases, mailing lists, resources,
    IP address groups and time ranges of a server to what one document describes:
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
      domains:
        description:
          - The domains to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - 'Whether this is the primary domain, in which users may log
                in without a domain name. There is always one: V(false) is
                only possible together with V(true) for another domain in
                the same run. Login names without a domain mean users of the
                new primary domain from then on, that of the task (O(api_username))
                too.'
            type: bool
          aliases:
            description:
              - All alternative names of the domain. An empty list removes
                them.
            type: list
            elements: str
          user_limit:
            description:
              - Number of users that the domain may have, or V(unlimited).
            type: raw
          password_policy:
            description:
              - What passwords of users have to be like. Servers before version
                8.5 may not know these settings.
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
              - Size that a message sent by users of the domain may have,
                for instance V(20M), or V(unlimited).
            type: str
          quota:
            description:
              - Space for the whole domain.
            type: dict
            suboptions:
              size:
                description:
                  - Size that all mailboxes of the domain may have together,
                    for instance V(50G), or V(unlimited).
                type: str
              warning_percent:
                description:
                  - Percentage from which on warnings are sent.
                type: int
              email:
                description:
                  - Address that receives the warnings; an empty text for
                    none.
                type: str
              notify:
                description:
                  - Whether a warning is sent V(once), or V(every) time that
                    O(config.domains[].quota.period) has passed.
                type: str
                choices:
                  - once
                  - every
              period:
                description:
                  - Time between two warnings, for instance V(6 hours) or
                    V(2 days).
                type: str
              blocks:
                description:
                  - Whether a full domain takes no more mail.
                type: bool
          clean_out:
            description:
              - Automatic deletion of old items, for users without settings
                of their own. It destroys mail.
            type: dict
            suboptions:
              deleted_items:
                description:
                  - Days after which the folder of deleted items is cleaned
                    out, or V(never).
                type: raw
              junk_email:
                description:
                  - Days after which the junk folder is cleaned out, or V(never).
                type: raw
              sent_items:
                description:
                  - Days after which the folder of sent items is cleaned out,
                    or V(never).
                type: raw
              auto_delete:
                description:
                  - Days after which every folder is cleaned out, or V(never).
                type: raw
          keep_for_recovery:
            description:
              - Days after which what users deleted and administrators can
                still recover is cleaned out, or V(never).
            type: raw
          forwarding:
            description:
              - Forwarding of mail for recipients that do not exist in this
                domain to another server.
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
                  - Port of the other server; servers show V(0) where forwarding
                    was never set up.
                type: int
              delivery:
                description:
                  - 'When mail is delivered: V(online) at once, V(offline_scheduler)
                    when the scheduler says so, V(offline_etrn) when the other
                    server asks for it.'
                type: str
                choices:
                  - online
                  - offline_scheduler
                  - offline_etrn
              prevent_loop:
                description:
                  - Whether mail that comes back from the other server is
                    not sent there again.
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
              - Password to log in to the directory with. The server never
                returns it, so it is sent at creation only, unless O(config.domains[].update_password=always).
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
              - 'IP address that the domain is bound to: mail clients that
                connect to it need not name the domain. An empty text for
                none.'
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
              - Whether the domain's own logo is shown in the clients. The
                picture itself has to be uploaded in the administration.
            type: bool
          check_spoofed_sender:
            description:
              - Whether mail that claims to come from this domain without
                having been sent by its users is rejected.
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
                  - Whether copies go to O(config.domains[].archive.address).
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
              - When to send the password. V(on_create) sends it for a new
                object only, V(always) in every run, which reports a change
                each time, since the server never returns the password to
                compare it with. The option O(update_password) of the task
                applies when this is left out.
            type: str
            choices:
              - on_create
              - always
          allow_mail_loss:
            description:
              - Consent to the loss of the domain's public folders and archive.
            type: bool
      groups:
        description:
          - The groups to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the group is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          name:
            description:
              - Name of the group.
            type: str
            required: true
          domain:
            description:
              - Name of the domain that the group belongs to.
            type: str
            required: true
          description:
            description:
              - Free text about the group. A new object gets an empty text
                unless this is given.
            type: str
          email_addresses:
            description:
              - All addresses of the group, as local parts or as addresses
                in its domain. Mail to them goes to every member. An empty
                list removes all. A new object gets an empty list unless this
                is given.
            type: list
            elements: str
          members:
            description:
              - Login names of the members, or their addresses in the group's
                domain. An empty list removes all, unless O(config.groups[].append)
                is set.
            type: list
            elements: str
          role:
            description:
              - Administration rights that the members have. A new object
                gets V(none) unless this is given.
            type: str
            choices:
              - none
              - auditor
              - account_admin
              - full_admin
          domain_restriction:
            description:
              - Whether the members may send and receive mail inside their
                own domain only. A new object gets V(false) unless this is
                given.
            type: bool
          publish_in_gal:
            description:
              - Whether the group appears in the global address list. A new
                object gets V(true) unless this is given.
            type: bool
          append:
            description:
              - Whether a list is added to what the server has, instead of
                replacing it. The option O(append) of the task applies when
                this is left out.
            type: bool
          directory_account:
            description:
              - 'What becomes of a group that comes from a directory service:
                V(deactivate) only takes it out of the mail server, V(delete)
                deletes it in the directory too.'
            type: str
            default: deactivate
            choices:
              - deactivate
              - delete
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
                list removes the user from every group.
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
      aliases:
        description:
          - The aliases to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the alias is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          name:
            description:
              - Name of the alias, the part of the address before the @. V(*)
                stands for any characters, V(?) for one.
            type: str
            required: true
          domain:
            description:
              - Name of the domain that the alias belongs to.
            type: str
            required: true
          targets:
            description:
              - All addresses that the alias delivers to; those without a
                domain are in the domain of the alias. Other targets are removed,
                unless O(config.aliases[].append) is set.
            type: list
            elements: str
          public_folders:
            description:
              - Names of all public folders that the alias delivers to. Others
                are removed, unless O(config.aliases[].append) is set.
            type: list
            elements: str
          description:
            description:
              - Free text about the alias, the same for all its targets. A
                new object gets an empty text unless this is given.
            type: str
          append:
            description:
              - Whether a list is added to what the server has, instead of
                replacing it. The option O(append) of the task applies when
                this is left out.
            type: bool
      mailing_lists:
        description:
          - The mailing lists to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - Name of the mailing list, the part of its address before the
                @.
            type: str
            required: true
          domain:
            description:
              - Name of the domain that the mailing list belongs to.
            type: str
            required: true
          description:
            description:
              - Free text about the mailing list. A new object gets an empty
                text unless this is given.
            type: str
          language:
            description:
              - Code of the language in which the server writes to members
                and moderators, for instance V(en). A new list gets the server's
                choice unless one is given.
            type: str
          members:
            description:
              - Login names of all members that are users in the domain of
                the list, and addresses of all others. Who is not named is
                removed, unless O(config.mailing_lists[].append) is set. A
                new object gets an empty list unless this is given.
            type: list
            elements: str
          moderators:
            description:
              - All moderators, named like O(config.mailing_lists[].members).
                They do not get what is posted unless they are members too.
                Who is not named is removed, unless O(config.mailing_lists[].append)
                is set. A new object gets an empty list unless this is given.
            type: list
            elements: str
          welcome_text:
            description:
              - Text of the message that new members get; an empty text for
                none. A new object gets an empty text unless this is given.
            type: str
          footer:
            description:
              - Text below every message of the list; an empty text for none.
                A new object gets an empty text unless this is given.
            type: str
          subscription:
            description:
              - How people get on the list by themselves, with a message to
                the server.
            type: dict
            suboptions:
              policy:
                description:
                  - 'Whether they may: V(allowed), V(moderated) with the consent
                    of a moderator, or V(denied). A new object gets V(denied)
                    unless this is given.'
                type: str
                choices:
                  - allowed
                  - moderated
                  - denied
              moderator_review:
                description:
                  - Whether moderators review subscriptions. A new object
                    gets V(false) unless this is given.
                type: bool
              moderator_notification:
                description:
                  - Whether moderators are told of subscriptions. A new object
                    gets V(false) unless this is given.
                type: bool
          posting:
            description:
              - Who may write to the list.
            type: dict
            suboptions:
              members:
                description:
                  - 'Whether members may: V(allowed), V(moderated) with the
                    consent of a moderator, or V(denied). A new object gets
                    V(allowed) unless this is given.'
                type: str
                choices:
                  - allowed
                  - moderated
                  - denied
              non_members:
                description:
                  - Whether everybody else may, in the same words. A new object
                    gets V(denied) unless this is given.
                type: str
                choices:
                  - allowed
                  - moderated
                  - denied
              moderators:
                description:
                  - 'Whether moderators may: V(allowed), V(moderated), or
                    V(as_members) for what holds for them as members or others.
                    A new object gets V(allowed) unless this is given.'
                type: str
                choices:
                  - allowed
                  - moderated
                  - as_members
              notify_author:
                description:
                  - Whether authors are told what became of a message that
                    needs consent. A new object gets V(false) unless this
                    is given.
                type: bool
              errors_to_moderators:
                description:
                  - Whether moderators get the reports about messages that
                    could not be delivered. A new object gets V(false) unless
                    this is given.
                type: bool
          reply_to:
            description:
              - 'Where replies go to: to the V(sender) of the message, to
                the V(list), to V(sender_and_list), or to the V(other_address)
                in O(config.mailing_lists[].reply_address). A new object gets
                V(sender) unless this is given.'
            type: str
            choices:
              - sender
              - list
              - sender_and_list
              - other_address
          reply_address:
            description:
              - Address that replies go to with O(config.mailing_lists[].reply_to=other_address);
                an empty text for none. A new object gets an empty text unless
                this is given.
            type: str
          subject_prefix:
            description:
              - Text in front of the subject of every message; an empty text
                for none. A new object gets an empty text unless this is given.
            type: str
          hide_sender:
            description:
              - Whether messages show the address of the list instead of their
                sender's. A new object gets V(false) unless this is given.
            type: bool
          allow_empty_subject:
            description:
              - Whether messages without a subject are taken. A new object
                gets V(false) unless this is given.
            type: bool
          archive:
            description:
              - The archive of what was posted.
            type: dict
            suboptions:
              enabled:
                description:
                  - Whether there is one. A new object gets V(false) unless
                    this is given.
                type: bool
              logged_in_only:
                description:
                  - Whether one has to log in to read it. A new object gets
                    V(false) unless this is given.
                type: bool
              users:
                description:
                  - All users who may read it, by login name or address. An
                    empty list removes all. A new object gets an empty list
                    unless this is given.
                type: list
                elements: str
              groups:
                description:
                  - All groups whose members may read it, by name, or as V(name@domain)
                    in another domain than that of the list. An empty list
                    removes all. A new object gets an empty list unless this
                    is given.
                type: list
                elements: str
          append:
            description:
              - Whether a list is added to what the server has, instead of
                replacing it. The option O(append) of the task applies when
                this is left out.
            type: bool
          allow_mail_loss:
            description:
              - Consent to the loss of the archive of the mailing list, without
                which it is not deleted.
            type: bool
      resources:
        description:
          - The resources to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - Free text about the resource. A new object gets an empty text
                unless this is given.
            type: str
          type:
            description:
              - V(room), or V(equipment) such as a projector or a car. A new
                object gets V(room) unless this is given.
            type: str
            choices:
              - room
              - equipment
          enabled:
            description:
              - Whether the resource can be reserved. A new object gets V(true)
                unless this is given.
            type: bool
          reservable_by:
            description:
              - Who may reserve the resource. What is left out of it stays
                as it is.
            type: dict
            suboptions:
              anyone:
                description:
                  - Whether everybody may, also without being a user of the
                    server. A new object gets V(false) unless this is given.
                type: bool
              all_users:
                description:
                  - Whether all users of all domains of the server may. A
                    new object gets V(false) unless this is given.
                type: bool
              domains:
                description:
                  - Names of all domains of the server whose users may. An
                    empty list removes all. A new object gets an empty list
                    unless this is given.
                type: list
                elements: str
              users:
                description:
                  - All users who may, by login name, or by address in another
                    domain than that of the resource. An empty list removes
                    all. A new object gets an empty list unless this is given.
                type: list
                elements: str
              groups:
                description:
                  - All groups whose members may, by name, or as V(name@domain)
                    in another domain than that of the resource. An empty
                    list removes all. A new object gets an empty list unless
                    this is given.
                type: list
                elements: str
          manager:
            description:
              - User who manages the reservations, by login name, or by address
                in another domain than that of the resource. An empty text
                for none. Naming one takes the place of O(config.resources[].manager_group).
                A new object gets an empty text unless this is given.
            type: str
          manager_group:
            description:
              - Group whose members manage the reservations, by name, or as
                V(name@domain) in another domain than that of the resource.
                An empty text for none. Naming one takes the place of O(config.resources[].manager).
                A new object gets an empty text unless this is given.
            type: str
          allow_mail_loss:
            description:
              - Consent to the loss of the calendar with all reservations,
                without which the resource is not deleted.
            type: bool
      ip_address_groups:
        description:
          - The IP address groups to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the IP address group is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          name:
            description:
              - Name of the group. Compared without regard to case.
            type: str
            required: true
          entries:
            description:
              - All entries of the group, in any order. Others are removed,
                unless O(config.ip_address_groups[].append) is set. A group
                has at least one. Required to create the object.
            type: list
            elements: dict
            suboptions:
              type:
                description:
                  - 'What the entry is, needed in each: a V(host), a V(network),
                    a V(range) of addresses, V(this_machine), which is the
                    server itself, the V(prefix) of an address, or another
                    V(group).'
                type: str
                choices:
                  - host
                  - network
                  - range
                  - this_machine
                  - prefix
                  - group
              host:
                description:
                  - Name or IP address of a host, or the beginning of an IP
                    address, for V(host).
                type: str
              network:
                description:
                  - Address and mask of a network for V(network), for instance
                    V(192.168.0.0/16) or V(192.168.0.0/255.255.0.0).
                type: str
              from:
                description:
                  - First address of a V(range).
                type: str
              to:
                description:
                  - Last address of a V(range).
                type: str
              prefix:
                description:
                  - Beginning of an IP address for V(prefix), as the server
                    spells it.
                type: str
              group:
                description:
                  - Name of another IP address group whose entries belong
                    to this one too, for V(group).
                type: str
              description:
                description:
                  - Free text about the entry. A new object gets an empty
                    text unless this is given.
                type: str
              enabled:
                description:
                  - Whether the entry counts. A new object gets V(true) unless
                    this is given.
                type: bool
          append:
            description:
              - Whether a list is added to what the server has, instead of
                replacing it. The option O(append) of the task applies when
                this is left out.
            type: bool
          allow_lockout:
            description:
              - Whether to change IP address groups without asking the server
                first whether that cuts this login off from the administration.
                A task that does cut itself off fails when it reads back what
                it did. Deletions by pruning are asked about in any case.
                The option O(allow_lockout) of the task applies when this
                is left out.
            type: bool
      time_ranges:
        description:
          - The time ranges to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the time range is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          name:
            description:
              - Name of the time range. Compared without regard to case.
            type: str
            required: true
          entries:
            description:
              - All entries of the time range, in any order. Others are removed,
                unless O(config.time_ranges[].append) is set. A time range
                has at least one. Required to create the object.
            type: list
            elements: dict
            suboptions:
              type:
                description:
                  - 'What the entry is, needed in each: V(daily), the same
                    hours on some days of every week; V(weekly), one time
                    from a day of the week to another; V(absolute), from one
                    date to another; or another V(group).'
                type: str
                choices:
                  - daily
                  - weekly
                  - absolute
                  - group
              from:
                description:
                  - Time of day at which it begins, such as V(08:00), on the
                    server's clock; for all types but V(group). Write it in
                    quotes, since YAML takes some times for numbers.
                type: str
              to:
                description:
                  - Time of day at which it ends, such as V(17:30), on the
                    server's clock; for all types but V(group). Write it in
                    quotes, since YAML takes some times for numbers.
                type: str
              days:
                description:
                  - Days of the week for V(daily).
                type: list
                elements: str
                choices:
                  - monday
                  - tuesday
                  - wednesday
                  - thursday
                  - friday
                  - saturday
                  - sunday
              from_day:
                description:
                  - Day of the week on which it begins, for V(weekly).
                type: str
                choices:
                  - monday
                  - tuesday
                  - wednesday
                  - thursday
                  - friday
                  - saturday
                  - sunday
              to_day:
                description:
                  - Day of the week on which it ends, for V(weekly).
                type: str
                choices:
                  - monday
                  - tuesday
                  - wednesday
                  - thursday
                  - friday
                  - saturday
                  - sunday
              from_date:
                description:
                  - Day on which it begins, such as V(2026-12-24), for V(absolute).
                type: str
              to_date:
                description:
                  - Day on which it ends, such as V(2027-01-06), for V(absolute).
                type: str
              group:
                description:
                  - Name of another time range whose entries belong to this
                    one too, for V(group).
                type: str
              description:
                description:
                  - Free text about the entry. A new object gets an empty
                    text unless this is given.
                type: str
              enabled:
                description:
                  - Whether the entry counts. A new object gets V(true) unless
                    this is given.
                type: bool
          append:
            description:
              - Whether a list is added to what the server has, instead of
                replacing it. The option O(append) of the task applies when
                this is left out.
            type: bool
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
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
  allow_lockout:
    description:
      - Whether to change IP address groups without asking the server first
        whether that cuts this login off from the administration. A task that
        does cut itself off fails when it reads back what it did. Deletions
        by pruning are asked about in any case.
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
      - domains
      - groups
      - users
      - aliases
      - mailing_lists
      - resources
      - ip_address_groups
      - time_ranges
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
  - module: postmaster.comms.kerio_domain
  - module: postmaster.comms.kerio_group
  - module: postmaster.comms.kerio_user
  - module: postmaster.comms.kerio_alias
  - module: postmaster.comms.kerio_mailing_list
  - module: postmaster.comms.kerio_resource
  - module: postmaster.comms.kerio_ip_address_group
  - module: postmaster.comms.kerio_time_range
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
  description: 'What the run cost: calls, the writes and logins among them,
    pages of lists, and a line for each call without secrets. Items of a loop
    share a session, whose end is not among them.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import config_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(config_definition(SYSTEM))


if __name__ == "__main__":
    main()
