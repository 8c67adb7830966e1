"""Plays transcripts: on each channel, with the program dropped and built anew between acts."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from bot.campaigns.content import Button
from bot.people import Role
from bot.web.chat.address import address_of
from storage import Unit
from tests.support.fake_bot_api import FakeBotApi
from tests.support.opened_rounds import decide, open_round
from tests.support.run_campaigns import begin, plan
from tests.support.talent_acts import act as act_on_talent
from tests.support.talent_acts import become_seeker
from tests.transcripts.courses import PROVIDER
from tests.transcripts.format import CHANNELS, Heard, Step, Transcript, in_order, merged
from tests.transcripts.house import House, change_catalogue, introduced_once
from tests.transcripts.sides import Side, Tokens
from tests.transcripts.telegram_side import CHAT, TelegramSide
from tests.transcripts.web_side import COOKIE, WebSide

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
BETWEEN_ACTS = timedelta(seconds=20)
CAMPAIGN = plan(
    "**Open day**\n\nCome and look around.",
    Button("look", "open", "find_excel"),
    Button("yes", "poll"),
    Button("no", "poll"),
)
NOTICE = "1"

_PRESS = re.compile(r'\[(?P<label>.+)\](?P<twice> twice)?(?: under "(?P<under>.+)")?')
_SHARE = re.compile(r"\(shares (-?[\d.]+), (-?[\d.]+)\)")
_EDIT = re.compile(r'\(edits "(.+)" to "(.+)"\)')
_BLOCK = re.compile(r"\((un)?blocks the bot\)")
_CHANGE = re.compile(r"\(the college (.+)\)")
_CAMPAIGN = re.compile(r"\(the city writes to everybody\)")
_ROUND = re.compile(r"\(the team (opens a round|decides in it)\)")
_TALENT = re.compile(r"\((an employer invites|an employer writes|staff .+ it|somebody says yes)\)")
_WAIT = re.compile(r"\(waits (\d+) (minutes|hours|days)\)")


@dataclass
class Stage:
    """One person, the program, and the clock of a play."""

    house: House
    sides: Mapping[str, Side]
    tokens: Tokens
    clock: time_machine.Traveller

    async def take(self, channel: str, act: str) -> list[Heard]:
        """Let the person act on a channel; return all that they hear of it there."""
        side = self.sides[channel]
        if wait := _WAIT.fullmatch(act):
            self.clock.shift(timedelta(**{wait[2]: int(wait[1])}))
            await self.house.tick()
        elif change := _CHANGE.fullmatch(act):
            await self.house.app.database.write(lambda unit: change_catalogue(unit, change[1]))
            await self.house.tick()
        elif _CAMPAIGN.fullmatch(act):
            await self.house.app.database.write(lambda unit: begin(unit, CAMPAIGN))
            await self.house.campaigns_over()
        elif talent := _TALENT.fullmatch(act):
            await self.house.app.database.write(lambda unit: act_on_talent(unit, talent[1]))
            await self.house.tick()
        elif step := _ROUND.fullmatch(act):
            await self._round(step[1])
        else:
            await _acted(side, self.tokens.revealed(act))
        await self.house.settled()
        heard = in_order(await side.heard())
        self.clock.shift(BETWEEN_ACTS)
        return heard

    async def _round(self, step: str) -> None:
        if step == "decides in it":
            await self.house.app.database.write(decide)
            return
        token = await self.house.app.database.write(open_round)
        self.tokens.name(token, "ROUND")

    async def begin_again(self) -> None:
        """Drop the program as a kill would, and build it anew on the same file."""
        await self.house.drop()
        await self.house.start()


async def _acted(side: Side, act: str) -> None:
    if press := _PRESS.fullmatch(act):
        await side.press(press["label"], press["under"] or "", 2 if press["twice"] else 1)
    elif place := _SHARE.fullmatch(act):
        await side.share(float(place[1]), float(place[2]))
    elif edit := _EDIT.fullmatch(act):
        await side.edit(edit[1], edit[2])
    elif block := _BLOCK.fullmatch(act):
        await side.block(not block[1])
    else:
        await side.type(act)


@asynccontextmanager
async def stage(folder: Path, person: str) -> AsyncIterator[Stage]:
    """Set up a play for a person in a world where it is ten o'clock on Monday 23 November 2026."""
    async with AsyncExitStack() as opened:
        clock = opened.enter_context(time_machine.travel(START, tick=True))
        fake = await opened.enter_async_context(FakeBotApi())
        opened.enter_context(introduced_once())
        house, tokens = House(folder, fake.url), Tokens()
        await house.start()
        opened.push_async_callback(house.drop)
        await house.app.database.write(lambda unit: _admit(unit, person, tokens))
        is_known = person not in ("newcomer", "invited")
        web = await opened.enter_async_context(
            WebSide(lambda: house.url, tokens, is_known=is_known)
        )
        sides: dict[str, Side] = {"telegram": TelegramSide(fake, tokens), "web": web}
        for side in sides.values():
            await side.begin()
        yield Stage(house, sides, tokens, clock)
        assert not fake.problems


