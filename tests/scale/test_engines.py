"""Workers: all tasks are done, none is taken too early, and those that die are told of."""

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from kg.scale.cluster import Cluster
from kg.scale.engine import Engine, Here, Lost
from kg.scale.processes import Processes

DEADLY = 5


def double(number: int) -> int:
    return 2 * number


def double_or_die(number: int) -> int:
    time.sleep(0.05)
    if number == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def divide(number: int) -> float:
    return 1 / number


def take(megabytes: int) -> int:
    try:
        return len(bytearray(megabytes * 1_000_000)) // 1_000_000
    except MemoryError:
        return -1


@pytest.fixture(scope="module", params=["here", "processes", "ray"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made: Engine
    if request.param == "ray":
        pytest.importorskip("ray")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # where workers find this module
            made = Cluster(workers=2, memory=1500)
    else:
        made = Here() if request.param == "here" else Processes(2, memory=1500)
    yield made
    made.close()


def test_every_task_has_its_result(engine: Engine) -> None:
    assert sorted(engine.map(double, range(20))) == [(number, 2 * number) for number in range(20)]
    assert list(engine.map(double, [])) == []


def test_no_more_tasks_are_taken_than_keep_all_at_work(engine: Engine) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(30):
            taken.append(number)
            yield number

    for done, _ in enumerate(engine.map(double, tasks()), 1):
        assert len(taken) <= done + 2 * engine.workers


def test_an_error_is_raised(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        list(engine.map(divide, [1, 0, 2]))


def test_a_task_whose_worker_dies_is_lost_and_others_can_be_done(engine: Engine) -> None:
    if isinstance(engine, Here):
        pytest.skip("this process is the worker")
    results = dict(engine.map(double_or_die, range(10)))
    lost = {task for task, result in results.items() if isinstance(result, Lost)}
    assert DEADLY in lost
    assert len(results) == 10
    assert lost == {DEADLY} or isinstance(engine, Processes)
    assert sorted(engine.map(double, sorted(lost))) == [(task, 2 * task) for task in sorted(lost)]


def test_a_worker_takes_no_more_memory_than_it_may(engine: Engine) -> None:
    if isinstance(engine, Here):
        pytest.skip("this process has no limit")
    assert dict(engine.map(take, [10, 2000])) == {10: 10, 2000: -1}
