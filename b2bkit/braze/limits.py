"""How much and how long Braze takes: sizes, counts and lengths, each with the page that says so.

Rate limits belong to an endpoint and live in `b2bkit.braze.endpoints`. Braze does not say whether
its KB and MB count in thousands or in 1,024s; we take the smaller, so that what passes here passes
there.
"""

from __future__ import annotations

TRACK_OBJECTS = 75
"""Objects in one `/users/track` request, all three arrays together. Source: API_LIMITS."""

TRACK_OBJECTS_LEGACY = 75
"""Objects in each array of one `/users/track` request on legacy limits. Source: API_LIMITS."""

TRACK_BULK_OBJECTS = 1_000
"""Objects in one `/users/track/bulk` request, together. Source: USERS_TRACK_BULK."""

TRACK_BULK_OBJECTS_PER_PROFILE = 100
"""Objects of one profile in one `/users/track/bulk` request. Source: USERS_TRACK_BULK."""

TRACK_BULK_BYTES = 2_000_000
"""Size of a `/users/track/bulk` body; beyond it the answer is 400. Source: USERS_TRACK_BULK."""

BODY_BYTES = 4_000_000
"""Size of a request body; beyond it the answer is 413. Source: API_ERRORS."""

RECIPIENTS = 50
"""Recipients, external IDs, aliases, merges ... in one request of most other endpoints."""

EXTERNAL_ID_BYTES = 987
"""Length of an external ID in bytes of UTF-8. Source: USERS_TRACK."""

TEXT_CHARACTERS = 255
"""Length of a name, and of a text value: attributes, event properties. Source: USER_ATTRIBUTES."""

ARRAY_ELEMENTS = 500
"""Elements of an array attribute. Source: USER_ATTRIBUTES (older revisions said 25, up to 100)."""

NESTED_BYTES = 100_000
"""Size of an array, an object or an array of objects, as JSON. Source: NESTED_ATTRIBUTES."""

PROPERTIES_BYTES = 100_000
"""Size of the properties of one event, as JSON. Source: EVENT_OBJECT (older revisions: 50 KB)."""

PURCHASE_QUANTITY = 100
"""Quantity in one purchase object. Source: PURCHASE_OBJECT."""

CATALOG_ID_CHARACTERS = 250
"""Length of the id of a catalog item. Source: CATALOG_ITEMS."""

CATALOG_VALUE_CHARACTERS = 5_000
"""Length of a text in a catalog item. Source: CATALOG_ITEMS."""

NESTED_YEARS = range(3001)
"""Years of a `$time` that Braze stores inside an object. Source: NESTED_ATTRIBUTES."""

DEVICE_ID_BYTES = range(8, 256)
"""Length of a device id in bytes. Source: USERS_TRACK."""
