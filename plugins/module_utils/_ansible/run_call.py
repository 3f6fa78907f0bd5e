# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call in the server's own words. Check mode sends only what is known, or declared, to change nothing.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from .._core.errors import PostmasterError, Uncertain
from .._core.redact import masked
from .._systems.call import Answer, Call, CallRules
from .._systems.system import Session, System
from . import results
from .call_options import call_options
from .definition import Definition
from .runs import Run, connected, guarded


def call_definition(system: System) -> Definition:
    """The module for single calls. Raises TypeError for a system without."""
    rules = system.calls
    if rules is None:
        raise TypeError(f"{system.name} declares no rules for single calls")
    work = partial(run_call, system, rules)
    return Definition(f"{system.prefix}_call", system, call_options(rules), work, free_form=True)


def run_call(system: System, rules: CallRules, run: Run) -> dict[str, Any]:
    """What ``exit_json`` takes, or ``fail_json`` when it says ``failed``."""
    return guarded(system, run, lambda: _run(system, rules, run))


def _run(system: System, rules: CallRules, run: Run) -> dict[str, Any]:
    call = rules.prepare(run.options)
    as_read = run.options["read_only"] or rules.is_read(call, run.options)
    with connected(system, run, read_only=run.check_mode or as_read) as session:
        redactor = session.http.redactor
        redactor.learn(*call.secrets)
        if run.check_mode and not as_read:
            return {"changed": True, "would_send": redactor.data(masked(call.words))}
        answer = _send(session, call, as_read, run)
        reply = {"result": redactor.data(masked(answer.result, call.method in rules.secret_results))}
        if answer.error is None:
            return {"changed": not as_read, **reply}
        failed = results.failed(_unrepeatable(answer.error, as_read), system)
        return {**failed, **reply, "changed": answer.error.partly_written}


def _send(session: Session, call: Call, as_read: bool, run: Run) -> Answer:
    try:
        return session.send(call, as_read)
    except PostmasterError as error:
        run.written = not as_read and (error.partly_written or isinstance(error, Uncertain))
        raise _unrepeatable(error, as_read) from None


def _unrepeatable(error: PostmasterError, as_read: bool) -> PostmasterError:
    """Of a call that nobody understands, nobody can find out by reading whether it was carried out."""
    if isinstance(error, Uncertain) and not as_read:
        error.retryable = False
        error.message += "; whether it was carried out is not known, so look at the server before the task is run again"
    return error
