# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible: argument specs derived from the definitions, and running one object, a whole document, or a query.

This package is private to the collection: it may change without notice between any two releases.
"""
