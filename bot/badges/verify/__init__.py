"""Judging badges, our own and other people's: what was found and what speaks for or against it."""

from bot.badges.verify.judging import judge
from bot.badges.verify.reading import Found, Need, NotJudged, read
from bot.badges.verify.steps import Judgement, Shown, Step, Verdict

__all__ = ["Found", "Judgement", "Need", "NotJudged", "Shown", "Step", "Verdict", "judge", "read"]
