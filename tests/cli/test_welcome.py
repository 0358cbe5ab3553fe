from pathlib import Path

from eventsapp.cli import welcome
from eventsapp.cli.welcome import Beginning


def test_list_is_shown_with_whole_addresses_of_the_present_port(tmp_path: Path) -> None:
    welcome.write(
        tmp_path,
        [Beginning("Organiser", "/organise/", "sign in as ada@desk.example"), Beginning("Guest", "/i/x")],
    )
    told = welcome.text(tmp_path, "http://127.0.0.1:8123")
    assert "Organiser  http://127.0.0.1:8123/organise/" in told
    assert "sign in as ada@desk.example" in told
    assert "Guest      http://127.0.0.1:8123/i/x" in told


def test_list_is_for_the_owner_alone_as_it_holds_sign_ins(tmp_path: Path) -> None:
    assert not welcome.is_written(tmp_path)
    welcome.write(tmp_path, [])
    assert welcome.is_written(tmp_path)
    assert (tmp_path / "welcome.json").stat().st_mode & 0o077 == 0
