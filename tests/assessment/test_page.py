"""Pages: wrapped cells, and the same content in three styles, escaped as each needs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from ipplan.assessment.page import Grid, Page, Section, wrapped
from ipplan.text import Lang


@given(
    st.text(alphabet="ab c知识产“”。,? ", max_size=80),
    st.integers(min_value=8, max_value=30),
)
def test_wrapping_loses_no_character_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((len(word) for word in re.findall(r"[ab?,]+|[“”。知识产]+", text)), default=0)
    assert all(wcswidth(line) <= max(width, 2 * longest + 4) for line in lines)


def test_a_longer_word_stands_whole_and_the_mark_stays_with_its_word() -> None:
    assert wrapped("an-uncommonly-long-word", 5) == "an-uncommonly-long-word"
    assert wrapped("protection of property ?", 22) == "protection of\nproperty ?"
    assert wrapped("知识产权保护 ?", 12) == "知识产权保\n护 ?"
    assert wrapped("与“知识产权”合并", 10) == "与“知识产\n权”合并"
    assert wrapped("", 5) == ""


PAGE = Page(
    lang=Lang.ZH,
    title="<title>",
    lines=("line | one",),
    sections=(
        Section(
            heading="<head>",
            blocks=(
                Grid(headers=("甲", "b"), rows=(("知识产权 <i>|</i>", "1"),), widths={0: 6}),
                "text <p>",
            ),
        ),
    ),
    notes=("note <n>", "last"),
)


def test_a_page_for_a_terminal_is_wrapped_and_not_escaped() -> None:
    text = PAGE.to_text()
    assert text.startswith("<title>\nline | one\n\n== <head> ==\n")
    assert "知识产    1\n权\n<i>|</i>\n" in text
    assert text.endswith("text <p>\n\nnote <n>\nlast")


def test_a_page_in_markdown_is_escaped() -> None:
    text = PAGE.to_markdown()
    assert text.startswith("## &lt;title>\n\n- line \\| one\n\n### &lt;head>\n")
    assert "| 知识产权 &lt;i>\\|&lt;/i> | 1   |" in text
    assert text.endswith("text &lt;p>\n\n- note &lt;n>\n- last\n")


def test_a_page_in_html_is_escaped_and_names_its_language() -> None:
    text = PAGE.to_html()
    assert text.startswith('<div lang="zh"><p><strong>&lt;title&gt;</strong></p>')
    assert "&lt;i&gt;|&lt;/i&gt;" in text
    for raw in ("<title>", "<i>", "<n>", "<head>", "text <p>"):
        assert raw not in text


@pytest.mark.parametrize("show", ["to_text", "to_markdown", "to_html"])
def test_a_page_may_have_a_title_alone(show: str) -> None:
    assert "Alone" in getattr(Page(lang=Lang.EN, title="Alone", sections=()), show)()
