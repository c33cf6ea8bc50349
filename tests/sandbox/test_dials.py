"""The dials: processing delay, order, rate limits, faults, types, snapshots, seeds."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from b2bkit.sandbox import Fault, Sandbox, SandboxError

ADA = {"external_id": "ada"}


def visits(braze, user="ada"):
    return braze.sandbox.profile(user)["custom_attributes"]["visits"]["value"]


def read(braze):
    (user,) = braze.post("/users/export/ids", {"external_ids": ["ada"]}).json()["users"]
    return user["custom_attributes"]["visits"]


class TestProcessingDelay:
    def test_a_201_is_queued_until_its_time(self, serve, new_clock):
        clock = new_clock()
        braze = serve(processing_delay=500, clock=clock)
        assert braze.track({**ADA, "visits": 9}).status_code == 201
        assert visits(braze) == 3
        assert braze.sandbox.log[-1]["applied"] == 0
        assert braze.sandbox.next_due() == clock.now + timedelta(milliseconds=500)
        clock.advance(milliseconds=500)
        assert visits(braze) == 9
        assert braze.sandbox.log[-1]["applied"] == 1
        assert braze.sandbox.next_due() is None

    def test_read_plus_one_loses_a_count_and_inc_loses_none(self, serve, new_clock):
        clock = new_clock()
        braze = serve(processing_delay=100, clock=clock)
        for _ in range(2):
            braze.track({**ADA, "visits": read(braze) + 1})
        clock.advance(seconds=1)
        assert read(braze) == 4
        for _ in range(2):
            braze.track({**ADA, "visits": {"inc": 1}})
        clock.advance(seconds=1)
        assert read(braze) == 6

    def test_a_running_server_applies_by_itself(self, serve):
        braze = serve(processing_delay=1)
        told = []
        braze.sandbox.feed.listen(told.append)
        braze.track({**ADA, "visits": 9})
        for _ in range(1000):
            if told:
                break
            braze.get("/_sandbox/nothing")  # looks at no profile and applies nothing
        assert told[0].changes.after.custom_attributes == {"visits": 9}

    def test_reset_forgets_what_is_queued(self, serve, new_clock):
        clock = new_clock()
        braze = serve(processing_delay=100, clock=clock)
        braze.track({**ADA, "visits": 9})
        braze.sandbox.reset()
        clock.advance(seconds=1)
        assert braze.sandbox.profiles() == []

    @pytest.mark.parametrize("delay", [-1, float("nan"), 1e12])
    def test_a_delay_that_is_none_is_said(self, delay):
        with pytest.raises(SandboxError, match="delay"):
            Sandbox(processing_delay=delay)


class TestUnordered:
    def order(self, serve, new_clock, seed):
        clock = new_clock()
        braze = serve(processing_delay=100, unordered=seed, clock=clock)
        for number in range(8):
            braze.track({**ADA, "seen": {"add": [number]}})
            clock.advance(milliseconds=10)
        clock.advance(seconds=1)
        return braze.sandbox.profile("ada")["custom_attributes"]["seen"]["value"]

    def test_the_order_depends_on_the_seed_and_on_nothing_else(self, serve, new_clock):
        first, again, other = (self.order(serve, new_clock, seed) for seed in (1, 1, 2))
        assert first == again
        assert first != other
        assert sorted(first) == sorted(other) == [*range(8)]

    def test_without_it_the_order_is_kept(self, serve, new_clock):
        assert self.order(serve, new_clock, None) == [*range(8)]

    def test_without_a_delay_it_is_a_usage_error(self):
        with pytest.raises(SandboxError, match="processing delay"):
            Sandbox(unordered=1)


class TestRateLimits:
    def headers(self, answer):
        return {
            name: value for name, value in answer.headers.items() if name.startswith("x-ratelimit")
        }

    def test_in_epoch_seconds(self, serve, new_clock):
        braze = serve(rate_limit="2/3", clock=new_clock())
        end = str(int(datetime(2026, 11, 23, 12, 0, 3, tzinfo=UTC).timestamp()))
        answers = [braze.track(ADA) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        assert [self.headers(answer) for answer in answers] == [
            {
                "x-ratelimit-limit": "2",
                "x-ratelimit-remaining": left,
                "x-ratelimit-reset": end,
            }
            for left in ("1", "0", "0")
        ]
        assert answers[2].json() == {"message": "Rate limited"}

    def test_in_seconds_remaining(self, serve, new_clock):
        clock = new_clock()
        clock.advance(seconds=1)
        braze = serve(rate_limit="1/3", rate_dialect="seconds", clock=clock)
        first, second = braze.track(ADA), braze.track(ADA)
        assert self.headers(first) == {
            "x-ratelimit-limit": "1",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": "2",
        }
        assert self.headers(second) == {"x-ratelimit-retry-after": "2"}

    def test_the_next_window_begins_anew(self, serve, new_clock):
        clock = new_clock()
        braze = serve(rate_limit="1/3", clock=clock)
        braze.track(ADA)
        clock.advance(seconds=3)
        assert braze.track(ADA).status_code == 201

    def test_what_is_refused_is_not_applied(self, serve, new_clock):
        braze = serve(rate_limit="1/3", clock=new_clock())
        for _ in range(3):
            braze.track({**ADA, "visits": {"inc": 1}})
        assert visits(braze) == 4

    def test_other_endpoints_have_their_own_limit(self, serve, new_clock):
        braze = serve(rate_limit="1/3", clock=new_clock())
        answer = braze.post("/users/export/ids", {"external_ids": ["ada"]})
        assert answer.headers["x-ratelimit-limit"] == "250"

    def test_endpoints_of_a_pool_share_one(self, serve, new_clock):
        braze = serve(rate_limit="1/3", clock=new_clock())
        left = [
            braze.post(path, {}).headers["x-ratelimit-remaining"]
            for path in ("/users/identify", "/users/merge")
        ]
        assert left == ["19999", "19998"]

    def test_hourly_windows_end_on_the_clock_hour(self, serve, new_clock):
        clock = new_clock(datetime(2026, 11, 23, 12, 59, 50, tzinfo=UTC))
        braze = serve(rate_limit="1/3", rate_dialect="seconds", clock=clock)
        answer = braze.post("/email/status", {})
        assert answer.headers["x-ratelimit-reset"] == "10"

    def test_without_the_dial_there_are_no_headers(self, braze):
        assert self.headers(braze.track(ADA)) == {}

    @pytest.mark.parametrize(
        "options",
        [
            {"rate_limit": "3000"},
            {"rate_limit": "0/3"},
            {"rate_limit": "3/0"},
            {"rate_limit": "-1/3"},
            {"rate_limit": "1/3", "rate_dialect": "minutes"},
        ],
    )
    def test_a_limit_that_is_none_is_said(self, options):
        with pytest.raises(SandboxError):
            Sandbox(**options)


class TestFaults:
    def count(self, braze):
        return braze.track({**ADA, "visits": {"inc": 1}})

    def test_every_nth_request_fails_without_being_applied(self, braze):
        braze.sandbox.set_faults([{"path": "/users/track", "every": 3, "status": 500}])
        answers = [self.count(braze).status_code for _ in range(6)]
        assert answers == [201, 201, 500, 201, 201, 500]
        assert visits(braze) == 3 + 4

    def test_apply_lets_a_failing_request_be_applied(self, braze):
        braze.sandbox.set_faults([Fault(status=503, apply=True)])
        answer = self.count(braze)
        assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})
        assert visits(braze) == 4

    @pytest.mark.parametrize("status", [204, 205, 304])
    @pytest.mark.parametrize("more", [{}, {"body": "not-json"}, {"apply": True}], ids=str)
    def test_a_status_that_has_no_body_comes_without_one(self, braze, status, more):
        braze.sandbox.set_faults([{"status": status, **more}])
        for _ in range(2):  # the second time on the same connection, which must still be sound
            answer = self.count(braze)
            assert (answer.status_code, answer.content) == (status, b"")

    def test_the_first_n_requests_fail(self, braze):
        braze.sandbox.set_faults([{"first": 2, "status": 429}])
        assert [self.count(braze).status_code for _ in range(3)] == [429, 429, 201]

    def test_other_paths_are_spared(self, braze):
        braze.sandbox.set_faults([{"path": "/users/merge", "status": 500}])
        assert self.count(braze).status_code == 201

    def test_a_probability_hits_the_same_requests_each_time(self, braze):
        runs = []
        for _ in range(2):
            braze.sandbox.set_faults([{"probability": 0.5, "status": 500}])
            runs.append([self.count(braze).status_code for _ in range(20)])
        assert runs[0] == runs[1]
        assert set(runs[0]) == {201, 500}

    @pytest.mark.parametrize(("drop", "counted"), [("before", 3), ("after", 4)])
    def test_the_line_dies(self, braze, drop, counted):
        braze.sandbox.set_faults([{"first": 1, "drop": drop}])
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):  # closed, or reset
            self.count(braze)
        assert visits(braze) == counted
        assert self.count(braze).status_code == 201

    def test_the_line_dies_without_a_server_too(self):
        import asyncio

        sandbox = Sandbox()
        sandbox.set_faults([{"drop": "before"}])

        async def ask():
            transport = httpx.ASGITransport(sandbox.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
                await client.post("/users/track", json={})

        with pytest.raises(ConnectionError):
            asyncio.run(ask())

    def test_a_body_is_cut_in_the_middle(self, braze):
        braze.sandbox.set_faults([{"first": 1, "body": "truncated"}])
        with pytest.raises(httpx.RemoteProtocolError):
            self.count(braze)
        assert visits(braze) == 4
        assert self.count(braze).status_code == 201

    def test_a_body_is_no_json(self, braze):
        braze.sandbox.set_faults([{"body": "not-json"}])
        answer = self.count(braze)
        assert answer.status_code == 201
        assert answer.headers["content-type"].startswith("text/html")
        with pytest.raises(json.JSONDecodeError):
            answer.json()

    def test_an_answer_takes_longer(self, braze):
        braze.sandbox.set_faults([{"delay_ms": 30}])
        assert self.count(braze).elapsed >= timedelta(milliseconds=30)

    def test_they_are_dialled_over_http(self, braze):
        body = [{"path": "/users/track", "every": 1, "status": 502}]
        assert braze.http.put("/_sandbox/faults", json=body).status_code == 200
        assert self.count(braze).status_code == 502
        assert braze.http.put("/_sandbox/faults", json=[]).status_code == 200
        assert self.count(braze).status_code == 201

    def test_what_is_no_fault_cannot_be_made_in_python_either(self):
        with pytest.raises(SandboxError, match="0 cannot be the 'every' of a fault"):
            Fault(every=0)
        with pytest.raises(SandboxError, match="at most one of every, probability, first"):
            Fault(every=2, first=1)

    @pytest.mark.parametrize(
        "faults",
        [
            {},
            "x",
            ["x"],
            [{"evry": 1}],
            [{"every": 0}],
            [{"every": 1.5}],
            [{"every": True}],
            [{"probability": 2}],
            [{"first": -1}],
            [{"status": 99}],
            [{"status": "500"}],
            [{"apply": 1}],
            [{"delay_ms": -1}],
            [{"drop": "during"}],
            [{"body": "empty"}],
            [{"path": 5}],
            [{"every": 2, "first": 1}],
        ],
    )
    def test_what_is_no_fault_is_refused_and_changes_nothing(self, braze, faults):
        braze.sandbox.set_faults([{"status": 500}])
        answer = braze.http.put("/_sandbox/faults", json=faults)
        assert answer.status_code == 400
        assert answer.json()["message"]
        assert self.count(braze).status_code == 500

    def test_reset_ends_them(self, braze):
        braze.sandbox.set_faults([{"status": 500}])
        braze.sandbox.reset()
        assert self.count(braze).status_code == 201

    def test_the_log_tells_of_them(self, braze):
        braze.sandbox.set_faults([{"first": 1, "status": 500}, {"first": 2, "drop": "before"}])
        self.count(braze)
        with pytest.raises(httpx.RemoteProtocolError):
            self.count(braze)
        assert [(entry["status"], entry["note"]) for entry in braze.sandbox.log] == [
            (500, "fault: status 500"),
            (0, "fault: cut before it was applied"),
        ]


class TestForcedTypes:
    def test_values_are_coerced_or_ignored(self, serve):
        braze = serve()
        body = {"score": "number"}
        assert braze.http.put("/_sandbox/types", json=body).status_code == 200
        braze.track({**ADA, "score": "5"})
        braze.track({**ADA, "score": "many"})
        score = braze.sandbox.profile("ada")["custom_attributes"]["score"]
        assert score == {"type": "number", "value": 5}

    def test_reset_keeps_them(self, serve):
        braze = serve()
        braze.sandbox.force_types({"score": "number"})
        braze.sandbox.reset()
        braze.track({**ADA, "score": "5"})
        assert braze.sandbox.profile("ada")["custom_attributes"]["score"]["value"] == 5

    def test_a_type_that_is_none_is_refused(self, braze):
        assert braze.http.put("/_sandbox/types", json={"score": "integer"}).status_code == 400
        assert braze.http.put("/_sandbox/types", json=["score"]).status_code == 400


class TestSnapshots:
    def test_a_state_comes_back(self, braze):
        braze.track(
            {**ADA, "obj": {"a": [1]}},
            events=[{**ADA, "name": "viewed", "time": "2026-01-01"}],
            purchases=[
                {**ADA, "product_id": "p", "currency": "USD", "price": 1, "time": "2026-01-01"}
            ],
        )
        before, snapshot = braze.sandbox.profiles(), braze.sandbox.snapshot()
        braze.track({**ADA, "visits": 99, "obj": None}, {"external_id": "bob"})
        braze.sandbox.restore(json.loads(json.dumps(snapshot)))
        assert braze.sandbox.profiles() == before
        braze.track({**ADA, "visits": "text"})
        assert visits(braze) == 3

    def test_over_http(self, braze):
        snapshot = braze.get("/_sandbox/snapshot").json()
        braze.track({**ADA, "visits": 99})
        assert braze.http.put("/_sandbox/snapshot", json=snapshot).status_code == 200
        assert visits(braze) == 3

    @pytest.mark.parametrize(
        "snapshot", [[], {}, "x", {"profiles": [{}], "types": {}, "forced": []}]
    )
    def test_what_is_none_is_refused_and_changes_nothing(self, braze, snapshot):
        assert braze.http.put("/_sandbox/snapshot", json=snapshot).status_code == 400
        assert visits(braze) == 3


class TestSeeds:
    def test_a_folder_of_json_and_csv(self, tmp_path):
        (tmp_path / "a.json").write_text('{"users": [{"external_id": "ada", "first_name": "Ada"}]}')
        (tmp_path / "b.csv").write_text(
            "external_id,first_name,points,ratio,vip,tags,zip,blank\n"
            '007,O\'Neil,5,1.10,true,"[""a""]",01234,\n'
        )
        (tmp_path / "notes.txt").write_text("not for you")
        braze = Sandbox(seed=tmp_path)
        assert [profile["external_id"] for profile in braze.profiles()] == ["ada", "007"]
        bond = braze.profile("007")
        assert bond["attributes"] == {"first_name": "O'Neil"}
        assert {name: each["value"] for name, each in bond["custom_attributes"].items()} == {
            "points": 5,
            "ratio": "1.10",
            "vip": True,
            "tags": ["a"],
            "zip": "01234",
        }

    def test_a_column_of_a_csv_has_one_type(self, tmp_path):
        (tmp_path / "users.csv").write_text(
            "external_id,zip,points,tags\na,01234,1,x\nb,98765,,\nc,,2.5,[1]\n"
        )
        braze = Sandbox(seed=tmp_path)
        read = [
            {name: each["value"] for name, each in profile["custom_attributes"].items()}
            for profile in braze.profiles()
        ]
        assert read == [
            {"zip": "01234", "points": 1, "tags": "x"},
            {"zip": "98765"},
            {"points": 2.5, "tags": "[1]"},
        ]

    def test_users_can_be_put_over_http(self, braze):
        users = {"users": [{"external_id": "bob", "custom_attributes": {"x": 1}}]}
        assert braze.http.put("/_sandbox/users", json=users).status_code == 200
        assert braze.sandbox.profile("bob")["custom_attributes"]["x"]["value"] == 1
        assert braze.http.put("/_sandbox/users", json=[]).status_code == 400
        assert braze.http.put("/_sandbox/users", content="{").status_code == 400
