"""Output files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from ipplan.io.files import replacing, write_text


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    file.write_text("old", "utf-8")
    file.chmod(0o640)
    write_text(file, "新\n")
    assert file.read_text("utf-8") == "新\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [*tmp_path.iterdir()] == [file]


def test_a_new_file_is_readable_by_the_umask(tmp_path: Path) -> None:
    write_text(tmp_path / "new.txt", "x")
    other = tmp_path / "other.txt"
    other.write_text("x", "utf-8")
    assert (tmp_path / "new.txt").stat().st_mode == other.stat().st_mode


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    file.write_text("old", "utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_text(file, "\ud800")
    assert file.read_text("utf-8") == "old"
    assert [*tmp_path.iterdir()] == [file]


def test_a_missing_folder_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "none" / "out.txt", "x")


def test_a_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", "utf-8")
    link.symlink_to(real)
    write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "new"


def test_a_device_is_written_to_as_it_is() -> None:
    device = Path(os.devnull)
    write_text(device, "x")
    assert not device.is_file()


def test_the_error_names_the_path_that_was_given(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        write_text(tmp_path / "none" / "out.txt", "x")
    assert caught.value.filename == str(tmp_path / "none" / "out.txt")


def test_a_file_that_is_being_written_takes_its_place_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "out.bin"
    file.write_bytes(b"old")
    with replacing(file) as new:
        new.write_bytes(b"new")
        assert file.read_bytes() == b"old"
        assert new.parent == file.parent
    assert file.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [file]


def test_what_ends_early_leaves_nothing_behind(tmp_path: Path) -> None:
    writing = replacing(tmp_path / "out.bin")
    writing.__enter__().write_bytes(b"half")
    stopped = KeyboardInterrupt()
    assert not writing.__exit__(KeyboardInterrupt, stopped, None)
    assert [*tmp_path.iterdir()] == []


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), replacing(tmp_path):
        pytest.fail("nothing may be written")


def test_a_folder_that_may_not_be_written_to_is_told_by_the_name_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "some temporary name")

    monkeypatch.setattr("tempfile.mkstemp", forbidden)
    with pytest.raises(PermissionError) as caught, replacing(tmp_path / "out.bin"):
        pytest.fail("nothing may be written")
    assert caught.value.filename == str(tmp_path / "out.bin")
