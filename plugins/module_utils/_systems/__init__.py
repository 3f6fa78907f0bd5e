# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One package per system: login and logout, errors, the declared resources, and the gateway of each.

This package is private to the collection: it may change without notice between any two releases.
"""
