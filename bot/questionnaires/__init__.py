"""Questionnaires: questions as content, asked one by one, answered and kept under their version."""

from bot.questionnaires.answering import Refused, accept, skip, suggested
from bot.questionnaires.keeping import BadAnswers, dump_answers, load_answers
from bot.questionnaires.records import (
    OTHER,
    SKIPPED,
    Answers,
    Filled,
    GridCell,
    Key,
    Progress,
    Step,
    Value,
)
from bot.questionnaires.reviewing import Line, read_back, review
from bot.questionnaires.walking import (
    find_step,
    kept,
    needed,
    next_step,
    progress,
    step_before,
    steps,
)

__all__ = [
    "OTHER",
    "SKIPPED",
    "Answers",
    "BadAnswers",
    "Filled",
    "GridCell",
    "Key",
    "Line",
    "Progress",
    "Refused",
    "Step",
    "Value",
    "accept",
    "dump_answers",
    "find_step",
    "kept",
    "load_answers",
    "needed",
    "next_step",
    "progress",
    "read_back",
    "review",
    "skip",
    "step_before",
    "steps",
    "suggested",
]
