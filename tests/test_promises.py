"""What people are told about their data is what the register of holdings does."""

import pytest

import storage.tables  # noqa: F401  # fills the register
from bot.web.cookies import _MAX_AGE
from content.load import load
from content.words import Words
from storage.privacy.holdings import HOLDINGS
from storage.privacy.kinds import KINDS, Kind
from storage.repositories.badge_endorsements import REQUEST_LASTS
from storage.repositories.claim_links import CLAIM_LINK_LASTS
from storage.repositories.privacy import UNDO_FOR, WITHOUT_NOTICE_FOR, WITHOUT_VISIT_FOR
from storage.tables.badges import HALF_A_YEAR
from storage.tables.campaigns import THIRTEEN_MONTHS as CAMPAIGNS_KEPT
from storage.tables.complaints import TWO_YEARS
from storage.tables.conversation import ENDED_SESSIONS_KEPT, OPEN_SESSIONS_KEPT
from storage.tables.delivery import WEB_CHAT_KEPT, WORDS_KEPT
from storage.tables.wishes import THIRTEEN_MONTHS


class Said:
    def __init__(self, text_id: str) -> None:
        self.id = text_id
        self.values: dict[str, object] = {}


@pytest.fixture(scope="module")
def words() -> Words:
    return load(cities={"manchester"}).words


WORDS = f"{WORDS_KEPT.days}"
TALKS = f"{OPEN_SESSIONS_KEPT.days}"
WISHES = "13"
CONFIRMATIONS = f"{HALF_A_YEAR.days // 30}"
LINKS = f"{CLAIM_LINK_LASTS.days}"
ASKED = f"{REQUEST_LASTS.days}"
VISITS = f"{WITHOUT_VISIT_FOR.days // 365}"
STRANGERS = f"{WITHOUT_NOTICE_FOR.total_seconds() / 3600:.0f}"
SAID = {
    "start.kept": (WORDS, TALKS),
    "start.more": (WORDS, TALKS, STRANGERS, WISHES, VISITS),
    "privacy.text": (WORDS, TALKS, WISHES, VISITS),
    "web.privacy.long.text": (
        WORDS,
        TALKS,
        WISHES,
        WISHES,
        CONFIRMATIONS,
        VISITS,
        STRANGERS,
        LINKS,
    ),
    "web.privacy.complain.text": ("30", f"{TWO_YEARS.days // 365}"),
    "web.privacy.messages.text": (f"{CAMPAIGNS_KEPT.days // 30}",),
    "web.privacy.confirm.text": (CONFIRMATIONS,),
    "web.confirm.kept_text": (CONFIRMATIONS,),
    "my_badges.unanswered": (ASKED,),
    "web.privacy.cookies.text": (f"{_MAX_AGE['chat'] // 86400}",),
    "mydata.messages": (WORDS,),
    "forget.ask": (f"{UNDO_FOR.total_seconds() / 60:.0f}",),
    "forget.due": (f"{UNDO_FOR.total_seconds() / 60:.0f}",),
}


@pytest.mark.parametrize("language", ["en", "cy", "ur"])
@pytest.mark.parametrize("text_id", sorted(SAID))
def test_every_figure_that_people_read_is_the_one_that_is_kept_to(
    words: Words, text_id: str, language: str
) -> None:
    told = words.plain(Said(text_id), language)
    figures = sorted(word for word in told.replace("/", " ").split() if word.strip("،.").isdigit())

    assert sorted(figure.strip("،.") for figure in figures) == sorted(SAID[text_id])


def test_what_goes_with_old_chats_goes_after_as_many_days() -> None:
    assert ENDED_SESSIONS_KEPT == OPEN_SESSIONS_KEPT == WEB_CHAT_KEPT


def test_thirteen_months_never_last_longer() -> None:
    assert THIRTEEN_MONTHS.days <= 13 * 365 // 12
    for name in ("unmet_wish", "listing_report"):
        assert [rule.after for rule in HOLDINGS[name].retention] == [THIRTEEN_MONTHS]


def test_words_of_people_stay_nowhere_longer_than_they_are_told() -> None:
    named = {
        "inbox": WORDS_KEPT,
        "act": ENDED_SESSIONS_KEPT,
        "session": ENDED_SESSIONS_KEPT,
        "unmet_wish": THIRTEEN_MONTHS,
        "listing_report": THIRTEEN_MONTHS,
        "badge_claim": THIRTEEN_MONTHS,
        "badge_endorsement": HALF_A_YEAR,
    }
    for name, longest in named.items():
        assert HOLDINGS[name].retention[0].after == longest


def test_the_notice_names_every_table_about_somebody_once() -> None:
    """Where this fails, say in `storage/privacy/kinds.py` what a new table is."""
    named = [table for kind in KINDS for table in kind.tables]

    assert sorted(named) == sorted(
        name for name, holding in HOLDINGS.items() if holding.whose != "nobody"
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_the_notice_says_of_each_kind_what_is_done(words: Words, kind: Kind) -> None:
    assert words.has(f"web.privacy.kept.{kind.key}")
    assert words.has(f"web.privacy.kept.basis.{kind.basis}")
    holdings = [HOLDINGS[table] for table in kind.tables]
    if kind.lasts == "days":
        assert kind.days > 0
        minutes = {"erasure_due"}
        ends = [bool(HOLDINGS[one].retention) for one in kind.tables if one not in minutes]
        assert all(ends), "what has no end of its own is kept as long as the person"
    if kind.lasts == "person":
        assert any(one.forever for one in holdings)
    if kind.lasts == "good":
        assert all(one.erasure == "keep" and not one.retention for one in holdings)
