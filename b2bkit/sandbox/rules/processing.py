"""When what was accepted is applied, how much is let through, and what is kept."""

from b2bkit.braze import sources
from b2bkit.sandbox.rules.rows import kept

_DIALS = "sandbox/test_dials.py"

PROCESSING = (
    kept(
        "queue-delay",
        "A 201 means queued",
        "applied after the dialled delay; 0 by default",
        sources.USERS_TRACK,
        f"{_DIALS}::TestProcessingDelay",
        "Braze: 10 to 100 ms as a rule, no guarantee.",
    ),
    kept(
        "queue-order",
        "Order between requests",
        "that of arrival, or one that depends on a seed only",
        sources.USERS_TRACK,
        f"{_DIALS}::TestUnordered",
        "Braze promises none.",
    ),
    kept(
        "queue-order-inside",
        "Order inside a request",
        "attributes, then events, then purchases, each in the order of the array",
        sources.USERS_TRACK,
        "profiles/test_track.py::TestChecking",
        "Within one array the order is not documented.",
    ),
    kept(
        "rate-limit-headers",
        "Rate limit headers",
        "limit, remaining and reset, in epoch seconds or in seconds left; then a 429 has only "
        "X-Ratelimit-Retry-After",
        sources.API_LIMITS,
        f"{_DIALS}::TestRateLimits",
        "Off unless dialled.",
    ),
    kept(
        "rate-limit-windows",
        "Windows",
        "begin on multiples of their length, hourly ones on the clock hour; pools are shared",
        sources.API_LIMITS,
        f"{_DIALS}::TestRateLimits",
        "That shorter windows are aligned as well is ours.",
    ),
    kept(
        "rate-limit-exceeded",
        "A request over the limit",
        '429 {"message": "Rate limited"}, not applied',
        sources.INTEGRATORS,
        f"{_DIALS}::TestRateLimits",
    ),
    kept(
        "faults",
        "Errors, delays, lost connections, damaged bodies",
        "as dialled",
        None,
        f"{_DIALS}::TestFaults",
        "Braze documents which statuses there are, not how often they come.",
    ),
    kept(
        "log-dropped",
        "What is left out without a word in the answer",
        "is in the sandbox's own log, without personal values",
        None,
        "sandbox/test_sandbox.py::test_the_log_holds_no_personal_value",
    ),
    kept(
        "state-on-disk",
        "With a file, after the process was killed",
        "every request that was answered 201 is there",
        None,
        "sandbox/test_disk.py::test_after_a_kill_all_that_was_answered_is_there",
    ),
)
