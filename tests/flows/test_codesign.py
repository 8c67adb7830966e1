"""Commenting on descriptors: let in by a link, a few at a time, changed, left, told what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.codesign.records import Act, Change, Clear, Kind, Matters, Verdict
from bot.conversation import Registry
from bot.flows.codesign import codesign
from content.frameworkrevisions import Revision
from tests.support.said_comments import AT, EARLY, OVER, ROUND, TOKEN
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity

LINK = f"/start codesign_{TOKEN}"
ALONE = Registry([codesign])
"""Without a menu: what is said at the end stays in sight."""


def invited() -> tuple[SmallCity, ScriptedChat]:
    city = SmallCity()
    chat = city.chat(ALONE)
    chat.send(LINK)
    return city, chat


def taking_part(kind: str = "employer") -> tuple[SmallCity, ScriptedChat]:
    city, chat = invited()
    chat.choose("join")
    chat.choose(kind)
    chat.choose("yes")
    return city, chat


def comment(chat: ScriptedChat, clear: str = "yes", matters: str = "lot", words: str = "") -> None:
    chat.choose(clear)
    if clear == "skip":
        return
    chat.choose(matters)
    if clear != "yes":
        chat.send(words) if words else chat.choose("none")


def shared(city: SmallCity, chat: ScriptedChat) -> list[str]:
    """Comment on a whole share, and say that nothing is missing."""
    for _ in range(3):
        comment(chat)
    chat.choose("none")
    return [item for _, item in city.comments.said]


class TestTakingPart:
    def test_a_link_says_what_it_is_and_what_is_kept_before_anything_is(self) -> None:
        city, chat = invited()

        assert chat.last.text_id == "codesign.hello"
        assert chat.last.values["share"] == 3
        assert city.comments.parts == {}
        chat.choose("not_now")
        assert city.comments.parts == {}
        assert "codesign.later" in chat.said

    @pytest.mark.parametrize("kind", list(Kind))
    def test_everybody_says_as_whom_and_whether_it_may_stay(self, kind: Kind) -> None:
        city, chat = taking_part(kind)

        part = city.comments.parts[ROUND.id]
        assert (part.kind, part.keeps) == (kind, True)
        chat.choose("yes")
        assert chat.last.text_id == f"codesign.matters.{kind}"

    def test_whoever_is_new_here_comes_to_the_round_too(self) -> None:
        city = SmallCity(accepted=False, city="")
        chat = city.chat()
        chat.start("start", payload=f"codesign_{TOKEN}")
        chat.choose("english")
        chat.choose("manchester")

        assert chat.last.text_id == "codesign.hello"

    @pytest.mark.parametrize(
        ("token", "said"),
        [
            (OVER.token, "codesign.link_over"),
            (EARLY.token, "codesign.early"),
            ("nonsense", "codesign.link_unknown"),
            ("x" * 200, "codesign.link_unknown"),
        ],
    )
    def test_another_link_says_why_it_leads_nowhere(self, token: str, said: str) -> None:
        chat = SmallCity().chat(ALONE)
        chat.send(f"/start codesign_{token}")

        assert said in chat.said
        assert chat.last.text_id == "codesign.which"
        chat.choose("round.1")
        assert chat.last.text_id == "codesign.hello"

    def test_a_command_finds_the_round_that_is_open(self) -> None:
        chat = SmallCity().chat()
        chat.send("/codesign")
        assert chat.last.text_id == "codesign.hello"

    def test_where_none_is_open_it_is_said(self) -> None:
        city = SmallCity()
        city.comments.held.clear()
        chat = city.chat(ALONE)
        chat.send("/codesign")
        assert "codesign.none" in chat.said

    def test_nobody_joins_what_is_over(self) -> None:
        city, chat = invited()
        chat.choose("join")
        chat.choose("other")
        city.comments.now = datetime(2027, 2, 1, 9, tzinfo=UTC)
        chat.choose("no")

        assert "codesign.closed" in chat.said
        assert city.comments.parts == {}


class TestCommenting:
    def test_each_answer_is_kept_at_once(self) -> None:
        city, chat = taking_part()
        comment(chat, "partly", "little", "Type in numbers with care")
        (first, *others) = city.comments.said.values()

        assert (first.clear, first.matters) == (Clear.PARTLY, Matters.LITTLE)
        assert [one.answered_at for one in others] == [None, None]
        ((_, idea),) = city.comments.suggestions
        assert (idea.words, idea.kind) == ("Type in numbers with care", Kind.EMPLOYER)

    def test_what_is_clear_may_still_be_said_better(self) -> None:
        city, chat = taking_part()
        comment(chat, "words", "lot", "Type in facts")

        assert next(iter(city.comments.said.values())).clear is Clear.YES
        assert city.comments.suggestions[0][1].words == "Type in facts"

    def test_one_may_skip_and_may_have_no_other_words(self) -> None:
        city, chat = taking_part()
        comment(chat, "skip")
        comment(chat, "no", "skip")
        first, second, _ = city.comments.said.values()

        assert first.is_skipped
        assert (second.clear, second.matters) == (Clear.NO, None)
        assert city.comments.suggestions == []

    def test_what_is_missing_is_asked_after_a_share(self) -> None:
        city, chat = taking_part()
        for _ in range(3):
            comment(chat)
        assert chat.last.text_id == "codesign.missing"
        chat.send("Spot a fake shop")

        assert [(one.item, one.words) for _, one in city.comments.suggestions] == [
            ("", "Spot a fake shop")
        ]
        assert chat.last.text_id == "codesign.thanks"
        assert chat.last.values["count"] == 3

    def test_too_much_that_is_missing_is_refused_with_the_reason(self) -> None:
        _, chat = taking_part()
        for _ in range(3):
            comment(chat)
        chat.send("everything")

        assert chat.said[-1] == "codesign.full"

    def test_a_few_more_are_others_until_there_is_none(self) -> None:
        city, chat = taking_part()
        seen = shared(city, chat)
        while chat.last.text_id == "codesign.thanks":
            chat.choose("more")
            seen = shared_rest(city, chat)
        assert chat.last.text_id == "codesign.thanks_all"
        assert len(seen) == len(set(seen)) == len(city.comments.said)
        chat.send("/codesign")
        assert "share" not in chat.options

    def test_an_answer_is_changed_while_it_is_on_the_screen(self) -> None:
        city, chat = taking_part()
        item = next(item for _, item in city.comments.said)
        comment(chat)
        chat.change(f"clear.{item}")
        chat.choose("no")
        chat.choose("none")

        assert city.comments.said[ROUND.id, item].clear is Clear.NO

    def test_and_days_later_too(self) -> None:
        city, chat = taking_part()
        comment(chat)
        chat.send("/codesign")
        assert chat.options[:2] == ["share", "answers"]
        chat.choose("answers")
        chat.choose("one.0")
        comment(chat, "no", "not", "Something else")

        first = next(iter(city.comments.said.values()))
        assert (first.clear, first.matters) == (Clear.NO, Matters.NOT)
        assert "Something else" in str(chat.last.values["lines"])

    def test_who_left_in_the_middle_goes_on_with_the_same(self) -> None:
        city, chat = taking_part()
        comment(chat)
        left = [item for _, item in city.comments.said][1]
        chat.send("/codesign")
        chat.choose("share")

        assert chat.last.values["can"].id.endswith(f".can.{left}")
        assert len(city.comments.said) == 4

    def test_it_may_be_closed_while_somebody_answers(self) -> None:
        city, chat = taking_part()
        city.comments.now = datetime(2027, 2, 1, 9, tzinfo=UTC)
        comment(chat)

        assert "codesign.closed" in chat.said
        assert not any(one.answered_at for one in city.comments.said.values())

    def test_everything_said_is_deleted_after_a_second_look(self) -> None:
        city, chat = taking_part()
        comment(chat, "no", "lot", "Something else")
        chat.send("/codesign")
        chat.choose("leave")
        assert city.comments.said
        chat.choose("go")

        assert (city.comments.said, city.comments.suggestions, city.comments.parts) == ({}, [], {})
        assert "codesign.left" in chat.said


def shared_rest(city: SmallCity, chat: ScriptedChat) -> list[str]:
    """Comment on what is left of a share."""
    while chat.last.text_id == "codesign.clear":
        comment(chat)
    chat.choose("none")
    return [item for _, item in city.comments.said]


class TestWhatCameOfIt:
    def told(self) -> tuple[SmallCity, ScriptedChat, str]:
        city, chat = taking_part()
        comment(chat, "no", "lot", "Type in facts with care")
        item = next(item for _, item in city.comments.said)
        key, idea = city.comments.suggestions[0]
        marked = replace(idea, verdict=Verdict.PARTLY, why="Shorter is better", is_open=True)
        city.comments.suggestions[0] = (key, marked)
        code, level = item[:-2], int(item[-2])
        city.comments.changes.append(
            Change(item, Act.REWORD, code, level, "Put facts into a sheet", "Many said so")
        )
        return city, chat, item

    def test_nothing_is_told_while_the_team_still_reads(self) -> None:
        _, chat, _ = self.told()
        chat.send("/codesign")
        chat.choose("came")

        assert "codesign.came_working_nothing" in chat.said

    def test_ones_own_suggestion_and_what_changed_are_told_with_the_reason(self) -> None:
        city, chat, _ = self.told()
        city.comments.parts[ROUND.id] = replace(city.comments.parts[ROUND.id], is_told=True)
        chat.send("/codesign")
        chat.choose("came")
        own, change = (one.values["entry"] for one in chat.last.values["lines"])

        assert chat.last.text_id == "codesign.came_told"
        assert (own.id, own.values["why"]) == ("codesign.own_why", "Shorter is better")
        assert own.values["state"].id == "codesign.verdict.partly"
        assert change.id == "codesign.change.reword"
        assert change.values["now"] == "Put facts into a sheet"
        assert change.values["why"] == "Many said so"

    def test_what_a_new_version_changed_is_told_without_anybody_pressing(self) -> None:
        city, chat, item = self.told()
        live = city.comments.frameworks[ROUND.new.framework]
        changed = tuple(
            Revision(item=item, act="drop", was=f"Old {number}", why="x", round=ROUND.new.title)
            for number in range(3)
        )
        city.comments.frameworks[live.id] = live.model_copy(update={"revisions": changed})
        chat.send("/codesign")
        chat.choose("came")

        assert chat.last.text_id == "codesign.came_published"
        assert (chat.last.values["page"], chat.last.values["pages"]) == (1, 2)
        chat.choose("next")
        assert [one.values["entry"].values["was"] for one in chat.last.values["lines"]] == [
            "Old 1",
            "Old 2",
        ]
        chat.choose("enough")
        assert chat.outcome.next.flow == "menu"

    def test_hidden_words_are_not_said_again(self) -> None:
        city, chat, _ = self.told()
        city.comments.parts[ROUND.id] = replace(city.comments.parts[ROUND.id], is_told=True)
        key, idea = city.comments.suggestions[0]
        city.comments.suggestions[0] = (key, replace(idea, verdict=Verdict.HIDDEN, words=""))
        chat.send("/codesign")
        chat.choose("came")

        assert chat.last.values["lines"][0].values["entry"].id == "codesign.own_hidden"

    def test_a_round_that_is_over_still_tells(self) -> None:
        city, chat, _ = self.told()
        city.comments.now = AT.replace(month=3)
        city.comments.parts[ROUND.id] = replace(city.comments.parts[ROUND.id], is_told=True)
        chat.send("/codesign")

        assert chat.options == ["answers", "came", "leave"]
        chat.choose("came")
        assert chat.last.text_id == "codesign.came_told"
