#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage a whole mailbox.org account from one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_config
short_description: Manage a whole mailbox.org account from one document
description:
  - 'Brings the accounts, domains, mailboxes, vacations, spam protections,
    blacklists, mailing lists and groups of an account to what one document
    describes: one plan, one login, each list read once.'
  - Entries of the document take the options of the modules about one object.
  - What an entry leaves out stays as it is.
  - Objects that the document does not name stay, unless O(prune) asks for
    their deletion.
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
  config:
    description:
      - What the server is to hold. A list that is left out stays as it is,
        and so does every object that no entry names, unless O(prune) says
        otherwise.
    type: dict
    required: true
    suboptions:
      accounts:
        description:
          - The accounts to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the account is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          name:
            description:
              - Name of the account, which is the login name of the customer.
            type: str
            required: true
          password:
            description:
              - Password of the account. The server never returns it, so it
                is sent at creation only, unless O(config.accounts[].update_password=always).
                Required to create the object.
            type: str
          telephone_password:
            description:
              - Password by which the customer is known on the telephone.
                Sent when O(config.accounts[].password) would be.
            type: str
          plan:
            description:
              - 'What the account pays for: V(basic), V(profi) (Professional),
                V(profixl) (Professional XL) or V(reseller). Required to create
                the object.'
            type: str
            choices:
              - basic
              - profi
              - profixl
              - reseller
          memo:
            description:
              - Free text about the account. The server was seen to confirm
                an empty text and to keep the old one, which is reported as
                a failure.
            type: str
          company:
            description:
              - Name of the company.
            type: str
          vat_id:
            description:
              - VAT identification number.
            type: str
            aliases:
              - ustid
          language:
            description:
              - Language of the account as a locale, for instance V(de_DE).
            type: str
          salutation:
            description:
              - Salutation of the contact person. V(herr) and V(frau) are
                known.
            type: str
          address_main:
            description:
              - Contact person and postal address.
            type: dict
            suboptions:
              first_name:
                description:
                  - First name.
                type: str
              last_name:
                description:
                  - Last name.
                type: str
              street:
                description:
                  - Street and number.
                type: str
              zipcode:
                description:
                  - Postal code.
                type: str
              town:
                description:
                  - Town.
                type: str
              country:
                description:
                  - Country.
                type: str
          address_payment:
            description:
              - Address for invoices.
            type: dict
            suboptions:
              same_as_main:
                description:
                  - Whether invoices go to O(config.accounts[].address_main).
                type: bool
              first_name:
                description:
                  - First name.
                type: str
              last_name:
                description:
                  - Last name.
                type: str
              company:
                description:
                  - Name of the company.
                type: str
              street:
                description:
                  - Street and number.
                type: str
              zipcode:
                description:
                  - Postal code.
                type: str
              town:
                description:
                  - Town.
                type: str
              country:
                description:
                  - Country.
                type: str
          contact:
            description:
              - Ways to reach the customer. How the server tells them is not
                proven on a real server.
            type: dict
            suboptions:
              mail:
                description:
                  - E-mail address.
                type: str
              mail_payment:
                description:
                  - E-mail address for invoices.
                type: str
              phone:
                description:
                  - Telephone number.
                type: str
              fax:
                description:
                  - Fax number.
                type: str
              mobile:
                description:
                  - Number of the mobile telephone.
                type: str
          bank:
            description:
              - Bank account. How the server tells it is not proven on a real
                server.
            type: dict
            suboptions:
              iban:
                description:
                  - IBAN.
                type: str
              bic:
                description:
                  - BIC.
                type: str
              account_owner:
                description:
                  - Owner of the bank account.
                type: str
          payment_type:
            description:
              - How the account pays; V(invoice) is one of the words that
                the server knows.
            type: str
          max_mailinglist:
            description:
              - Number of mailing lists that the account may have.
            type: int
          tariff_limits:
            description:
              - Limits by plan; what the server limits by them is not documented,
                and not proven on a real server.
            type: dict
            aliases:
              - tarifflimits
            suboptions:
              basic:
                description:
                  - Limit for the plan V(basic), or V(unlimited) for none.
                type: raw
              profi:
                description:
                  - Limit for the plan V(profi), or V(unlimited) for none.
                type: raw
              profixl:
                description:
                  - Limit for the plan V(profixl), or V(unlimited) for none.
                type: raw
              reseller:
                description:
                  - Limit for the plan V(reseller), or V(unlimited) for none.
                type: raw
          mail_forwarding:
            description:
              - Sent as it is; its meaning is not documented, and no known
                call returns it.
            type: str
          av_contract_accept_name:
            description:
              - Name of the person who accepts the contract about data processing.
                No known call returns it.
            type: str
          av_contract_professional_secrecy:
            description:
              - Whether that contract covers professional secrecy. No known
                call returns it.
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
              - Consent to the loss of all domains and mailboxes of the account
                with all their mail, without which it is not deleted.
            type: bool
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
          account:
            description:
              - Name of the account that the domain belongs to.
            type: str
            required: true
          password:
            description:
              - Password for logins with the name of the domain. The server
                never returns it, so it is sent at creation only, unless O(config.domains[].update_password=always).
                Required to create the object.
            type: str
          memo:
            description:
              - Free text about the domain.
            type: str
          context_id:
            description:
              - Number of the context, in which mailboxes share address books,
                calendars and files. Changing it destroys what the mailboxes
                of the domain have of these, see O(config.domains[].allow_groupware_loss);
                their mail stays. A new domain without one gets a context
                that mailbox.org chooses. Changing it needs a login of level
                C(account) or above.
            type: str
          create_new_context:
            description:
              - Whether a new domain gets a new context. Taken at creation
                only.
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
          when_unverified:
            description:
              - 'What to do while the record that proves the ownership is
                missing: V(fail) with the record at hand, return it with V(pending),
                or V(wait) until mailbox.org sees it, for O(config.domains[].wait_timeout)
                seconds at most. A record stays valid once it is set, so a
                later run can go on. The option O(when_unverified) of the
                task applies when this is left out.'
            type: str
            choices:
              - fail
              - pending
              - wait
          wait_timeout:
            description:
              - Seconds to wait for the record with O(config.domains[].when_unverified=wait).
                It can take hours until DNS shows it. The option O(wait_timeout)
                of the task applies when this is left out.
            type: int
          allow_groupware_loss:
            description:
              - Consent to the loss of calendars, address books and files
                that comes with another context. The option O(allow_groupware_loss)
                of the task applies when this is left out.
            type: bool
      mailboxes:
        description:
          - The mailboxes to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - Password. The server never returns it, so it is sent at creation
                only, unless O(config.mailboxes[].update_password=always).
                A new mailbox needs this or O(config.mailboxes[].password_hash).
            type: str
          password_hash:
            description:
              - The password as a hash, in the place of O(config.mailboxes[].password).
                Which forms the server takes is not documented; C({SSHA})
                is probable.
            type: str
          plan:
            description:
              - What the mailbox pays for. The server was seen to refuse to
                put some mailboxes to V(light). Required to create the object.
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
              - Whether incoming mail is kept in the mailbox; V(false) makes
                it forward only, and needs O(config.mailboxes[].forwards).
                A new object gets V(true) unless this is given.
            type: bool
            aliases:
              - inboxsave
          forwards:
            description:
              - All addresses that incoming mail is forwarded to. An empty
                list removes all. A new object gets an empty list unless this
                is given.
            type: list
            elements: str
          aliases:
            description:
              - All further addresses of the mailbox. An empty list removes
                all. How many there may be depends on the plan.
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
              - Whether the mailbox may be used. V(true) takes back a planned
                deletion as well.
            type: bool
          deletion_date:
            description:
              - Day on which the mailbox is to be deleted, for instance V(2031-12-31),
                which makes it inactive at once. To take it back, give O(config.mailboxes[].active=true),
                with an empty text or without this option. Deletion destroys
                all mail; O(config.mailboxes[].allow_mail_loss) is not asked
                for it.
            type: str
          require_reset_password:
            description:
              - Whether the user has to choose a new password at the next
                login. The server clears it once that has happened, so leave
                it out of what is applied every night.
            type: bool
          same_password_disallowed:
            description:
              - Whether the new password has to differ from the old one. The
                server never returns it.
            type: bool
          additional_mail_quota:
            description:
              - Size of the mailbox on top of what the plan includes, in whole
                gigabytes, for instance V(5G); V(0B) for none.
            type: str
          additional_cloud_quota:
            description:
              - Size of the file storage on top of what the plan includes,
                in whole gigabytes, for instance V(5G); V(0B) for none.
            type: str
          allow_nets:
            description:
              - Networks from which the user may log in, with commas or blanks
                between them; an empty text for everywhere. Their order means
                nothing. The form that the server wants is not proven on a
                real server.
            type: str
          capabilities:
            description:
              - 'What the user of the mailbox is allowed to do: V(true), V(false),
                or V(inherit) for what the account says, which older servers
                do not know. Some plans allow none of it. The server confirms
                a change first and carries it out some time later; until then
                the result says RV(results[].status=pending).'
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
              - Day of birth, for instance V(1980-12-31); an empty text for
                none. Not proven on a real server.
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
              - Identifier of the person in another system, by which mailbox.org
                can find the mailbox.
            type: str
            aliases:
              - uid_extern
          language:
            description:
              - Language of the mailbox as a locale, for instance V(de_DE)
                or V(en_US).
            type: str
          catchall:
            description:
              - Whether the new mailbox gets the mail to all addresses of
                its domain that do not exist. Taken at creation only.
            type: bool
          create_own_context:
            description:
              - Whether the new mailbox gets a context of its own. Taken at
                creation only.
            type: bool
          recover:
            description:
              - Whether to take an address that was deleted before and is
                blocked since. What comes back with it is not documented.
                Taken at creation only.
            type: bool
          skip_welcome_mail:
            description:
              - Whether the new mailbox goes without the message of welcome.
                Taken at creation only.
            type: bool
          evac_force_activation:
            description:
              - For a special product of mailbox.org; sent as it is. Taken
                at creation only.
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
              - Consent to the loss of all mail in the mailbox, without which
                it is not deleted.
            type: bool
          free_address:
            description:
              - Whether to take the address of a deleted mailbox off the list
                of deleted addresses, which keeps it from being used again
                for some time. Not proven on a real server.
            type: bool
            default: false
      vacations:
        description:
          - The vacations to manage, each once.
        type: list
        elements: dict
        suboptions:
          mailbox:
            description:
              - Address of the mailbox that replies.
            type: str
            required: true
          active:
            description:
              - Whether there is an automatic reply. V(true) is meant where
                another option about it is given, and needs O(config.vacations[].subject),
                O(config.vacations[].start_date) and O(config.vacations[].end_date)
                where there is none yet. V(false) deletes it with its words.
            type: bool
          subject:
            description:
              - Subject of the reply.
            type: str
          body:
            description:
              - Text of the reply. Space around it, such as empty lines at
                its end, means nothing.
            type: str
          start_date:
            description:
              - First day of the reply, for instance V(2031-12-24).
            type: str
          end_date:
            description:
              - Last day of the reply, for instance V(2031-12-31). mailbox.org
                knows no reply without an end. Once it has passed, remove
                the task or set O(config.vacations[].active=false).
            type: str
          additional_mail_addresses:
            description:
              - All addresses besides that of the mailbox whose mail is replied
                to. An empty list removes all.
            type: list
            elements: str
      spam_protections:
        description:
          - The spam protections to manage, each once.
        type: list
        elements: dict
        suboptions:
          mailbox:
            description:
              - Address of the mailbox that the filter works for.
            type: str
            required: true
          greylist:
            description:
              - Whether mail of unknown servers is put off at first (greylisting),
                which few senders of spam wait for.
            type: bool
          smtp_plausibility:
            description:
              - Whether mail is refused whose sender's server does not introduce
                itself plausibly.
            type: bool
          rbl:
            description:
              - Whether mail is refused that comes from servers on public
                blocklists (RBL).
            type: bool
          bypass_banned_checks:
            description:
              - Whether attachments of dangerous types are let through without
                a check.
            type: bool
          tag_level:
            description:
              - Number of points, with one decimal at most, from which on
                mail is taken for spam, for instance V(5.5).
            type: float
            aliases:
              - tag2level
          kill_level:
            description:
              - 'What becomes of spam: V(reject) refuses it, V(route) puts
                it into O(config.spam_protections[].route_to).'
            type: str
            choices:
              - reject
              - route
            aliases:
              - killevel
          route_to:
            description:
              - Folder that spam is put into with O(config.spam_protections[].kill_level=route),
                for instance V(Spam).
            type: str
      blacklists:
        description:
          - The blacklists to manage, each once.
        type: list
        elements: dict
        suboptions:
          mailbox:
            description:
              - Address of the mailbox that refuses the mail.
            type: str
            required: true
          addresses:
            description:
              - All addresses whose mail is refused. An empty list removes
                all. With O(config.blacklists[].append=true), addresses to
                add.
            type: list
            elements: str
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
          address:
            description:
              - Address of the mailing list.
            type: str
            required: true
          password:
            description:
              - Password of those who run the list. The server never returns
                it, so it is sent at creation only, unless O(config.mailing_lists[].update_password=always).
                Required to create the object.
            type: str
          admin_mail:
            description:
              - Address of who runs the list; an empty text for none. Whether
                the server tells it is not proven; see O(config.mailing_lists[].update_unreadable).
            type: str
            aliases:
              - adminmail
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
              - Consent to the loss of who is on the list, which nothing brings
                back, and of its archive, without which it is not deleted.
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
          account:
            description:
              - Name of the account that the group belongs to.
            type: str
            required: true
          display_name:
            description:
              - Name of the group as people see it. Required to create the
                object.
            type: str
          members:
            description:
              - Addresses of all mailboxes in the group. An empty list removes
                all. With O(config.groups[].append=true), those to add. Whether
                addresses in domains of others may be members is for the server
                to say. A new object gets an empty list unless this is given.
            type: list
            elements: str
          append:
            description:
              - Whether a list is added to what the server has, instead of
                replacing it. The option O(append) of the task applies when
                this is left out.
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
        in every run, which reports a change each time.'
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
        way they are listed as RV(results[].unverified).'
    type: str
    default: on_create
    choices:
      - on_create
      - always
  when_unverified:
    description:
      - 'What to do while the record that proves the ownership is missing:
        V(fail) with the record at hand, return it with V(pending), or V(wait)
        until mailbox.org sees it, for O(wait_timeout) seconds at most. A
        record stays valid once it is set, so a later run can go on.'
    type: str
    default: fail
    choices:
      - fail
      - pending
      - wait
  wait_timeout:
    description:
      - Seconds to wait for the record with O(when_unverified=wait). It can
        take hours until DNS shows it.
    type: int
    default: 600
  allow_groupware_loss:
    description:
      - Consent to the loss of calendars, address books and files that comes
        with another context.
    type: bool
    default: false
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
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
      - accounts
      - domains
      - mailboxes
      - mailing_lists
      - groups
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
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_info
"""

EXAMPLES = r"""
---
- name: A domain and its mailboxes, in one run with one login; the connection is given with the task
  postmaster.comms.mailboxorg_config:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    config:
      domains:
        - name: branch.example.com
          account: example
          password: "{{ vault_branch_password }}"
          memo: Branch office
      mailboxes:
        - email: carol@branch.example.com
          first_name: Carol
          last_name: Example
          plan: standard
          password: "{{ vault_carol_password }}"
        - email: former@branch.example.com
          state: absent
    # Until DNS proves whose the domain is, it and its mailboxes stay pending, and everything else is carried out.
    when_unverified: pending
  register: outcome

