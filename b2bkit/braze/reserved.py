"""The profile fields that Braze reserves, and what kind of value each takes.

Only the lower-case names are reserved: `First_name` is a custom attribute. What a value must look
like is enforced in `b2bkit.profiles`.

Source: Braze, User attributes object (2026, Portuguese text).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "boolean", "date", "day", "choice", "country", "language", "time zone", "email",
    "location", "push tokens", "subscription groups", "social profile", "identifier",
]  # fmt: skip

SUBSCRIPTION_STATES = ("opted_in", "subscribed", "unsubscribed")
"""States of `email_subscribe` and `push_subscribe`."""

GROUP_STATES = ("subscribed", "unsubscribed")
"""States of a subscription group."""

GENDERS = ("M", "F", "O", "N", "P")
"""Values of `gender`: male, female, other, not applicable, prefer not to say."""


@dataclass(frozen=True, slots=True)
class ReservedField:
    """Describe a profile field of Braze's own.

    Args:
        name: Its name in the API.
        kind: What its value must be.
        choices: The values it may have, where they are a fixed few.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()


_FIELDS = (
    ReservedField("alias_label", "identifier"),
    ReservedField("alias_name", "identifier"),
    ReservedField("braze_id", "identifier"),
    ReservedField("country", "country"),
    ReservedField("current_location", "location"),
    ReservedField("date_of_first_session", "date"),
    ReservedField("date_of_last_session", "date"),
    ReservedField("dob", "day"),
    ReservedField("email", "email"),
    ReservedField("email_click_tracking_disabled", "boolean"),
    ReservedField("email_open_tracking_disabled", "boolean"),
    ReservedField("email_subscribe", "choice", SUBSCRIPTION_STATES),
    ReservedField("external_id", "identifier"),
    ReservedField("facebook", "social profile"),
    ReservedField("first_name", "text"),
    ReservedField("gender", "choice", GENDERS),
    ReservedField("home_city", "text"),
    ReservedField("language", "language"),
    ReservedField("last_name", "text"),
    ReservedField("marked_email_as_spam_at", "date"),
    ReservedField("phone", "text"),
    ReservedField("push_subscribe", "choice", SUBSCRIPTION_STATES),
    ReservedField("push_tokens", "push tokens"),
    ReservedField("subscription_groups", "subscription groups"),
    ReservedField("time_zone", "time zone"),
    ReservedField("twitter", "social profile"),
)

RESERVED_FIELDS = {field.name: field for field in _FIELDS}
"""API name -> the field."""

CONTROL_KEYS = frozenset(
    {
        "_merge_objects",
        "_update_existing_only",
        "app_id",
        "braze_id",
        "external_id",
        "push_token_import",
        "user_alias",
    }
)
"""Keys of an attributes object that name the user or steer the request, and set nothing."""

EVENT_PROPERTY_KEYS = frozenset({"time", "event_name"})
"""Keys that an event's `properties` may not have. Source: Braze, Event object (2026-09-02)."""

SOCIAL_KEYS = {
    "facebook": frozenset({"id", "likes", "num_friends"}),
    "twitter": frozenset(
        {"id", "screen_name", "followers_count", "friends_count", "statuses_count"}
    ),
}
"""Keys of the social profiles."""

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 - a table of codes reads better as text
)
"""ISO 3166-1 alpha-2 codes."""

LANGUAGES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 - a table of codes reads better as text
)
"""ISO 639-1 codes."""
