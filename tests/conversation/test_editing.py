"""Rules 5 and 8: editing earlier answers, effects, looks and what reads differently."""

from collections.abc import Callable

from bot.conversation import AskText, Chat, Pick, Text, YesNo, flow
from bot.errors import Refused
from tests.conversation.examples import Redeem, Save, Send, Unsave, options
from tests.support.scripted_chat import ScriptedChat

Talk = Callable[..., ScriptedChat]


def saved(talk: Talk) -> ScriptedChat:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    chat.choose("excel-online-2")
    assert chat.applied == [Save("excel-online-2")]
    return chat


def test_an_edit_in_front_of_a_look_and_an_effect_replaces_both(talk: Talk) -> None:
    chat = saved(talk)
    chat.press("where", "nearby")
    assert chat.last.text_id == "learn.ask_place"
    assert chat.applied == [Save("excel-online-2")], "it stands until answered past"
    chat.send("Moss Side")
    assert chat.last.text_id == "learn.results"
    assert chat.options[0] == "excel-nearby-1"
    chat.choose("excel-nearby-3")
    assert chat.applied[-2:] == [Unsave("excel-online-2"), Save("excel-nearby-3")]
    assert chat.last.text_id == "learn.ask_remind"


def test_an_edit_back_again_changes_nothing(talk: Talk) -> None:
    chat = saved(talk)
    chat.press("where", "nearby")
    chat.press("where", "online")
    assert chat.applied == [Save("excel-online-2")]
    assert chat.last.text_id == "learn.ask_remind"


def test_what_reads_differently_now_is_sent_again(talk: Talk) -> None:
    chat = talk(
        "learn", looks={"find": lambda wish, where: [f"{where}-1", f"{where}-2"][: len(wish)]}
    )
    chat.send("excel")
    chat.choose("online")
    chat.choose("online-1")
    chat.change("wish")
    chat.send("x")
    assert [say.text.values for say in chat.outcome.changed] == [{"count": 1, "wish": "x"}]
    assert chat.outcome.is_same_screen
    assert chat.last.text_id == "learn.ask_remind"


def test_back_and_another_answer_undoes_and_says_nothing_twice(talk: Talk) -> None:
    chat = saved(talk)
    chat.back()
    assert chat.applied == [Save("excel-online-2")]
    chat.choose("excel-online-2")
    assert chat.applied == [Save("excel-online-2")]
    chat.back()
    chat.choose("excel-online-1")
    assert chat.applied[1:] == [Unsave("excel-online-2"), Save("excel-online-1")]


def test_an_effect_that_the_new_path_leaves_out_is_undone_and_said() -> None:
    @flow("maybe")
    async def maybe(chat: Chat) -> None:
        if await chat.ask("want", YesNo(Text("maybe.want"))):
            chat.do("save", Save("c1"))
        await chat.ask("more", AskText(Text("maybe.more")))

    chat = ScriptedChat([maybe])
    chat.start("maybe")
    chat.send("yes")
    assert chat.applied == [Save("c1")]
    chat.press("want", "no")
    assert chat.applied == [Save("c1"), Unsave("c1")]
    assert "conversation.undone" in chat.said
    chat.press("want", "yes")
    assert chat.applied[-1] == Save("c1")


def test_a_final_effect_refuses_a_back_and_an_edit(talk: Talk) -> None:
    chat = talk("letter")
    chat.send("Ann")
    chat.send("yes")
    assert chat.applied == [Send("Ann")]
    before = chat.session
    acts: tuple[Callable[[], object], ...] = (
        lambda: chat.press("sure", "no"),
        chat.back,
        lambda: edit_name(chat),
    )
    for act in acts:
        act()
        assert chat.outcome.status == "refused"
        assert chat.said == ["example.already_sent", "letter.sent"]
        assert chat.last.text_id == "letter.ask_rating"
        assert before is not None
        assert chat.session.log == before.log
        chat.look_again()
    chat.send("4")
    chat.back()
    assert chat.outcome.status == "live"
    assert chat.applied == [Send("Ann")]


def edit_name(chat: ScriptedChat) -> None:
    chat.edit("m1", "Bob")


