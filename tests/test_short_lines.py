"""Short lines of honest pages, between two sentences: calls, questions, offers, lists, what ends in "here"."""

import pytest

from unstuff import Filter

BEFORE = "The club met on Tuesday evening and elected a new board."
BEHIND = "The next meeting will be held in the village hall on the fourth of May."
HERE = (
    *("Same here.", "Download here.", "Photos here!", "We are here!", "Login here", "Register here.", "Minutes here."),
    *("The bus stops here.", "I love it here.", "Wish you were here.", "My aunt grew up here.", "It never rains here."),
    *("The programme can be downloaded here.", "Read the full story here.", "Nothing to see here"),
)
CALLS = (
    *("Buy now!", "Sale!", "Best price!", "Buy online", "Buy tickets online", "Shop now", "Add to cart", "Book online"),
    *(
        "Jetzt kaufen!",
        "Acheter en ligne",
        "Comprar ahora",
        "Купить сейчас",
        "Beli sekarang!",
        "立即购买",
        "今すぐ購入",
    ),
)
ASKED = (
    *("Can I buy sildenafil online without a prescription?", "How to spot a fake Rolex"),
    *("How much does surrogacy cost?", "Fake or genuine? How to spot a replica Rolex", "Online casino licence revoked"),
)
LINKED = (
    '<p>You can buy tickets <a href="https://tickets.example/">here</a>.</p>',
    '<p>Download <a href="/minutes.pdf">here</a>.</p>',
    '<p><a href="/shop">Buy now</a></p>',
)
FRAMED = (
    *(
        "Where to buy cheap flights",
        "Where to buy stamps",
        "Swimming pool near me",
        "How much does a tent cost",
        "Sale price",
    ),
    *("Com ou sem leite", "Pode ir de carro ou de comboio.", "Thé ou tisane", "Herbata czy kompot", "Tee oder Saft"),
    *("✓ Rowing ✓ Sailing ✓ Diving ✓ Surfing", "语文I数学I英语I地理", "谢谢 谢谢 谢谢", "雨伞哪里有卖"),
)


@pytest.fixture(scope="module")
def precise() -> Filter:
    return Filter(point="precise")


@pytest.mark.parametrize("line", [*HERE, *CALLS, *ASKED, *FRAMED])
def test_a_short_honest_line_is_kept(precise: Filter, line: str) -> None:
    text = f"{BEFORE}\n{line}\n{BEHIND}\n"
    assert precise.clean_text(text) == text


@pytest.mark.parametrize("markup", LINKED)
def test_a_short_honest_line_with_a_link_is_kept(precise: Filter, markup: str) -> None:
    html = f"<title>News of the club</title><p>{BEFORE}</p>{markup}<p>{BEHIND}</p>"
    assert precise.clean_html(html) == html
