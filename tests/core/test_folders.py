"""The user's folders: settings that survive anything, a folder for each plan, and the name that steps carry."""

import getpass
import os
from pathlib import Path

import pytest
from hypothesis import given

from dmdesk import folders
from tests.core import rows


def test_settings_are_kept(user_home):
    folders.save_settings({"name": "Željko", "columns": [1, 2]})
    assert folders.settings() == {"name": "Željko", "columns": [1, 2]}
    assert rows.listed(folders.settings_file().parent) == ["settings.json"]
    assert user_home in folders.settings_file().parents
    assert user_home in folders.data().parents


@pytest.mark.parametrize("text", [b"", b"{", b"[1, 2]", b"\xff\xfe", b"null"])
def test_settings_that_cannot_be_read_count_as_none(text):
    folders.settings_file().parent.mkdir(parents=True)
    folders.settings_file().write_bytes(text)
    assert folders.settings() == {}


def test_settings_that_cannot_be_written_stop_nothing(unwritable):
    folders.save_settings({"name": "before"})
    with unwritable(folders.settings_file().parent):
        folders.save_settings({"name": "after"})
    assert folders.settings() == {"name": "before"}


def test_each_plan_file_has_a_folder_of_its_own_by_whatever_way_it_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    here, there = tmp_path / "a.dmplan", tmp_path / "b" / "a.dmplan"
    assert (
        folders.of_plan(here)
        == folders.of_plan(Path("a.dmplan"))
        == folders.of_plan(tmp_path / "b/../a.dmplan")
    )
    assert folders.of_plan(here) != folders.of_plan(there)
    assert folders.of_plan(here).startswith("a-")


@given(rows.any_text)
def test_a_plan_of_any_name_has_a_folder_whose_name_is_short_enough(name):
    stem = name.replace("/", "").replace("\0", "").encode("utf-8", "ignore").decode()[:60] * 4
    assert len(os.fsencode(folders.of_plan(Path(f"/plans/{stem}.dmplan")))) < 240


def test_the_name_on_steps_is_the_one_chosen_or_the_login_name(monkeypatch):
    monkeypatch.delenv("DMDESK_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert folders.user() == "login"
    folders.save_settings({"name": "Željko"})
    assert folders.user() == "Željko"
    monkeypatch.setenv("DMDESK_USER", "Mario")
    assert folders.user() == "Mario"


def test_somebody_without_a_login_name_can_work_too(monkeypatch):
    def nobody():
        raise KeyError("uid not found")

    monkeypatch.delenv("DMDESK_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert folders.user() == "unknown"
