"""`/users/track/sync`, `/bulk` and `/status`."""

import pytest

EVENT = {"external_id": "ada", "name": "viewed", "time": "2026-01-01"}
PURCHASE = {
    "external_id": "ada", "product_id": "tea", "currency": "USD", "price": 2, "time": "2026-01-01",
}  # fmt: skip


class TestSync:
    def test_the_answer_shows_what_became_of_the_attributes(self, braze):
        body = {"attributes": [{"external_id": "ada", "visits": {"inc": 1}, "x": "y" * 256}]}
        answer = braze.post("/users/track/sync", body)
        assert answer.status_code == 201
        assert answer.json() == {
            "users": [{"external_id": "ada", "custom_attributes": {"visits": 4}}],
            "message": "success",
        }
        assert len(braze.sandbox.log[-1]["dropped"]) == 1

    def test_it_applies_at_once_whatever_the_delay(self, serve):
        braze = serve(processing_delay=60_000)
        braze.post("/users/track/sync", {"attributes": [{"external_id": "ada", "visits": 5}]})
        assert braze.sandbox.profile("ada")["custom_attributes"]["visits"]["value"] == 5

    def test_an_event_is_shown_with_its_count(self, braze):
        braze.track(events=[EVENT])
        answer = braze.post("/users/track/sync", {"events": [{**EVENT, "time": "2026-02-01"}]})
        assert answer.json()["users"] == [
            {
                "external_id": "ada",
                "custom_events": [
                    {
                        "name": "viewed",
                        "first": "2026-01-01T00:00:00.000Z",
                        "last": "2026-02-01T00:00:00.000Z",
                        "count": 2,
                    }
                ],
            }
        ]

    def test_a_purchase_is_shown_with_its_count(self, braze):
        answer = braze.post("/users/track/sync", {"purchases": [PURCHASE]})
        (user,) = answer.json()["users"]
        assert user["purchase_events"][0]["product_id"] == "tea"

    def test_an_unknown_user_who_is_not_created_is_not_shown(self, braze):
        body = {"attributes": [{"external_id": "bob", "_update_existing_only": True}]}
        answer = braze.post("/users/track/sync", body)
        assert (answer.status_code, answer.json()) == (201, {"users": [], "message": "success"})

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"attributes": []},
            {"attributes": [{"x": 1}]},
            {"attributes": [{"external_id": "ada"}] * 2},
            {"attributes": [{"external_id": "ada"}], "events": [EVENT]},
        ],
    )
    def test_one_object_and_no_more(self, braze, body):
        assert braze.post("/users/track/sync", body).status_code == 400


class TestBulk:
    def people(self, count, each=1):
        return [{"external_id": f"u{number}"} for number in range(count) for _ in range(each)]

    def test_a_thousand_objects_are_taken(self, braze):
        answer = braze.post("/users/track/bulk", {"attributes": self.people(1000)})
        assert answer.json() == {"message": "success", "attributes_processed": 1000}

    @pytest.mark.parametrize(
        ("count", "each", "status"), [(1001, 1, 400), (1, 100, 201), (1, 101, 400)]
    )
    def test_so_many_and_so_many_of_one_profile(self, braze, count, each, status):
        answer = braze.post("/users/track/bulk", {"attributes": self.people(count, each)})
        assert answer.status_code == status

    def test_more_than_2_mb_get_400(self, braze):
        body = {"attributes": [{"external_id": "ada", "x": "x" * 2_000_000}]}
        assert braze.post("/users/track/bulk", body).status_code == 400

    def test_permission_is_its_own(self, braze):
        body = {"attributes": self.people(1)}
        assert braze.post("/users/track/bulk", body, key="tracker").status_code == 403


class TestStatus:
    def status(self, braze, group_id):
        headers = {"Authorization": f"Bearer {braze.sandbox.key}"}
        return braze.http.get("/users/track/status", params={"group_id": group_id}, headers=headers)

    def test_a_group_counts_its_requests(self, braze):
        for _ in range(2):
            braze.track({"external_id": "ada"}, group_id="g")
        answer = self.status(braze, "g")
        assert answer.status_code == 200
        (result,) = answer.json()["results"]
        assert result.pop("final_completion_time").endswith("Z")
        assert result == {
            "group_id": "g",
            "status": "completed",
            "received": 2,
            "done": 2,
            "processing": 0,
        }

    def test_what_is_queued_is_processing(self, serve):
        braze = serve(processing_delay=60_000)
        braze.track({"external_id": "ada"}, group_id="g")
        assert self.status(braze, "g").json() == {
            "results": [
                {
                    "group_id": "g",
                    "status": "processing",
                    "received": 1,
                    "done": 0,
                    "processing": 1,
                    "final_completion_time": None,
                }
            ]
        }

    def test_an_unknown_group_has_no_result(self, braze):
        assert self.status(braze, "g").json() == {"results": []}

    def test_a_group_must_be_named(self, braze):
        assert self.status(braze, "").status_code == 400
