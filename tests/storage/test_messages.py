from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Attachment, Card, Choice, Incoming, Message, Press, Span
from storage.messages import dump_incoming, dump_message, load_incoming, load_message

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SPANS = st.builds(Span, WORDS, st.sampled_from(["", "bold", "italic", "code"]), WORDS)
RICH = st.lists(SPANS, max_size=3).map(tuple)
MESSAGES = st.builds(
    Message,
    text=RICH,
    language=st.sampled_from(["en", "cy", "ur"]),
    kind=st.sampled_from(["say", "question", "answered", "closed"]),
    key=WORDS,
    nonce=WORDS,
    cards=st.lists(
        st.builds(Card, RICH, st.lists(RICH, max_size=2).map(tuple), WORDS, WORDS), max_size=2
    ).map(tuple),
    choices=st.lists(st.builds(Choice, WORDS, WORDS, WORDS, st.booleans()), max_size=3).map(tuple),
    attachments=st.lists(
        st.builds(
            Attachment,
            st.sampled_from(["calendar", "venue", "document", "picture"]),
            st.dictionaries(WORDS, WORDS, max_size=2),
        ),
        max_size=2,
    ).map(tuple),
    wants=st.sampled_from(["", "text", "location"]),
    progress=st.none() | st.tuples(st.integers(0, 50), st.integers(1, 50)),
)
INCOMING = st.builds(
    Incoming,
    channel=st.just("web"),
    bot=st.just("web"),
    update_id=st.just("1"),
    chat=st.just("c"),
    kind=st.sampled_from(["text", "press", "location", "edited", "blocked", "unblocked"]),
    at=st.datetimes(timezones=st.just(UTC)),
    text=WORDS,
    press=st.none() | st.builds(Press, WORDS, WORDS),
    place=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    language=WORDS,
    message_id=WORDS,
    callback_id=WORDS,
)


@given(MESSAGES)
def test_a_message_comes_back_as_it_was(message: Message) -> None:
    assert load_message(dump_message(message)) == message


@given(INCOMING)
def test_an_incoming_message_comes_back_as_it_was(incoming: Incoming) -> None:
    stored = dump_incoming(incoming)
    assert load_incoming(stored, "web", "web", "1", "c") == incoming


def test_a_message_whose_words_were_removed_is_an_empty_one() -> None:
    assert load_message("") == Message(text=())


def test_defaults_take_no_room() -> None:
    assert dump_message(Message(text=(Span("Hello"),))) == '{"text":["Hello"]}'
