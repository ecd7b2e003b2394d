"""A workspace is set up with its first administrator, and says of itself what anyone may know."""

from pathlib import Path

import pytest
from support.desks import desk_at, home_in, person
from support.trust import CHEAP, PASSWORD, T0_MS, Hands

from investigator.casework import installation
from investigator.casework.installation import HOME
from investigator.casework.workspaces import FirstAdministrator, create, found
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.records.verify import verify_workspace
from investigator.trust.policy import Role

ROOT = FirstAdministrator("root", "Root of Testing", PASSWORD)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    return tmp_path / "home"


def made(folder: Path, *, site: str = "Northfield", zone: str = "Europe/Zurich") -> Path:
    hands = Hands()

    def clock(zone: str) -> object:
        del zone
        return hands.clock()

    create(folder, site=site, zone=zone, first=ROOT, cost=CHEAP, clock=clock)  # type: ignore[arg-type]
    return folder


@pytest.mark.requirement("CAS-060")
def test_a_new_workspace_opens_for_its_administrator(tmp_path: Path) -> None:
    folder = made(tmp_path / "w")
    with person(desk_at(folder), "root") as desk:
        assert desk.session.demanded().roles == {Role.ADMINISTRATOR}
    assert verify_workspace(folder).faults == ()
    assert installation.latest() == folder


@pytest.mark.requirement("CAS-060")
def test_it_says_of_itself_what_anyone_may_know(tmp_path: Path) -> None:
    folder = made(tmp_path / "w", site="Site Ost/3 (Süd)")
    said = found(folder)
    assert said.name.startswith("site-ost-3-s-d/")
    assert said.log_key.startswith(f"{said.name}+")
    assert (said.zone, said.entries, said.held_here) == ("Europe/Zurich", 2, True)
    assert said.first_ms == said.last_ms == T0_MS
    with home_in(tmp_path / "elsewhere"):
        assert not found(folder).held_here


def test_two_workspaces_of_a_site_have_two_names(tmp_path: Path) -> None:
    assert found(made(tmp_path / "a")).name != found(made(tmp_path / "b")).name


@pytest.mark.parametrize(
    ("site", "zone", "says"),
    [
        ("Northfield", "Middle/Earth", '"Middle/Earth" is no time zone'),
        ("Northfield", "", "is no time zone"),
        ("Northfield", "../etc/passwd", "is no time zone"),
        (" / ", "Europe/Zurich", "needs a name"),
    ],
)
def test_what_is_unfit_is_refused_and_nothing_is_left(
    site: str, zone: str, says: str, tmp_path: Path, home: Path
) -> None:
    with pytest.raises(UnusableRequest, match=says):
        made(tmp_path / "w", site=site, zone=zone)
    assert not (tmp_path / "w").exists()
    assert not home.exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "mine.txt").write_text("mine")
    with pytest.raises(UnusableRequest, match="is not empty"):
        made(tmp_path / "w")
    assert [path.name for path in (tmp_path / "w").iterdir()] == ["mine.txt"]


def test_where_the_secret_cannot_be_kept_no_workspace_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(HOME, str(tmp_path / "file"))
    with pytest.raises(UnusableRequest, match="cannot be written"):
        made(tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UnusableInput, match="cannot be made"):
        made(tmp_path / "file" / "w")


def test_what_is_no_workspace_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="is not a workspace"):
        found(tmp_path)
