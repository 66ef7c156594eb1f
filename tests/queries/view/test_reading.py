"""What a reader does with the page, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from onrecord.graph.model import Article

Graph = nx.MultiDiGraph
Opened = Callable[..., Page]


@pytest.fixture
def page(opened: Opened, harbour: "Graph[str]", harbour_articles: dict[str, Article]) -> Page:
    return opened(harbour, harbour_articles)


def numbers(page: Page) -> list[int]:
    """Names, relations, quotes and articles, as the page counts them."""
    text = page.locator("#count").inner_text()
    return [int(number) for number in re.findall(r"\d+", text)]


def drawn(page: Page) -> tuple[int, int]:
    """How many nodes and lines vis itself holds."""
    counted = page.evaluate("[onrecord.canvas.nodes.length, onrecord.canvas.edges.length]")
    return counted[0], counted[1]


def choose(page: Page, name: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def point(page: Page, place: str) -> tuple[float, float]:
    """A place of the picture, given as JavaScript, on the screen."""
    at = page.evaluate(
        f"""(() => {{
          const at = onrecord.canvas.network.canvasToDOM({place});
          const frame = document.querySelector("#network").getBoundingClientRect();
          return [at.x + frame.x, at.y + frame.y];
        }})()"""
    )
    return at[0], at[1]


MIDDLE = """(() => {{
  const edge = onrecord.canvas.network.body.edges["{id}"].edgeType;
  return edge.getPoint(0.5, edge.getViaNode());
}})()"""
"""The middle of a line's curve, as vis draws it."""


def line_id(page: Page, source: str, kind: str) -> str:
    found = page.evaluate(
        f"onrecord.data.lines.find((l) => l.from === '{source}' && l.type.name === '{kind}').id"
    )
    return str(found)


def test_what_is_drawn_is_what_the_graph_holds(page: Page) -> None:
    assert drawn(page) == (8, 13)
    assert numbers(page) == [8, 14, 15, 3]
    assert page.locator("#picture").get_attribute("data-lines") == "13"


def test_a_click_on_a_line_shows_every_quote_in_its_passage(
    page: Page, harbour_articles: dict[str, Article]
) -> None:
    accuses = line_id(page, "n:body:harbour-union", "ACCUSES")
    page.mouse.click(*point(page, MIDDLE.format(id=accuses)))
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Harbour Union accuses Ann Lee")
    expect(panel.locator("mark")).to_have_text(
        [
            "The Harbour Union accused Ann Lee of neglect",
            "The Harbour Union has accused Ann Lee of neglect",
        ]
    )
    for outlet, day, heading in [
        ("Harbour Gazette", "1 Mar 2025", "Dockers turn on port chief"),
        ("Coast Times", "3 Mar 2025", "Port chief under fire"),
    ]:
        card = panel.locator("figure", has_text=outlet)
        expect(card).to_contain_text(day)
        expect(card).to_contain_text(heading)
    passages = panel.locator("blockquote").all_inner_texts()
    texts = [article.text for article in harbour_articles.values()]
    assert all(any(passage in text for text in texts) for passage in passages)
    assert passages[0] == "The Harbour Union accused Ann Lee of neglect on Monday."


def test_a_heading_links_to_the_article_where_its_address_is_known(page: Page) -> None:
    choose(page, "Ann Lee")
    link = page.locator("#panel a", has_text="Dockers turn on port chief").first
    assert link.get_attribute("href") == "https://gazette.example/dockers"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize(
    ("source", "kind", "sentence", "manner"),
    [
        (
            "n:body:ministry-of-ports",
            "SUPPORTS",
            "Ministry of Ports supports night shift plan",
            "As reported by Tom Okoro",
        ),
        (
            "n:body:harbour-union",
            "SUES",
            "Harbour Union sues Port Authority",
            "Under a condition · about night shift plan",
        ),
        (
            "n:person:ann-lee",
            "CRITICISES",
            "Ann Lee does not criticise Harbour Union",
            "Said not to be so",
        ),
        (
            "n:person:jose-alvarez",
            "HOLDS",
            "José Álvarez formerly deputy (body not named)",
            "No longer",
        ),
    ],
)
def test_how_it_is_said_is_said_in_words(
    page: Page, source: str, kind: str, sentence: str, manner: str
) -> None:
    page.evaluate(f"location.hash = '{line_id(page, source, kind)}'")
    expect(page.locator("#panel h2")).to_have_text(sentence)
    expect(page.locator("#panel .manner")).to_have_text([manner])


def test_a_name_shows_posts_relations_and_words(page: Page) -> None:
    choose(page, "okoro")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Tom Okoro")
    expect(panel.locator("section", has_text="Posts")).to_contain_text("secretary")
    expect(panel.locator("section", has_text="Conflict")).to_contain_text("criticises")
    own = panel.locator("section", has_text="In their own words")
    expect(own.locator("mark").first).to_have_text("The night shift plan is reckless")


