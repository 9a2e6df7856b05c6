"""Work in the background: results, progress, cancel and errors."""

import gc
import threading
import weakref

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdesk.errors import PlanError
from ui import log
from ui.statusbar import StatusBar
from ui.tasks import Task, Tasks


class Heard:
    """What the tasks told."""

    def __init__(self, qapp: QApplication) -> None:
        self.failed: list[str] = []
        self.mumbled: list[str] = []
        self.results: list[object] = []
        self.tasks = Tasks(qapp, self.failed.append, self.mumbled.append)


@pytest.fixture
def heard(qapp: QApplication) -> Heard:
    return Heard(qapp)


def test_a_result_comes_back_to_the_thread_that_asked(heard: Heard, qtbot: QtBot) -> None:
    threads = []

    def work(_: Task) -> int:
        threads.append(threading.current_thread())
        return 42

    def done(result: object) -> None:
        threads.append(threading.current_thread())
        heard.results.append(result)

    heard.tasks.run("Counting", work, done)
    qtbot.waitUntil(lambda: heard.results == [42])
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_a_task_that_is_over_is_let_go_with_all_that_it_worked_on(heard: Heard, qtbot: QtBot) -> None:
    class Much:
        """Stands for a snapshot of a plan."""

    much = Much()
    task = heard.tasks.run("Count", lambda _, much=much: heard.results.append(type(much)), lambda _: None)  # type: ignore[misc]
    held = [weakref.ref(much), weakref.ref(task)]
    with qtbot.waitSignal(task.ended):
        pass
    del much, task
    qtbot.waitUntil(lambda: (gc.collect(), [one() for one in held])[1] == [None, None])


@pytest.mark.parametrize("wrong", [None, PlanError("No."), RuntimeError()])
def test_that_a_task_has_ended_is_told_though_nobody_holds_it(wrong, heard: Heard, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    def work(_: Task) -> None:
        if wrong:
            raise wrong

    told: list[object] = []
    heard.tasks.run("Count", work, lambda _: None).ended.connect(lambda *_: told.append("ended"))
    qtbot.waitUntil(lambda: told == ["ended"])


def test_progress_is_told_while_it_works(heard: Heard, qtbot: QtBot) -> None:
    told = []
    go = threading.Event()

    def work(task: Task) -> None:
        go.wait(5)
        task.progress(3, 10, "page 3")

    task = heard.tasks.run("Printing", work, heard.results.append)
    task.progressed.connect(lambda *words: told.append(words))
    go.set()
    qtbot.waitUntil(lambda: heard.results == [None])
    assert told == [(3, 10, "page 3")]


def test_a_cancelled_task_stops_and_gives_nothing(heard: Heard, qtbot: QtBot) -> None:
    started, stopped = threading.Event(), threading.Event()

    def work(task: Task) -> str:
        try:
            while True:
                task.progress()
                started.set()
        finally:
            stopped.set()

    task = heard.tasks.run("For ever", work, heard.results.append)
    assert started.wait(5)
    with qtbot.waitSignal(task.ended):
        task.cancel()
    assert stopped.wait(5)
    qtbot.wait(10)
    assert (heard.results, heard.failed, task.running) == ([], [], False)


def test_a_plan_error_is_told_as_its_sentence(heard: Heard, qtbot: QtBot) -> None:
    def work(_: Task) -> None:
        raise PlanError("The disk is full; free some space.")

    heard.tasks.run("Exporting", work, heard.results.append)
    qtbot.waitUntil(lambda: heard.failed == ["The disk is full; free some space."])
    assert heard.results == []


def test_an_unforeseen_error_becomes_a_sentence_and_an_entry_in_the_log(heard: Heard, qtbot: QtBot) -> None:
    def work(_: Task) -> None:
        raise ZeroDivisionError("deep inside")

    heard.tasks.run("Printing “x”", work, heard.results.append)
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert heard.failed == [f"“Printing “x”” could not be finished; the details are in “{log.file()}”."]
    assert "deep inside" in log.file().read_text("utf-8")


def test_an_error_of_quiet_work_is_only_mumbled(heard: Heard, qtbot: QtBot) -> None:
    def work(_: Task) -> None:
        raise ZeroDivisionError

    heard.tasks.run("Checking", work, heard.results.append, quiet=True)
    qtbot.waitUntil(lambda: bool(heard.mumbled))
    assert heard.failed == []


def test_a_long_task_shows_its_progress_and_can_be_cancelled_in_the_status_bar(empty, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    bar = StatusBar(empty)
    qtbot.addWidget(bar)
    bar.show()

    def work(task: Task) -> None:
        while True:
            task.progress(1, 4, "page 1")

    task = empty.tasks.run("Printing", work, lambda _: None)
    qtbot.waitUntil(lambda: bar._work.isVisible(), timeout=3000)
    qtbot.waitUntil(lambda: bar._words.text() == "Printing — page 1")
    with qtbot.waitSignal(task.ended):
        bar._cancel()
    qtbot.waitUntil(lambda: not bar._work.isVisible())
