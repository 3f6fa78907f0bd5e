# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Kerio servers have in common: their web library's sessions, envelope, batches and lists.

The simulators of Kerio Connect and Kerio Operator are built on it; it knows no entity of either.
"""
