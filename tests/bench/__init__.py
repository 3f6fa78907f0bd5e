# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A benchmark, not a test: `make bench` measures the collection against simulated servers and prints one table."""