def _admit(unit: Unit, person: str, tokens: Tokens) -> None:
    """Make the person known to the degree that the transcript asks for."""
    tokens.name(unit.staff.invite(Role.EDITOR, ("manchester",)), "INVITATION")
    if person in ("newcomer", "invited"):
        return
    addresses = {"telegram": ("4200000001", str(CHAT)), "web": ("web", address_of(COOKIE))}
    for channel, address in addresses.items():
        known = unit.people.ensure(channel, *address, city="manchester")
        unit.people.accept_notice(known.id, NOTICE, channel)
        if person == "editor":
            unit.staff.grant(known.id, Role.EDITOR, ("manchester",), channel=channel)
        if person == "seeker":
            become_seeker(unit, known.id)
        if person == "provider":
            unit.staff.grant(known.id, Role.PROVIDER, ("manchester",), provider=PROVIDER)


async def play(folder: Path, transcript: Transcript, channel: str) -> list[list[Heard] | None]:
    """Play a transcript on a channel; return what was heard at each step, None where not acted."""
    found: list[list[Heard] | None] = []
    async with stage(folder, transcript.person) as scene:
        for number, step in enumerate(transcript.steps):
            at = step.channel if transcript.is_together else channel
            if not step.is_on(at):
                found.append(None)
                continue
            if number:
                await scene.begin_again()
            try:
                found.append(await scene.take(at, step.act))
            except AssertionError as error:
                seen = [heard.written() for heard in found[-1] or ()] if found else []
                error.add_note("\n".join([*seen, f"{at}> {step.act}   (act {number + 1})"]))
                raise
    return found


def plays(transcript: Transcript) -> tuple[str, ...]:
    """Return the channels on which a transcript is played."""
    return ("telegram",) if transcript.is_together else transcript.channels


async def rewritten(folder: Path, transcript: Transcript) -> Transcript:
    """Play a transcript everywhere and return it with what was heard."""
    heard: dict[str, list[list[Heard] | None]] = {}
    for channel in plays(transcript):
        heard[channel] = await play(folder / channel, transcript, channel)
    steps = [
        replace(step, heard=_heard_at(number, step, transcript, heard))
        for number, step in enumerate(transcript.steps)
    ]
    return replace(transcript, steps=steps)


def _heard_at(
    number: int,
    step: Step,
    transcript: Transcript,
    heard: Mapping[str, list[list[Heard] | None]],
) -> list[tuple[str, Heard]]:
    if transcript.is_together or len(transcript.channels) == 1 or step.channel:
        [found] = [one for all_heard in heard.values() if (one := all_heard[number]) is not None]
        return [("", one) for one in found]
    telegram, web = (heard[channel][number] for channel in CHANNELS)
    return merged(telegram, web)