def test_lines_between_the_same_two_lie_apart(page: Page) -> None:
    middles = page.evaluate(
        """onrecord.canvas.lines.filter((l) => l.from !== l.to).map((l) => {
          const edge = onrecord.canvas.network.body.edges[l.id].edgeType;
          const at = edge.getPoint(0.5, edge.getViaNode());
          return [[l.from, l.to].sort().join(), at.x, at.y];
        })"""
    )
    for i, (pair, x, y) in enumerate(middles):
        for other, ox, oy in middles[:i]:
            assert pair != other or abs(x - ox) + abs(y - oy) > 8


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("Issue", [7, 10, 11, 3]),
        ("Cooperation", [8, 12, 13, 3]),
        ("Posts", [8, 11, 12, 3]),
        ("Coast Times", [5, 8, 8, 3]),
        ("Dockers turn on port chief", [7, 9, 9, 3]),
    ],
)
def test_the_legend_filters(page: Page, row: str, left: list[int]) -> None:
    box = page.locator("#legend label", has_text=row).locator("input")
    before = numbers(page)
    box.uncheck()
    assert numbers(page) == left
    assert drawn(page)[0] == left[0]
    box.check()
    assert numbers(page) == before


def test_a_count_says_what_switching_it_on_would_show(page: Page) -> None:
    def counted(row: str) -> str:
        return page.locator("#legend .choice", has_text=row).locator(".n").inner_text()

    assert (counted("Conflict"), counted("Coast Times")) == ("4", "7")
    page.get_by_role("button", name="Only Harbour Gazette").click(force=True)
    assert numbers(page)[2] == 6
    assert (counted("Conflict"), counted("Coast Times")) == ("2", "7")
    page.get_by_role("button", name="Only Harbour Gazette").click(force=True)
    assert numbers(page) == [8, 14, 15, 3]


def test_counts_are_of_what_is_drawn(page: Page) -> None:
    page.locator("#legend label", has_text="Issue").locator("input").uncheck()
    rows = page.locator("#legend details").first.locator(".choice").all_inner_texts()
    counted = {kind: int(number) for kind, _, number in (row.split("\n") for row in rows)}
    kinds = page.evaluate("[...onrecord.canvas.chosen].map((node) => node.kind)")
    assert counted == {kind: kinds.count(kind) for kind in counted} | {"Issue": 1}


def test_days_filter(page: Page) -> None:
    page.get_by_label("From", exact=True).fill("2025-03-02")
    assert numbers(page)[2] == 7
    page.get_by_label("From", exact=True).fill("")
    page.get_by_role("button", name="Only 1 March 2025").click()
    assert numbers(page)[2] == 6
    assert page.get_by_label("To", exact=True).input_value() == "2025-03-01"
    page.get_by_role("button", name="Only 1 March 2025").click()
    assert numbers(page)[2] == 15


def test_relations_of_a_family_filter_one_by_one(page: Page) -> None:
    page.get_by_role("button", name="Relations of conflict").click()
    page.locator("#legend label", has_text="accuses").locator("input").uncheck()
    assert numbers(page) == [8, 13, 13, 3]
    family = page.locator("#legend label", has_text="Conflict").locator("input")
    assert family.evaluate("(box) => box.indeterminate")


def test_nothing_left_says_so(page: Page) -> None:
    for kind in ("Person", "Body", "Document", "Issue"):
        page.locator("#legend label", has_text=kind).locator("input").uncheck()
    expect(page.locator("#nothing")).to_be_visible()
    assert drawn(page) == (0, 0)


@pytest.mark.parametrize("words", ["alvarez", "ÁLVAREZ", "jose alv"])
def test_search_minds_neither_accents_nor_case(page: Page, words: str) -> None:
    choose(page, words)
    expect(page.locator("#panel h2")).to_have_text("José Álvarez")


