"""The rules of steps, and of what Braze shows afterwards."""

from b2bkit.braze import sources
from b2bkit.messaging.rules.rows import kept

STEPS = (
    kept(
        "step-advance",
        "When a user goes on after a message or webhook",
        "at once: sent, aborted, refused, or waiting for a retry",
        sources.MESSAGE_STEP,
        "test_sending.py::test_a_user_goes_on_while_a_webhook_waits_for_its_retry",
        "Documented for sent and aborted; for a failed webhook it is our choice.",
    ),
    kept(
        "step-delay",
        "How long a delay is",
        "from the moment the user reaches it; a day is 24 hours",
        sources.DELAY_STEP,
        "test_canvas.py::test_a_delay_counts_from_the_moment_the_user_reaches_it",
    ),
    kept(
        "step-last-delay",
        "A delay without a step after it",
        "holds nobody",
        sources.DELAY_STEP,
        "test_canvas.py::test_a_delay_at_the_end_holds_nobody",
    ),
    kept(
        "step-decision",
        "When a decision is taken",
        "when the user reaches it, with the values of that moment",
        sources.DECISION_SPLIT,
        "test_canvas.py::test_a_decision_looks_at_the_user_when_they_reach_it",
    ),
    kept(
        "step-user-update",
        "User Update",
        "no key, no rate limit; the user goes on when it is done",
        sources.USER_UPDATE,
        "test_canvas.py::test_a_user_update_is_done_before_the_next_step_needs_no_key_and_names_"
        "no_user",
    ),
    kept(
        "step-user-update-fails",
        "A User Update that is aborted or not JSON",
        "changes nothing, and the user goes on",
        None,
        "test_canvas.py::test_a_user_update_that_is_none_lets_the_user_go_on",
    ),
    kept(
        "step-context",
        "Context variables",
        "set in order, each entry its own; a value of the wrong type or none is not taken",
        sources.CONTEXT_STEP,
        "test_canvas.py::test_a_variable_of_the_wrong_type_is_not_updated_and_the_user_goes_on",
    ),
    kept(
        "scope-campaign",
        "event_properties in a campaign",
        "those of the trigger event",
        sources.CANVAS_CONTEXT,
        "test_canvas.py::test_a_campaign_reads_the_properties_of_its_trigger_event",
    ),
    kept(
        "scope-canvas",
        "event_properties in a Canvas",
        "blank, with a warning; context and canvas_entry_properties hold the trigger's properties",
        sources.CANVAS_CONTEXT,
        "test_canvas.py::test_what_a_canvas_step_reads_by_editor",
        "They are readable after an Action Paths step, which is not emulated.",
    ),
    kept(
        "scope-original",
        "event_properties in the original editor, for which the article of 2022 was written",
        "readable in the first step; no context, entry properties in the first step only",
        sources.CANVAS_CONTEXT,
        "test_article.py::test_keep_an_event_property_for_a_later_canvas_step",
        'Canvas(editor="original"). Braze makes no new Canvases of this kind.',
    ),
    kept(
        "scope-profile",
        "Which values of the profile a step reads",
        "those of the moment when it is reached",
        None,
        "test_starting.py::test_values_of_the_profile_are_those_of_the_moment",
    ),
)
"""What steps do."""

LOG = (
    kept(
        "activity-kept",
        "How far the Message Activity Log reaches back",
        "60 hours",
        sources.ACTIVITY_LOG,
        "test_activity.py::test_it_reaches_60_hours_back",
    ),
    kept(
        "activity-sample",
        "How much of it is kept",
        "20 of one type per campaign or step and clock hour, webhooks and aborts each",
        sources.ACTIVITY_LOG,
        "test_activity.py::test_it_is_a_sample",
    ),
    kept(
        "activity-failures",
        "Which attempts are in it",
        "every one that failed; no successes",
        sources.WEBHOOK_TROUBLESHOOTING,
        "test_activity.py::test_every_failed_attempt_is_an_entry",
        "At least one entry per failure is documented. Wording of messages and details is ours.",
    ),
)
"""What Braze shows of it."""
