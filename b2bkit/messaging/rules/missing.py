"""What a real Braze does besides, and the sandbox does not."""

from b2bkit.braze import sources
from b2bkit.messaging.rules.rows import left_out

NOT_EMULATED = (
    left_out(
        "channels",
        "Channels of messages",
        sources.MESSAGE_STEP,
        "Messages are rendered and written down. Reachability, subscription states, frequency "
        "capping, quiet hours, Intelligent Timing and rate limits of campaigns play no part.",
    ),
    left_out(
        "more-triggers",
        "Session start, e-mail added, subscription updates, locations, inbound messages",
        sources.ACTION_BASED_DELIVERY,
    ),
    left_out(
        "more-steps",
        "Action Paths, Audience Paths, Experiment Paths, Send to Destination, Audience Sync",
        sources.CANVAS_CONTEXT,
        "A chain of decisions stands for Audience Paths; a webhook for Send to Destination.",
    ),
    left_out(
        "exit-criteria",
        "Exit criteria of a Canvas, variants, control groups",
        sources.MESSAGE_STEP,
    ),
    left_out(
        "calendar",
        "Calendar days, local time, months, delays until a date",
        sources.DELAY_STEP,
        "Schedules and delays count in UTC and in fixed spans.",
    ),
    left_out(
        "send-time-audience",
        "Looking at the audience again when a delayed campaign is sent",
        sources.ACTION_BASED_DELIVERY,
    ),
    left_out(
        "context-datetimes",
        "Dates among the trigger's properties turned to UTC in context",
        sources.CONTEXT_STEP,
        "They stay the text that came.",
    ),
    left_out(
        "same-step-twice",
        "Leaving out a message when two entries of one user reach the same step",
        sources.MESSAGE_STEP,
        "An older revision of Create a Canvas says so; when exactly is not documented.",
    ),
    left_out(
        "merged-users",
        "What happens to journeys of users who are merged",
        None,
        "A journey ends when its profile is gone.",
    ),
    left_out(
        "messages-send-rendered",
        "Messages of /messages/send",
        None,
        "The REST side accepts them; nothing is rendered.",
    ),
    left_out(
        "alerts",
        "E-mail alert at 100,000 errors in 24 hours; Currents events",
        sources.WEBHOOK_TROUBLESHOOTING,
    ),
)
"""What a real Braze does besides."""
