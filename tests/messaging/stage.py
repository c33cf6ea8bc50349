"""Short words for what the tests of the messaging side share: webhooks, hosts, what happened."""

import httpx

from b2bkit.webhook import Webhook

TRACK = "https://rest.iad-06.braze.com/users/track"
HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer YOUR_API_KEY"}


def track(attributes="", events="", **more):
    """Make a webhook that writes attributes or events of the user, given as JSON with Liquid."""
    arrays = []
    if attributes:
        arrays.append(f'"attributes": [{{"external_id": "{{{{${{user_id}}}}}}", {attributes}}}]')
    if events:
        time = "\"time\": \"{{'now' | date: '%Y-%m-%dT%H:%M:%SZ'}}\""
        arrays.append(f'"events": [{{"external_id": "{{{{${{user_id}}}}}}", {time}, {events}}}]')
    return Webhook(**{"url": TRACK, "headers": HEADERS, "body": f"{{{', '.join(arrays)}}}", **more})


class Host:
    """Stand in for the network: answer with the statuses given, the last one again and again."""

    def __init__(self, *statuses, headers=None, body=""):
        self.statuses = list(statuses)
        self.headers = headers or {}
        self.body = body
        self.requests = []
        self.transport = httpx.MockTransport(self._answer)

    def _answer(self, request):
        self.requests.append(request)
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if isinstance(status, Exception):
            raise status
        return httpx.Response(status, headers=self.headers, text=self.body)


def told(flows, *what, user=None):
    """Give what happened in short: `what: detail (status)`, of some kinds if asked."""
    return [
        f"{r.what}: {r.detail}" + (f" ({r.status})" if r.status else "")
        for r in flows.records
        if (not what or r.what in what) and user in {None, r.user}
    ]


def value(braze, attribute, user="ada"):
    """Give a custom attribute of a user, as the sandbox shows it."""
    found = braze.profile(user)["custom_attributes"].get(attribute)
    return found and found["value"]
