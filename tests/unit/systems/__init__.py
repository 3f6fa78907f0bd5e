# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user would notice of each system: the modules' own code in this process, real HTTPS to a simulated server."""
