# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server keeps of each object, with JSON types (fact sheet kerio_operator.md 3.3, 3.4, 4.1)."""

from __future__ import annotations

from tests.simulators.kerio_web.wire_types import (
    BOOL,
    INT,
    STR,
    Anything,
    ListOf,
    Nullable,
    Number,
    ZeroOne,
    struct,
)

ID = Number()

APPLICATION = struct("ApiApplication", name=STR, vendor=STR, version=STR)

CODEC = struct("Codec", ID=STR, SEQUENCE=INT, DESCRIPTION=STR)
CODECS = {
    "G.711 A-law": "G.711 A-law",
    "G.711 U-law": "G.711 U-law",
    "GSM Full Rate": "GSM Full Rate",
    "speex": "SpeeX",
    "ilbc": "iLBC",
    "g722": "G.722 (wideband)",
    "g726": "G.726",
}

# The sheet infers the split: what belongs to a number is set on the group, what belongs to a registration on the line.
GROUP = struct(
    "ExtensionGroup",
    telNum=STR,
    description=STR,
    callPermission=INT,
    userGuid=Nullable(ID),
    recordInbound=BOOL,
    recordOutbound=BOOL,
)
LINE = struct(
    "ExtensionLine",
    sipUsername=STR,
    sipPassword=STR,
    selectedCodecs=ListOf(CODEC),
    natSupport=BOOL,
    secured=BOOL,
    faxDetect=BOOL,
    faxDetectType=INT,
    dtmfMode=INT,
)
EXTENSION = struct("Extension", **GROUP.members, **LINE.members)

ENTRY = struct(
    "UserExtension",
    GUID=ID,
    TEL_NUM=STR,
    DESCRIPTION=STR,
    IS_PRIMARY=BOOL,
    RING_EXTENSION=BOOL,
    RING_EXTENSION_TIMEOUT=INT,
    BUSY_ACTION=INT,
    VOICEMAIL_FALLBACK=BOOL,
    VOICEMAIL_FALLBACK_TIMEOUT=INT,
    FIND_ME_LIST=ListOf(Anything()),
    # Left over in the web interface's form and sent along by clients; nothing is kept of them.
    OCCUPIED_REJECT=Anything(),
    OBEY_RING_RULES=Anything(),
    WEBRTC_RING_GROUP=Anything(),
)
USER = struct(
    "User",
    USERNAME=STR,
    USER_PASSWORD=STR,
    FULL_NAME=STR,
    EMAIL=STR,
    PIN=STR,
    DISABLED=ZeroOne(),
    LDAP_ENABLED=ZeroOne(),
    ADMINISTRATION_ROLE_ID=INT,
    LANGUAGE_PBX=INT,
    VOICEMAIL_DISABLED=BOOL,
    VOICEMAIL_PRESS0_ENABLED=BOOL,
    VOICEMAIL_PRESS0_TELNUM=STR,
    WEBRTC_ENABLED=BOOL,
    AMI_ENABLED=BOOL,
    AMI_PASSWORD=STR,
    EXTENSIONS=Nullable(ListOf(ENTRY)),
)
USER_SECRETS = frozenset({"USER_PASSWORD", "PIN", "AMI_PASSWORD"})
SEEN_IN_USER_ROWS = ("GUID", "USERNAME", "FULL_NAME", "EMAIL", "DISABLED", "EXTENSIONS")
SEEN_IN_ENTRIES = ("GUID", "TEL_NUM", "DESCRIPTION")

# Ids of roles. Only that of the ordinary user was seen, the others are the simulator's choice.
ADMINISTRATOR = 1
ORDINARY_USER = 2
READ_ONLY_ADMINISTRATOR = 3
ROLES = (ADMINISTRATOR, ORDINARY_USER, READ_ONLY_ADMINISTRATOR)
