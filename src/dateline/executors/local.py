"""Map a function over items in this process or in a pool of processes on this machine.

Processes are spawned, not forked: a fork copies the locks of threads that do not exist in the
child (the parser's numeric libraries and a progress display both run threads), and behaves
otherwise on each system. A spawned worker makes its own function, and so loads its model, once;
workers do so side by side, so the wait is that of one load.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failure(Generic[T]):
    """An item whose function raised, or whose process died: the item, why in one line, and the
    name of the exception."""

    item: T
    reason: str
    kind: str


def map_unordered(
    make: Callable[[], Callable[[T], R]],
    items: Iterable[T],
    *,
    workers: int = 1,
    in_flight: int = 4,
) -> Iterator[tuple[int, R | Failure[T]]]:
    """Yield (number of the item, result) as results come; each item gives exactly one.

    ``make`` makes the function, once in each worker (here, when there is one worker); it must be
    picklable, like items and results. No more than ``workers * in_flight`` items are taken from
    ``items`` ahead of their results. An item on which a process dies is tried once more alone, so
    that its neighbours are not lost with it; then it is a Failure. So is one whose function raises.
    """
    if workers <= 1:
        function = make()
        for number, item in enumerate(items):
            yield number, _guarded(function, item)
        return
    pending: dict[Future[R], tuple[int, T]] = {}
    source = enumerate(items)
    others = set(multiprocessing.active_children())
    pool = _pool(make, workers)
    finished = False
    try:
        while True:
            alone: list[tuple[int, T]] = []
            for number, item in source:
                try:
                    pending[pool.submit(_in_worker, item)] = (number, item)
                except BrokenProcessPool:
                    alone.append((number, item))
                    break
                if len(pending) >= workers * in_flight:
                    break
            if not pending and not alone:
                finished = True
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            if alone or any(isinstance(f.exception(), BrokenProcessPool) for f in done):
                alone = sorted([*pending.values(), *alone], key=lambda each: each[0])
                pending.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                for number, item in alone:
                    yield number, _alone(make, item)
                pool = _pool(make, workers)
                continue
            for future in done:
                number, item = pending.pop(future)
                yield number, _result(future, item)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if not finished:
            # Nobody waits for the rest: what is running must not hold up the end of the program.
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()


def in_order(results: Iterable[tuple[int, R]]) -> Iterator[R]:
    """Results of :func:`map_unordered` in the order of their items."""
    early: dict[int, R] = {}
    following = 0
    for number, result in results:
        early[number] = result
        while following in early:
            yield early.pop(following)
            following += 1


def _guarded(function: Callable[[T], R], item: T) -> R | Failure[T]:
    try:
        return function(item)
    except Exception as error:  # whatever an item does to the code costs that item alone
        return _failure(item, error)


def _failure(item: T, error: BaseException) -> Failure[T]:
    kind = type(error).__name__
    return Failure(item, " ".join(f"{kind}: {error}".split()), kind)


def _result(future: Future[Any], item: T) -> Any:
    error = future.exception()
    return future.result() if error is None else _failure(item, error)


def _alone(make: Callable[[], Callable[[T], R]], item: T) -> R | Failure[T]:
    """The result of one item in a process of its own."""
    with _pool(make, 1) as pool:
        future: Future[R] = pool.submit(_in_worker, item)
        if isinstance(future.exception(), BrokenProcessPool):
            why = "the process that worked on it died (out of memory?)"
            return Failure(item, why, BrokenProcessPool.__name__)
        result: R | Failure[T] = _result(future, item)
        return result


def _pool(make: Callable[[], Any], workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=_start, initargs=(make,))


_made: Callable[[Any], Any] | None = None
_fault: Exception | None = None


def _start(make: Callable[[], Callable[[Any], Any]]) -> None:
    """Make the worker's function. A key that interrupts is for the parent, which ends the pool."""
    global _made, _fault
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _made = make()
    except Exception as error:
        # An initializer that raises breaks the pool and loses the reason.
        _fault = error


def _in_worker(item: Any) -> Any:
    if _made is None:
        raise _fault or RuntimeError("the worker was not started")
    return _made(item)
