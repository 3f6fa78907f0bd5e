# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dialects of the mail system: one gateway each, over the same resources.

This package is private to the collection: it may change without notice between any two releases.
"""
