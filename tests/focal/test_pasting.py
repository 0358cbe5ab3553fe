"""What is understood of a paste: names as they were written, cells in their places, doubles shown."""

import pytest

from eventsapp.core.text import fold
from eventsapp.focal.pasting import Row, read

TEN = (
    "Олена Прикладець\tРадниця\tМісто Нортпорт\tolena@northport.example\r\n"
    "de VRIES, jan\tHead of protocol\r\n"
    "李示範\t\t\t\r\n"
    "O’Brien-McÀ Mary  Ann\tDeputy\tNorthport\tmary@northport.example\tspare cell\r\n"
)


def rows(text: str, *listed: tuple[str, str]) -> list[Row]:
    return list(read(text, listed).rows)


def test_cells_are_name_title_organisation_and_address_and_names_are_never_recased() -> None:
    first, second, third, fourth = rows(TEN)
    assert (first.given.name, first.given.title, first.given.organisation, first.given.email) == (
        "Олена Прикладець",
        "Радниця",
        "Місто Нортпорт",
        "olena@northport.example",
    )
    assert (second.given.name, second.given.title, second.given.email) == (
        "de VRIES, jan",
        "Head of protocol",
        "",
    )
    assert (third.given.name, third.given.line) == ("李示範", 3)
    assert fourth.given.name == "O’Brien-McÀ Mary Ann"
    assert fourth.spare == ("spare cell",)


def test_address_is_found_in_whichever_column_it_stands() -> None:
    (row,) = rows("Ada Example\tada@example.org\tMinister")
    assert (row.given.title, row.given.email) == ("Minister", "ada@example.org")


@pytest.mark.parametrize("head", ["Name\tTitle", "ПІБ\tПосада", "姓名\t職稱", "FULL NAME"])
def test_line_that_heads_the_columns_is_left_out_and_told(head: str) -> None:
    pasted = read(f"{head}\nAda Example")
    assert [row.given.name for row in pasted.rows] == ["Ada Example"]
    assert pasted.rows[0].given.line == 2
    assert pasted.head


def test_empty_lines_are_left_out_and_lines_keep_their_numbers() -> None:
    assert [row.given.line for row in rows("\nAda Example\n\n \t \nBo Beispiel\n")] == [2, 5]


def test_quoted_cell_with_a_line_break_is_one_cell_and_a_lone_mark_belongs_to_the_name() -> None:
    quoted = rows('"Ada\nExample"\tMinister\nBo Beispiel')
    assert [row.given.name for row in quoted] == ["Ada Example", "Bo Beispiel"]
    assert quoted[1].given.line == 3
    assert [row.given.name for row in rows('Ada "Ace Example\nBo Beispiel')] == [
        'Ada "Ace Example',
        "Bo Beispiel",
    ]


def test_repeats_in_the_paste_are_found_by_name_in_any_order_case_and_by_address() -> None:
    found = rows("Ada Example\tx\ty\ta@example.org\nEXAMPLE, Ada\nSomebody Else\tx\ty\tA@example.org\nBo")
    assert [row.repeats for row in found] == [None, 1, 1, None]


def test_people_on_the_list_already_are_found_by_any_spelling_and_by_address() -> None:
    listed = (fold("Олена Прикладець") + "\n" + fold("Olena Prykladets"), "olena@example.org")
    found = rows("Prykladets Olena\nSomebody\tx\ty\tOLENA@example.org\nSomebody Else", listed)
    assert [row.is_listed for row in found] == [True, True, False]


def test_nothing_is_read_from_white_space() -> None:
    assert rows(" \n\t\n") == []
