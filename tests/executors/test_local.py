"""The process pool: every item gives one result, whatever happens to its process."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.executors.local import Failure, in_order, map_unordered
from odd_jobs import make, make_nothing


def test_one_worker_is_this_process() -> None:
    results = list(map_unordered(make, range(5)))
    assert results[:3] == [(0, 0), (1, 1), (2, 4)]
    assert results[3] == (3, Failure(3, "ValueError: not three", "ValueError"))


def test_a_process_that_dies_takes_only_its_item_with_it() -> None:
    results = list(in_order(map_unordered(make, range(9), workers=2, in_flight=2)))
    assert [r for r in results if not isinstance(r, Failure)] == [0, 1, 4, 16, 36, 49, 64]
    died = results[5]
    assert isinstance(died, Failure)
    assert died.item == 5
    assert "died" in died.reason
    assert isinstance(results[3], Failure)


def test_a_worker_that_cannot_be_made_says_why() -> None:
    results = [r for _, r in map_unordered(make_nothing, range(3), workers=2)]
    assert [r.reason for r in results if isinstance(r, Failure)] == ["OSError: no model here"] * 3


def test_items_are_taken_no_faster_than_they_are_done() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in (0, 1, 2, 4, 6, 7, 8, 9, 10, 11):
            taken.append(item)
            yield item

    done = 0
    for _ in map_unordered(make, items(), workers=2, in_flight=2):
        assert len(taken) <= done + 4 + 2
        done += 1
    assert done == 10


def test_in_order_gives_each_as_soon_as_it_may() -> None:
    assert list(in_order([(1, "b"), (0, "a"), (2, "c")])) == ["a", "b", "c"]