def test_search_by_another_name_and_by_arrows(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("port")
    found = page.locator("#found li")
    expect(found.first).to_have_attribute("aria-selected", "true")
    names = found.all_inner_texts()
    assert set(names) == {"Port Authority", "Ann Lee", "Ministry of Ports"}
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(names[1])
    page.keyboard.press("/")
    page.keyboard.type("nobody")
    expect(page.locator("#found")).to_have_text("No such name")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    assert page.locator("#search").input_value() == ""


def test_arrows_go_from_name_to_name_and_escape_back(page: Page) -> None:
    focus = "onrecord.state.focus?.label"
    page.locator("#network").focus()
    page.keyboard.press("ArrowRight")
    first = page.evaluate(focus)
    seen = {first}
    for arrow in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown") * 2:
        before = page.evaluate("onrecord.canvas.screen.get(onrecord.state.focus)")
        places = page.evaluate(
            "[...onrecord.canvas.screen].map(([n, at]) => [n.label, at.x, at.y])"
        )
        page.keyboard.press(arrow)
        after = page.evaluate(focus)
        [(x, y)] = [(x, y) for label, x, y in places if label == after]
        axis, sign = (
            (x - before["x"], 1) if arrow[5:] in ("Left", "Right") else (y - before["y"], 1)
        )
        if after not in seen or axis:
            assert axis * (sign if arrow[5:] in ("Right", "Down") else -sign) >= 0
        seen.add(after)
    assert len(seen) > 2
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate(focus) is None


def test_escape_goes_back_step_by_step(page: Page) -> None:
    choose(page, "Ann Lee")
    page.locator("#panel .more").first.click()
    assert page.evaluate("Boolean(onrecord.state.line && onrecord.state.focus)")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("Ann Lee")
    page.keyboard.press("Escape")
    expect(page.locator("#panel .lead")).to_be_visible()


def test_back_goes_back(page: Page) -> None:
    choose(page, "Ann Lee")
    choose(page, "Tom Okoro")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("Ann Lee")
    page.go_back()
    expect(page.locator("#panel .lead")).to_be_visible()


def test_focus_keeps_the_neighbours_and_dims_the_rest(page: Page) -> None:
    choose(page, "Port Authority")
    levels = dict(
        page.evaluate(
            "[...onrecord.canvas.chosen].map((n) => [n.label, onrecord.canvas.level.node(n)])"
        )
    )
    bright = {"Port Authority", "Harbour Union", "Ann Lee", "Ministry of Ports"}
    assert {name for name, level in levels.items() if level == 1} == bright
    assert all(level < 0.2 for name, level in levels.items() if name not in bright)


def test_a_click_on_a_name_focuses_it_and_on_nothing_leaves_it(page: Page) -> None:
    at = (
        "onrecord.canvas.screen.get([...onrecord.canvas.chosen].find((n) => n.label === 'Ann Lee'))"
    )
    page.mouse.click(*point(page, at))
    expect(page.locator("#panel h2")).to_have_text("Ann Lee")
    page.mouse.click(*point(page, "{x: -320, y: -350}"))
    expect(page.locator("#panel .lead")).to_be_visible()


def test_the_table_holds_what_the_picture_holds(page: Page) -> None:
    page.get_by_role("button", name="Table").click()
    rows = page.locator("#table tbody tr")
    assert rows.count() == 14
    expect(page.locator("#table .alone li")).to_have_text(["safety rules", "One crane driver"])
    page.get_by_role("button", name="Who", exact=True).click()
    names = page.locator("#table tbody th").all_inner_texts()
    assert names == sorted(names)
    assert page.evaluate("document.activeElement.innerText") == "Who"
    expect(page.locator("th.who")).to_have_attribute("aria-sort", "ascending")
    rows.first.locator(".words").click()
    expect(page.locator("#panel h2")).to_contain_text(names[0])
    expect(page.locator("#table tr.now")).to_have_count(1)


def test_the_timeline_goes_by_day_and_article(page: Page) -> None:
    page.get_by_role("button", name="Timeline").click()
    expect(page.locator("#timeline h3")).to_have_text(["1 March 2025", "3 March 2025", "Undated"])
    assert page.locator("#timeline .sentence").count() == 15
    last = page.locator("#timeline section").last
    expect(last.locator("blockquote").first).to_have_text(
        "Ann Lee did not criticise the Harbour Union"
    )
    choose(page, "Tom Okoro")
    expect(page.locator("#timeline h2")).to_have_text("Timeline of Tom Okoro")
    assert page.locator("#timeline .sentence").count() == 3


def test_a_name_without_a_relation_is_found_and_read(page: Page) -> None:
    choose(page, "crane")
    expect(page.locator("#panel h2")).to_have_text("One crane driver")
    expect(page.locator("#panel .kicker")).to_have_text("Person, not named")
    expect(page.locator("#panel mark")).to_have_text("the quay was unsafe")
    assert page.evaluate("onrecord.canvas.level.near") is None


def test_an_address_may_point_to_anything(opened: Opened, harbour: "Graph[str]") -> None:
    page = opened(harbour)
    for odd in ("%", "__proto__", "n:nobody", "<b>"):
        page.evaluate("(odd) => { location.hash = odd; }", odd)
        expect(page.locator("#panel .lead")).to_be_visible()
    page.evaluate("location.hash = encodeURIComponent('n:person:ann-lee')")
    expect(page.locator("#panel h2")).to_have_text("Ann Lee")


def test_without_articles_the_quotes_stand_alone(opened: Opened, harbour: "Graph[str]") -> None:
    page = opened(harbour)
    page.evaluate(f"location.hash = '{line_id(page, 'n:body:harbour-union', 'ACCUSES')}'")
    expect(page.locator("#panel blockquote").first).to_have_text(
        "The Harbour Union accused Ann Lee of neglect"
    )
    assert page.locator("#panel .around").all_inner_texts() == [""] * 4


def test_nodes_glide_to_their_places(opened: Opened, harbour: "Graph[str]") -> None:
    page = opened(harbour, reduced_motion="no-preference")
    choose(page, "Ann Lee")
    page.evaluate(
        "() => new Promise((done) => (function look() "
        "{ onrecord.canvas.moving ? setTimeout(look, 20) : done(); })())"
    )
    off: Any = page.evaluate(
        """[...onrecord.canvas.screen].map(([node, to]) => {
          const at = onrecord.canvas.network.body.nodes[node.id];
          return Math.hypot(at.x - to.x, at.y - to.y);
        })"""
    )
    assert max(off) < 0.01
