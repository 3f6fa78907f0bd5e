# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The core: fields, resources, plan, guards, diff, redaction and the executor. No Ansible, no HTTP.

Data flows one way: options -> desired -> plan (against current) -> changes -> result.

This package is private to the collection: it may change without notice between any two releases.
"""
