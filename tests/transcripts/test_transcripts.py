from __future__ import annotations

from pathlib import Path

import pytest

import bot.flows
from bot.conversation import collect_flows
from tests.transcripts.format import Heard, Step, Transcript, in_order, merged, read, write
from tests.transcripts.playing import play, plays
from tests.transcripts.update import transcript_files

TRANSCRIPTS = {path.stem: read(path.read_text()) for path in transcript_files()}
PLAYS = [(name, channel) for name, one in TRANSCRIPTS.items() for channel in plays(one)]


@pytest.mark.parametrize(("name", "channel"), PLAYS)
async def test_the_talk_goes_as_written(tmp_path: Path, name: str, channel: str) -> None:
    transcript = TRANSCRIPTS[name]
    heard = await play(tmp_path, transcript, channel)
    for step, found in zip(transcript.steps, heard, strict=True):
        if found is not None:
            assert _shown(step, found) == _shown(step, in_order(step.expected(channel)))


def _shown(step: Step, heard: list[Heard]) -> str:
    return "\n".join([f"> {step.act}", *(one.written() for one in heard)])


def test_every_flow_has_a_transcript() -> None:
    told = {flow for transcript in TRANSCRIPTS.values() for flow in transcript.flows}
    assert told == {flow.name for flow in collect_flows(bot.flows)}


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_transcript_is_written_as_it_is_read(name: str) -> None:
    text = next(path for path in transcript_files() if path.stem == name).read_text()
    assert write(read(text)) == text


def test_what_both_channels_say_is_written_once() -> None:
    said, edited = Heard("<", ("Hello", "[Yes]")), Heard("~", ("Which? = This",))
    other = Heard("<", ("Only here",))
    assert merged([edited, said], [said, other]) == [
        ("telegram", edited),
        ("", said),
        ("web", other),
    ]


def test_a_step_expects_what_is_written_for_its_channel() -> None:
    step = Step("", "hello", [("", Heard("<", ("Hi",))), ("web", Heard("+", ("file",)))])
    assert [one.kind for one in step.expected("telegram")] == ["<"]
    assert [one.kind for one in step.expected("web")] == ["<", "+"]


def test_messages_keep_their_order_among_edits_and_attachments() -> None:
    one, two = Heard("<", ("One",)), Heard("<", ("Two",))
    file, edit = Heard("+", ("file",)), Heard("~", ("Which?",))
    assert in_order([file, one, edit, two]) == [edit, one, two, file]


def test_a_talk_on_both_channels_at_once_is_played_once() -> None:
    assert plays(Transcript("About", channels=("together",))) == ("telegram",)
