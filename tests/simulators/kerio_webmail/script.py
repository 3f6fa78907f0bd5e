# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The script of a filter rule, in the manner of Sieve (RFC 5228).

How the real server writes its scripts is not known (fact sheet kerio_connect.md 4.2 infers Sieve). This form holds all
of a rule's conditions and actions, so that two different rules never have the same script.
"""

from __future__ import annotations

from tests.simulators.kerio_webmail.store import Entity

TESTS = {
    "CtEnvelopeRecipient": 'envelope {match} ["to"]',
    "CtEnvelopeSender": 'envelope {match} ["from"]',
    "CtRecipient": 'header {match} ["To", "Cc"]',
    "CtSender": 'header {match} ["Sender"]',
    "CtFrom": 'header {match} ["From"]',
    "CtCc": 'header {match} ["Cc"]',
    "CtTo": 'header {match} ["To"]',
    "CtSubject": 'header {match} ["Subject"]',
    "CtSize": "size {match}",
    "CtAttachment": "attachment",
    "CtSpam": "spam",
    "CtAll": "true",
}
MATCHES = {
    "CcEqual": ":is",
    "CcNotEqual": ":is",
    "CcContain": ":contains",
    "CcNotContain": ":contains",
    "CcUnder": ":under",
    "CcOver": ":over",
    "CcNoComparator": "",
}
COMMANDS = {
    "FaAddHeader": "addheader",
    "FaSetHeader": "setheader",
    "FaRemoveHeader": "deleteheader",
    "FaAddRecipient": "addrecipient",
    "FaCopyToAddress": "redirect :copy",
    "FaReject": "reject",
    "FaFileInto": "fileinto",
    "FaRedirect": "redirect",
    "FaDiscard": "discard",
    "FaKeep": "keep",
    "FaNotify": "notify",
    "FaSetReadFlag": 'setflag "seen"',
    "FaAutoReply": "autoreply",
    "FaStop": "stop",
}


def script_of(rule: Entity) -> str:
    quantifier = "anyof" if rule["evaluationMode"] == "EmAnyOf" else "allof"
    tests = ", ".join(_test(condition) for condition in rule["conditions"])
    lines = [f"  {_with_values(COMMANDS[action['type']], action['parameters'])};" for action in rule["actions"]]
    return "\n".join([f"if {quantifier} ({tests}) {{", *lines, "}", ""])


def _test(condition: Entity) -> str:
    comparator = condition["comparator"]
    text = TESTS[condition["testedTarget"]].format(match=MATCHES[comparator]).rstrip()
    negation = "not " if comparator in ("CcNotEqual", "CcNotContain") else ""
    return negation + _with_values(text, condition["parameters"])


def _with_values(text: str, values: list[str]) -> str:
    """Parameters as a list of quoted texts; a text of any content stays one."""
    escaped = ['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values]
    return f"{text} [{', '.join(escaped)}]" if values else text
