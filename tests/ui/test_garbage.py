"""Garbage: who looks for it, and when."""

import gc
import threading

import pytest
from PySide6.QtWidgets import QWidget

from ui.garbage import EVERY, Collector
from ui.tasks import Tasks


@pytest.fixture
def collector(qtbot):
    """A collector that stands in for Python's own, as in the running program, with less to wait for."""
    collecting, bounds = gc.isenabled(), gc.get_threshold()
    gc.freeze()  # what the tests before left is not to be looked through again and again
    gc.set_threshold(100, 3, 3)
    made = Collector()
    yield made
    made.deleteLater()
    gc.set_threshold(*bounds)
    gc.unfreeze()
    if collecting:
        gc.enable()


class Ring:
    """Refers to itself, so only a look for garbage frees it; tells in which thread that was."""

    def __init__(self, freed):
        self.itself, self.widget, self.freed = self, None, freed

    def __del__(self):
        self.freed.append(threading.current_thread())


def test_a_task_that_makes_many_objects_frees_no_widget_of_the_window(qtbot, collector):
    freed = []
    ring = Ring(freed)
    ring.widget = QWidget()
    del ring
    done = []
    tasks = Tasks(None, pytest.fail, pytest.fail)
    tasks.run("Many rings", lambda task: [Ring([]) for _ in range(2_000)].clear(), done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=10 * EVERY)
    qtbot.waitUntil(lambda: bool(freed), timeout=5 * EVERY)
    assert freed == [threading.main_thread()]


def test_a_look_frees_what_has_gathered_and_leaves_a_little_of_it_alone(collector):
    freed = []
    gc.collect()
    Ring(freed)
    collector.look()
    assert freed == [], "one object is not worth a look"
    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]
    collector.look()
    assert len(freed) == 1
    assert len(kept) > 0


def test_old_garbage_is_found_after_as_many_looks_as_python_would_take(collector):
    freed = []
    gc.collect()
    ring = Ring(freed)
    gc.collect(1)
    del ring
    young, middle, old = gc.get_threshold()
    kept = []
    for _ in range((middle + 2) * (old + 2)):
        kept.append([[] for _ in range(young + 1)])
        collector.look()
    assert len(freed) == 1