def test_a_refused_effect_is_an_event_that_the_flow_reads(talk: Talk) -> None:
    def full(effect: Save) -> None:
        if effect.course.endswith("2"):
            raise Refused("course.full")

    chat = talk("learn", effects={"Save": full})
    chat.send("excel")
    chat.choose("online")
    chat.choose("excel-online-2")
    assert chat.said == ["course.full"]
    assert chat.applied == []
    chat.back()
    chat.choose("excel-online-1")
    assert chat.said == ["learn.saved"]


def test_a_refusal_that_the_flow_does_not_read_is_told_all_the_same() -> None:
    @flow("deaf")
    async def deaf(chat: Chat) -> None:
        await chat.ask("one", AskText(Text("deaf.one")))
        chat.do("save", Save("c1"))
        await chat.ask("two", AskText(Text("deaf.two")))

    def refuse(_effect: Save) -> None:
        raise Refused("course.full")

    chat = ScriptedChat([deaf], effects={"Save": refuse})
    chat.start("deaf")
    chat.send("go")
    assert chat.said == ["course.full"]
    assert chat.last.text_id == "deaf.two"


def test_an_effect_declares_undo_or_final() -> None:
    from tests.conversation.examples import Careless

    @flow("careless")
    async def careless(chat: Chat) -> None:
        chat.do("note", Careless("x"))

    chat = ScriptedChat([careless], is_strict=False)
    outcome = chat.start("careless")
    assert outcome.failure is not None
    assert "neither final nor undone" in str(outcome.failure.error)


def test_a_call_decides_the_talk_in_the_same_turn(talk: Talk) -> None:
    chat = talk("code")
    chat.send("TIN")
    assert chat.said == ["code.unknown"]
    chat.send("GOLD")
    assert chat.said == ["code.redeemed"]
    assert chat.applied == [Redeem("GOLD")]
    chat.look_again()
    assert chat.applied == [Redeem("GOLD")], "its result is in the log"
    chat.choose("find")
    assert chat.session.flow == "learn"
    assert chat.session.opening.args == {"wish": "badges"}


def test_a_call_left_behind_is_forgotten_and_made_anew() -> None:
    @flow("shelf")
    async def shelf(chat: Chat) -> None:
        act = await chat.ask("act", Pick(Text("shelf.act"), options("keep", "leave")))
        if act == "keep":
            await chat.call("keep", Save("c1"))
        await chat.ask("end", Pick(Text("shelf.end"), options("end")))

    chat = ScriptedChat([shelf])
    chat.start("shelf")
    chat.choose("keep")
    chat.back()
    chat.choose("leave")
    assert chat.applied == [Save("c1")], "a call is not undone"
    chat.back()
    chat.choose("keep")
    assert chat.applied == [Save("c1"), Save("c1")]


def test_an_edited_message_changes_the_answer_that_it_gave(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    chat.edit("m1", "sewing")
    assert chat.options[0] == "sewing-online-1"
    chat.edit("m99", "nothing")
    assert type(chat.route).__name__ == "Ignored"


def test_the_same_answer_again_closes_a_question_that_was_opened(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    chat.change("wish")
    chat.send("excel")
    assert not chat.outcome.is_repeat
    assert chat.outcome.answered.shown == Text("answer.text", {"text": "excel"})
    assert chat.last.text_id == "learn.results"


def test_a_double_tap_leaves_an_open_doubt_alone(talk: Talk) -> None:
    chat = talk("learn")
    for words in ("excel", "nearby", "hulme"):
        chat.send(words)
    chat.press("where", "nearby")
    assert chat.outcome.is_repeat
    chat.choose("-2")
    assert chat.last.text_id == "learn.results"


def test_a_button_of_a_question_that_was_left_shows_how_it_is_now(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    left = chat.question
    chat.back()
    chat.press_nonce(left.nonce, "excel-online-1")
    assert chat.outcome.explained == "gone"
    assert chat.hint == "conversation.gone"
    assert chat.last.text_id == "learn.ask_where"


def test_change_opens_the_question_and_back_closes_it_again(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    chat.change("where")
    assert chat.question.is_change
    assert chat.last.text_id == "learn.ask_where"
    chat.back()
    assert chat.last.text_id == "learn.results"
    chat.change("where")
    chat.send("nonsense words")
    assert chat.last.text_id == "learn.ask_where"
    assert chat.hint == "conversation.again.choice"
    chat.send("nearby")
    assert chat.last.text_id == "learn.ask_place"
