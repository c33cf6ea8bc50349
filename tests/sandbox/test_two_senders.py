"""Several senders at once lose nothing."""

import subprocess
import sys
import threading

SENDER = """
import http.client, json, sys
host, key, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
connection = http.client.HTTPConnection(host)
headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
body = {
    "attributes": [{"external_id": "ada", "visits": {"inc": 1}}] * 5,
    "events": [{"external_id": "ada", "name": "e", "time": "2026-01-01"}],
}
for _ in range(times):
    connection.request("POST", "/users/track", json.dumps(body), headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 201
"""


def test_two_processes_and_the_one_that_owns_the_sandbox(braze):
    address = braze.sandbox.url.removeprefix("http://")
    senders = [
        subprocess.Popen([sys.executable, "-c", SENDER, address, braze.sandbox.key, "100"])
        for _ in range(2)
    ]
    here = threading.Thread(
        target=lambda: [
            braze.sandbox.track({"attributes": [{"external_id": "ada", "visits": {"inc": 1}}]})
            for _ in range(100)
        ]
    )
    here.start()
    assert [sender.wait(60) for sender in senders] == [0, 0]
    here.join()
    ada = braze.sandbox.profile("ada")
    assert ada["custom_attributes"]["visits"]["value"] == 3 + 2 * 100 * 5 + 100
    assert len(ada["events"]) == 200
