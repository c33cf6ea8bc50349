"""The rules by which users get into campaigns and Canvases."""

from b2bkit.braze import sources
from b2bkit.messaging.rules.rows import kept

STARTING = (
    kept(
        "start-order",
        "Order of several campaigns on one event",
        "that of their declaration",
        None,
        "test_starting.py::test_two_campaigns_on_one_event_start_in_the_order_of_declaration",
    ),
    kept(
        "start-audience",
        "When the audience is looked at",
        "when the user is triggered, after the attributes of the same request",
        sources.ACTION_BASED_DELIVERY,
        "test_starting.py::test_attributes_of_the_same_request_are_there_when_the_audience_is_"
        "looked_at",
    ),
    kept(
        "start-audience-filters",
        "How filters compare",
        "by the operators of the dashboard; less than, and exactly 0, let users without a value in",
        sources.CUSTOM_ATTRIBUTES,
        "../campaigns/test_comparisons.py::test_comparison",
    ),
    kept(
        "start-attribute-change",
        "What counts as a change of an attribute",
        "a new value of a custom attribute; not the same again, not null, no arrays, no objects",
        sources.ATTRIBUTE_TRIGGERS,
        "test_starting.py::test_a_change_of_an_attribute",
        "Arrays are documented; that objects start nothing is our choice.",
    ),
    kept(
        "start-purchase-quantity",
        "How often a purchase of several starts a campaign",
        "once",
        None,
        "test_starting.py::test_a_purchase_starts_with_its_price_as_a_property",
        "Braze stores a quantity of 3 as three purchases; what that starts is not documented.",
    ),
    kept(
        "start-in-app",
        "In-app messages and events of the REST API",
        "are not started by them, only by the app",
        sources.ACTION_BASED_DELIVERY,
        "test_starting.py::test_an_in_app_message_starts_from_the_app_only",
    ),
    kept(
        "reeligible-default",
        "Receiving a campaign again",
        "never, unless re-eligibility is on; then after the wait, 720 days at most",
        sources.REELIGIBILITY,
        "test_starting.py::test_reeligibility_of_a_campaign_counts_from_receipt",
    ),
    kept(
        "reeligible-campaign",
        "What re-eligibility of a campaign counts from",
        "the receipt: who did not receive it may trigger it again",
        sources.REELIGIBILITY,
        "test_starting.py::test_who_did_not_receive_a_campaign_may_try_again",
        "Documented with re-eligibility on; that it holds with it off is our reading.",
    ),
    kept(
        "reeligible-canvas",
        "What re-eligibility of a Canvas counts from",
        "the entry, whether or not a message was received",
        sources.REELIGIBILITY,
        "test_starting.py::test_reeligibility_of_a_canvas_counts_from_entry_even_if_nothing_was_"
        "received",
    ),
    kept(
        "reeligible-day",
        "How long a day is",
        "86,400 seconds",
        sources.REELIGIBILITY,
        "test_starting.py::test_reeligibility_of_a_campaign_counts_from_receipt",
    ),
    kept(
        "start-delay",
        "A trigger while the same campaign is on its way to the user",
        "starts nothing; with re-eligibility on it is sent, if the wait has passed by then",
        None,
        "test_starting.py::test_each_trigger_of_a_reeligible_campaign_is_sent_after_its_own_delay",
    ),
    kept(
        "start-exception",
        "An exception event during the delay",
        "calls the campaign off; the user may trigger it again",
        sources.ACTION_BASED_DELIVERY,
        "test_starting.py::test_an_exception_event_calls_a_delayed_campaign_off",
    ),
    kept(
        "start-schedule",
        "Scheduled campaigns and Canvases",
        "start for everybody in the audience at that moment, in UTC, in order of creation",
        sources.SCHEDULED_DELIVERY,
        "test_starting.py::test_a_schedule_once_and_again",
        "In Braze the company's time zone counts. The order of users is not documented.",
    ),
    kept(
        "start-api",
        "API triggers",
        "start the API-triggered campaign or Canvas of that id for recipients in its audience",
        sources.CANVAS_TRIGGER_SEND,
        "test_article.py::test_trigger_a_second_canvas_from_the_first",
        "A name stands for an id as well. An id of none is said in the timeline.",
    ),
    kept(
        "conversion",
        "Conversions",
        "once per message or entry, within the deadline: 3 days if not given, 30 at most",
        sources.CONVERSION_EVENTS,
        "test_canvas.py::test_a_conversion_of_a_canvas_counts_from_entry",
    ),
    kept(
        "loop-guard",
        "Chains that feed themselves",
        "stopped after 25 campaigns and Canvases in a row, or 100 of one user in one chain",
        None,
        "test_loops.py::test_two_campaigns_that_start_each_other_are_stopped_and_the_loop_is_named",
        "Braze documents no such guard: there a loop may go on.",
    ),
)
"""Who gets in, and when."""
