# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The generated matrix: every resource, dialect and writable field through its whole life.

samples.py        values of the fields: derived from their types, one line where they cannot be
stores.py         where the simulators keep each value, from the fact sheets' wire names; what they hold by default
limits.py         what a dialect refuses or ignores
budgets.py        the calls that a step may cost
dialects.py       the servers, one for each dialect and profile
walk.py           one step: check mode, then the run, then everything that has to hold
test_matrix.py    the life of each field;  test_round_trip.py  random states and documents
"""
