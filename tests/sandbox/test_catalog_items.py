"""Catalog items, several or one at a time."""

import pytest

from b2bkit.sandbox import Sandbox, SandboxError

TEA = {"id": "tea", "price": 2.5, "stock": 3}
MUG = {"id": "mug", "price": 8, "stock": 1}


@pytest.fixture
def shop(braze):
    braze.sandbox.put_catalog("shop", [TEA, MUG])
    return braze


def call(braze, method, path, *items, **options):
    if items:
        options["json"] = {"items": list(items)}
    headers = {"Authorization": f"Bearer {braze.sandbox.key}"}
    return braze.http.request(method, f"/catalogs/shop/items{path}", headers=headers, **options)


def items(braze):
    return {item["id"]: item for item in braze.sandbox.catalog("shop")}


class TestSeveral:
    @pytest.mark.parametrize(
        ("method", "item", "after"),
        [
            ("POST", {"id": "pot", "price": 20}, {"id": "pot", "price": 20}),
            ("PUT", {"id": "tea", "price": 3}, {"id": "tea", "price": 3}),
            ("PUT", {"id": "pot", "price": 20}, {"id": "pot", "price": 20}),
            ("PATCH", {"id": "tea", "price": 3}, {**TEA, "price": 3}),
            ("DELETE", {"id": "tea"}, None),
        ],
    )
    def test_items_are_queued_and_changed(self, shop, method, item, after):
        answer = call(shop, method, "", item)
        assert (answer.status_code, answer.json()) == (202, {"message": "success"})
        assert items(shop).get(item["id"]) == after

    @pytest.mark.parametrize(
        ("method", "item"), [("POST", TEA), ("PATCH", {"id": "pot"}), ("DELETE", {"id": "pot"})]
    )
    def test_what_does_nothing_is_in_the_log_only(self, shop, method, item):
        assert call(shop, method, "", item).status_code == 202
        assert items(shop) == {"tea": TEA, "mug": MUG}
        assert len(shop.sandbox.log[-1]["dropped"]) == 1

    @pytest.mark.parametrize(
        ("sent", "error"),
        [
            ([{"price": 1}], "items-missing-ids"),
            ([{"id": 5}], "ids-not-strings"),
            ([{"id": "x" * 251}], "ids-too-large"),
            ([{"id": "a b"}], "invalid-ids"),
            ([{"id": "a"}, {"id": "a"}], "ids-not-unique"),
            ([{"id": "a", "colour": "red"}], "invalid-fields"),
            ([{"id": "a", "price": "x" * 5001}], "items-too-large"),
            ([{"id": f"i{n}"} for n in range(51)], "request-includes-too-many-items"),
            (["tea"], "item-array-invalid"),
        ],
    )
    def test_an_unsound_item_refuses_the_request(self, shop, sent, error):
        answer = call(shop, "POST", "", *sent)
        assert answer.status_code == 400
        assert answer.json()["message"] == "Invalid Request"
        assert [each["id"] for each in answer.json()["errors"]] == [error]
        assert items(shop) == {"tea": TEA, "mug": MUG}

    def test_the_one_message_that_is_known_is_brazes(self, shop):
        answer = call(shop, "POST", "", {"id": "a", "colour": "red"})
        assert answer.json()["errors"][0] == {
            "id": "invalid-fields",
            "message": "Some of the fields given do not exist in the catalog",
            "parameters": [],
            "parameter_values": [],
        }

    def test_an_unknown_catalog_is_404(self, braze):
        answer = call(braze, "POST", "", TEA)
        assert answer.status_code == 404
        assert answer.json()["errors"][0]["id"] == "catalog-not-found"


class TestOne:
    def test_an_item_is_read(self, shop):
        answer = call(shop, "GET", "/tea")
        assert (answer.status_code, answer.json()) == (200, {"items": [TEA], "message": "success"})

    @pytest.mark.parametrize(
        ("method", "path", "item", "status", "after"),
        [
            (
                "POST",
                "/pot",
                {"price": 20, "stock": 1},
                201,
                {"id": "pot", "price": 20, "stock": 1},
            ),
            ("PUT", "/tea", {"price": 3}, 200, {"id": "tea", "price": 3}),
            ("PATCH", "/tea", {"price": 3}, 200, {**TEA, "price": 3}),
        ],
    )
    def test_an_item_is_changed_at_once(self, serve, method, path, item, status, after):
        shop = serve(processing_delay=60_000, seed={"catalogs": {"shop": [TEA, MUG]}})
        answer = call(shop, method, path, item)
        assert (answer.status_code, answer.json()) == (status, {"message": "success"})
        assert items(shop)[after["id"]] == after

    def test_an_item_is_deleted(self, shop):
        assert call(shop, "DELETE", "/tea").status_code == 202
        assert items(shop) == {"mug": MUG}

    @pytest.mark.parametrize(
        ("method", "path", "sent", "status", "error"),
        [
            ("GET", "/pot", [], 404, "item-not-found"),
            ("DELETE", "/pot", [], 404, "item-not-found"),
            ("PATCH", "/pot", [{"price": 1}], 404, "item-not-found"),
            ("POST", "/tea", [{"price": 1, "stock": 1}], 400, "item-already-exists"),
            ("POST", "/pot", [{"price": 1}], 400, "fields-do-not-match"),
            ("PUT", "/tea", [{"id": "tea", "price": 1}], 400, "id-in-body"),
            ("PUT", "/tea", [{"price": 1}, {"price": 2}], 400, "request-includes-too-many-items"),
            ("PUT", "/tea", [{"colour": "red"}], 400, "invalid-fields"),
            ("PUT", "/a.b", [{"price": 1}], 400, "invalid-ids"),
        ],
    )
    def test_what_cannot_be_done_is_refused(self, shop, method, path, sent, status, error):
        answer = call(shop, method, path, *sent)
        assert answer.status_code == status
        assert answer.json()["errors"][0]["id"] == error
        assert items(shop) == {"tea": TEA, "mug": MUG}


def test_catalogs_survive_a_snapshot_and_a_restart(serve, tmp_path):
    db = tmp_path / "sandbox.sqlite"
    shop = serve(db=db, seed={"catalogs": {"shop": [TEA]}})
    snapshot = shop.sandbox.snapshot()
    call(shop, "PATCH", "", {"id": "tea", "stock": 2})
    shop.sandbox.stop()
    again = serve(db=db, seed={"catalogs": {"shop": [TEA]}})
    assert items(again) == {"tea": {**TEA, "stock": 2}}
    again.sandbox.restore(snapshot)
    assert items(again) == {"tea": TEA}


@pytest.mark.parametrize(
    "catalogs", [[], {"shop": {}}, {"shop": ["tea"]}, {"shop": [{"price": 1}]}]
)
def test_what_is_no_catalog_is_said(catalogs):
    with pytest.raises(SandboxError):
        Sandbox(seed={"catalogs": catalogs})