- name: List what was done, and the records to publish
  ansible.builtin.debug:
    msg: "{{ item.action }} {{ item.object }}: {{ item.status }} {{ item.dns_record | default('') }}"
  loop: "{{ outcome.results }}"
  loop_control:
    label: "{{ item.object }}"

# The environment (MAILBOXORG_USERNAME …) or module_defaults give the connection to the following tasks:
#
#   module_defaults:
#     group/postmaster.comms.mailboxorg:
#       api_username: "{{ mailboxorg_username }}"
#       api_password: "{{ vault_mailboxorg_password }}"

- name: See what would change; the document is a variable, its passwords come from a vault
  postmaster.comms.mailboxorg_config:
    config: "{{ mailboxorg_document }}"
  check_mode: true
  diff: true
  register: plan

- name: Show it in short
  ansible.builtin.debug:
    msg: "{{ plan.summary.created }} to create, {{ plan.summary.updated }} to update"

- name: What belongs to mailboxes, and a group of them
  postmaster.comms.mailboxorg_config:
    config:
      vacations:
        - mailbox: alice@example.com
          subject: Out of office
          start_date: "2031-12-24"
          end_date: "2032-01-06"
      spam_protections:
        - mailbox: alice@example.com
          kill_level: reject
      blacklists:
        - mailbox: alice@example.com
          addresses: [offers@spam.example.net]
          append: true
      groups:
        - name: front desk
          account: example
          display_name: Front desk
          members: [alice@example.com]

- name: Bring a domain to exactly these mailboxes, and delete all others but one with all their mail
  postmaster.comms.mailboxorg_config:
    config:
      mailboxes:
        - email: dave@example.com
          first_name: Dave
          last_name: Example
          plan: light
          password: "{{ vault_dave_password }}"
    prune: [mailboxes]
    scope:
      domains: [example.com]
    protect: ["alice@*"]
    max_deletions: 3
    allow_mail_loss: true
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
dns_record:
  description: The record that the server looks for, ready for a module that
    manages a DNS zone. In the results of a whole document, it stands with
    the domain.
  returned: when the record is missing
  type: dict
  contains:
    name:
      description: Full name of the record, without a dot at its end.
      type: str
      returned: always
    type:
      description: V(TXT).
      type: str
      returned: always
    value:
      description: Text of the record.
      type: str
      returned: always
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(config_definition(SYSTEM))


if __name__ == "__main__":
    main()
