"""The format of a transcript: what a person does, and what the bot must answer.

    Somebody keeps a course.                     what it is about, in the first line
    flows: saved, course                         the flows that it holds together
    channels: telegram, web                      played on each; "together": one play on both
    person: resident                             or "newcomer", who has not seen the notice

    > /saved                                     typed
    > [Find courses]                             pressed: the newest button with this label
    > [Change] under "What would you"            pressed on the newest message with these words
    > [Save it] twice                            a double tap
    > (shares 53.46, -2.25)                      a location
    > (waits 6 minutes)                          time passes, and what is due is done
    > (the college withdraws excel)              the catalogue changes; see `house`
    > (the city writes to everybody)             a campaign for whoever hears news
    > (an employer invites)                      so do others: see `tests.support.talent_acts`
    > (the team opens a round)                   of comments; its link is codesign_ROUND
    > (the team decides in it)                   what becomes of what was suggested
    telegram> (edits "excel" to "bread")         done on one channel alone; or blocks, unblocks
    < Nothing is saved yet.                      a message; further lines begin with two spaces
      [Find courses] [Menu]
    telegram~ Which language? = **English**      an older message that now reads so
    telegram+ venue Hall, Hulme                  an attachment

A mark without a channel before it stands for every channel of the transcript.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

CHANNELS = ("telegram", "web")
TOGETHER = "together"
_ACT = re.compile(r"(telegram|web|)> (.+)")
_HEARD = re.compile(r"(telegram|web|)([<~+]) (.*)")
_ORDER = "~<+"


class TranscriptError(ValueError):
    """A transcript that cannot be read."""


@dataclass(frozen=True)
class Heard:
    """What a person saw on a channel: "<" a message, "~" an edit of one, "+" an attachment."""

    kind: str
    lines: tuple[str, ...]

    def written(self, channel: str = "") -> str:
        first, *rest = self.lines or ("",)
        return "\n".join([f"{channel}{self.kind} {first}", *(f"  {line}" for line in rest)])


@dataclass
class Step:
    """One act and what must follow; a channel of "" means every channel."""

    channel: str
    act: str
    heard: list[tuple[str, Heard]] = field(default_factory=list)

    def is_on(self, channel: str) -> bool:
        return self.channel in ("", channel)

    def expected(self, channel: str) -> list[Heard]:
        return [heard for at, heard in self.heard if at in ("", channel)]


@dataclass
class Transcript:
    """A whole file."""

    about: str
    flows: tuple[str, ...] = ()
    channels: tuple[str, ...] = CHANNELS
    person: str = "resident"
    steps: list[Step] = field(default_factory=list)

    @property
    def is_together(self) -> bool:
        """Whether one play goes back and forth between the channels."""
        return self.channels == (TOGETHER,)


def read(text: str) -> Transcript:
    """Read a transcript.

    Raises:
        TranscriptError: A line fits nowhere; the message says which.
    """
    header, _, body = text.partition("\n\n")
    about, *settings = header.splitlines()
    transcript = Transcript(about)
    for line in settings:
        name, _, value = line.partition(": ")
        names = tuple(part.strip() for part in value.split(","))
        if name in ("flows", "channels"):
            setattr(transcript, name, names)
        elif name == "person":
            transcript.person = value
        else:
            raise TranscriptError(f"unknown setting: {line!r}")
    transcript.steps = list(_steps(body))
    return transcript


def _steps(body: str) -> Iterator[Step]:
    step: Step | None = None
    for number, line in enumerate(body.splitlines(), 1):
        if act := _ACT.fullmatch(line):
            if step is not None:
                yield step
            step = Step(act[1], act[2])
        elif step is not None and (heard := _HEARD.fullmatch(line)):
            step.heard.append((heard[1], Heard(heard[2], (heard[3],))))
        elif step is not None and step.heard and line.startswith("  "):
            channel, last = step.heard[-1]
            step.heard[-1] = (channel, Heard(last.kind, (*last.lines, line[2:])))
        elif line.strip():
            raise TranscriptError(f"line {number} of the talk: {line!r}")
    if step is not None:
        yield step


def write(transcript: Transcript) -> str:
    """Write a transcript as `read` reads it."""
    lines = [transcript.about, f"flows: {', '.join(transcript.flows)}"]
    if transcript.channels != CHANNELS:
        lines.append(f"channels: {', '.join(transcript.channels)}")
    lines += [f"person: {transcript.person}"]
    for step in transcript.steps:
        lines += ["", f"{step.channel}> {step.act}"]
        lines += [heard.written(channel) for channel, heard in step.heard]
    return "\n".join(lines) + "\n"


def in_order(heard: Iterable[Heard]) -> list[Heard]:
    """Put edits first and attachments last: between them the channels promise no order."""
    return sorted(heard, key=lambda one: _ORDER.index(one.kind))


def merged(
    telegram: Sequence[Heard] | None, web: Sequence[Heard] | None
) -> list[tuple[str, Heard]]:
    """Join what two channels heard: what both did is written once, the rest under its channel."""
    if telegram is None or web is None:
        return [("", heard) for heard in telegram or web or ()]
    found: list[tuple[str, Heard]] = []
    matcher = SequenceMatcher(None, telegram, web, autojunk=False)
    for tag, start, end, web_start, web_end in matcher.get_opcodes():
        if tag == "equal":
            found += [("", heard) for heard in telegram[start:end]]
        else:
            found += [("telegram", heard) for heard in telegram[start:end]]
            found += [("web", heard) for heard in web[web_start:web_end]]
    return found
