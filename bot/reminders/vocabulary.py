"""The words in which people say when to remind them, in each shipped language.

These are words that people type, not words that they read: those live in `content/`. Weekdays,
months and numbers come from the vocabulary that all conversations share.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import time
from typing import Literal, TypeAlias

Half: TypeAlias = Literal["", "am", "pm"]
Period: TypeAlias = Literal["minute", "hour", "day", "week", "month", "year"]


_SAME_LETTERS = str.maketrans({"ي": "ی", "ك": "ک"})


def _folded(words: str) -> str:
    """Return words without marks on their letters, as typed ones are read."""
    apart = unicodedata.normalize("NFKD", words).translate(_SAME_LETTERS)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _set(words: str) -> frozenset[str]:
    return frozenset(_folded(words).split())


def _phrases(words: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(one.split()) for one in _folded(words).split("|"))


def _all_mean(period: Period, words: str) -> dict[str, Period]:
    return dict.fromkeys(_folded(words).split(), period)


@dataclass(frozen=True, eq=False)
class Phrases:
    """The words of one language, in the form that typed words are folded to.

    Attributes:
        every, other: "every", and what makes it every second.
        periods: Lengths of time; `fortnights` are two weeks.
        adverbs: "daily" and its like, with how many of the period.
        working_days, weekends: Groups of weekdays.
        before: Words behind a length of time that lies before an event.
        one: Words for one of a length ("the day before").
        evening_before: Words for the evening of the day before.
        at: Words before an hour.
        soon: Words before a length of time from now.
        parts: Phrases for a part of the day, with the usual time and the half of the day.
        am, pm: Endings of an hour.
        half, quarter, past, to, oclock: Words of the clock.
        stop, remind: Words that together ask to be reminded no more.
        whole: Words beside those that name no reminder of its own: "all my reminders".
        again: Phrases that ask to be asked once more.
        lead_in: How people begin; no part of what they want to be told.
        glue: Words that mean nothing at either end of what they want to be told.
    """

    every: frozenset[str]
    other: frozenset[str]
    periods: dict[str, Period]
    fortnights: frozenset[str]
    adverbs: dict[str, tuple[int, Period]]
    working_days: frozenset[str]
    weekends: frozenset[str]
    before: frozenset[str]
    one: frozenset[str]
    evening_before: frozenset[str]
    at: frozenset[str]
    soon: frozenset[str]
    parts: dict[tuple[str, ...], tuple[time, Half]]
    am: frozenset[str]
    pm: frozenset[str]
    half: frozenset[str]
    quarter: frozenset[str]
    past: frozenset[str]
    to: frozenset[str]
    oclock: frozenset[str]
    stop: frozenset[tuple[str, ...]]
    remind: frozenset[str]
    whole: frozenset[str]
    again: frozenset[tuple[str, ...]]
    lead_in: frozenset[tuple[str, ...]]
    glue: frozenset[str]


_MORNING, _NOON, _AFTERNOON = time(9), time(12), time(14)
_EVENING, _NIGHT, _BED = time(18, 30), time(20), time(21)

ENGLISH = Phrases(
    every=_set("every each evry"),
    other=_set("other second alternate"),
    periods={
        **_all_mean("minute", "minute minutes min mins"),
        **_all_mean("hour", "hour hours hr hrs"),
        **_all_mean("day", "day days"),
        **_all_mean("week", "week weeks"),
        **_all_mean("month", "month months"),
        **_all_mean("year", "year years"),
    },
    fortnights=_set("fortnight fortnights"),
    adverbs={
        "daily": (1, "day"),
        "everyday": (1, "day"),
        "weekly": (1, "week"),
        "fortnightly": (2, "week"),
        "monthly": (1, "month"),
        "yearly": (1, "year"),
        "annually": (1, "year"),
    },
    working_days=_set("weekday weekdays workday workdays"),
    weekends=_set("weekend weekends"),
    before=_set("before beforehand ahead earlier"),
    one=_set("the a an one"),
    evening_before=_set("night evening"),
    at=_set("at by around"),
    soon=_set("in within"),
    parts={
        ("first", "thing"): (time(8), "am"),
        ("after", "breakfast"): (time(8, 30), "am"),
        ("morning",): (_MORNING, "am"),
        ("mornings",): (_MORNING, "am"),
        ("noon",): (_NOON, "pm"),
        ("midday",): (_NOON, "pm"),
        ("lunchtime",): (time(12, 30), "pm"),
        ("lunch", "time"): (time(12, 30), "pm"),
        ("lunch",): (time(12, 30), "pm"),
        ("after", "lunch"): (time(13, 30), "pm"),
        ("dinnertime",): (time(12, 30), "pm"),
        ("afternoon",): (_AFTERNOON, "pm"),
        ("afternoons",): (_AFTERNOON, "pm"),
        ("after", "school"): (time(15, 30), "pm"),
        ("before", "tea"): (time(17), "pm"),
        ("teatime",): (time(17, 30), "pm"),
        ("tea", "time"): (time(17, 30), "pm"),
        ("after", "work"): (time(17, 30), "pm"),
        ("after", "tea"): (_EVENING, "pm"),
        ("after", "dinner"): (_EVENING, "pm"),
        ("evening",): (_EVENING, "pm"),
        ("evenings",): (_EVENING, "pm"),
        ("tonight",): (time(19), "pm"),
        ("night",): (_NIGHT, "pm"),
        ("nights",): (_NIGHT, "pm"),
        ("before", "bed"): (_BED, "pm"),
        ("bedtime",): (_BED, "pm"),
        ("midnight",): (time(0), "am"),
    },
    am=_set("am"),
    pm=_set("pm"),
    half=_set("half"),
    quarter=_set("quarter"),
    past=_set("past"),
    to=_set("to"),
    oclock=_set("oclock"),
    stop=_phrases(
        "stop|cancel|delete|remove|end|no more|dont|do not|never|turn off|switch off|quit"
    ),
    remind=_set("remind reminding reminded reminder reminders"),
    whole=_set(
        "all any my your the these those this every more anymore off send sending now "
        "i you want would like can could"
    ),
    again=_phrases("ask me again|ask again|tell me again"),
    lead_in=_phrases(
        "remind me|please remind me|can you remind me|could you remind me|ask me again|ask me|"
        "tell me|tell me again|nudge me|set a reminder|set reminder|reminder|new reminder|"
        "i want to be reminded|i want a reminder|let me know|wake me|ping me|text me|message me|"
        "i would like a reminder|id like a reminder|id like to be reminded|dont let me forget|"
        "remember"
    ),
    glue=_set(
        "to about of that at on in by for from the a an and or every each please pls thanks "
        "again me i its is it this next coming when with am pm then so just around within starting "
        "starts start begins time oclock"
    ),
)

WELSH = Phrases(
    every=_set("bob pob"),
    other=_set("ail arall"),
    periods={
        **_all_mean("minute", "munud funud munudau funudau"),
        **_all_mean("hour", "awr oriau"),
        **_all_mean("day", "diwrnod ddiwrnod dydd ddydd niwrnod diwrnodau dyddiau"),
        **_all_mean("week", "wythnos wythnosau"),
        **_all_mean("month", "mis fis misoedd"),
        **_all_mean("year", "blwyddyn flwyddyn blynyddoedd"),
    },
    fortnights=_set("pythefnos bythefnos"),
    adverbs={
        "dyddiol": (1, "day"),
        "wythnosol": (1, "week"),
        "misol": (1, "month"),
        "blynyddol": (1, "year"),
    },
    working_days=frozenset(),
    weekends=_set("penwythnos benwythnos penwythnosau"),
    before=_set("cyn ymlaen"),
    one=_set("y yr un"),
    evening_before=_set("noson noswaith"),
    at=_set("am"),
    soon=_set("mewn ymhen"),
    parts={
        ("bore",): (_MORNING, "am"),
        ("fore",): (_MORNING, "am"),
        ("canol", "dydd"): (_NOON, "pm"),
        ("amser", "cinio"): (time(12, 30), "pm"),
        ("ar", "ol", "cinio"): (time(13, 30), "pm"),
        ("prynhawn",): (_AFTERNOON, "pm"),
        ("brynhawn",): (_AFTERNOON, "pm"),
        ("ar", "ol", "te"): (_EVENING, "pm"),
        ("ar", "ol", "swper"): (_EVENING, "pm"),
        ("nos",): (_EVENING, "pm"),
        ("noson",): (_EVENING, "pm"),
        ("heno",): (time(19), "pm"),
        ("cyn", "gwely"): (_BED, "pm"),
        ("hanner", "nos"): (time(0), "am"),
    },
    am=_set("yb"),
    pm=_set("yp yh"),
    half=_set("hanner"),
    quarter=_set("chwarter"),
    past=_set("wedi"),
    to=_set("i"),
    oclock=_set("or gloch"),
    stop=_phrases("stopio|stopiwch|stopia|peidio|peidiwch|paid|dim mwy|canslo"),
    remind=_set("atgoffa nodyn nodiadau atgoffau"),
    whole=_set("pob holl fy eich y yr mwy i ohonyn nhw"),
    again=_phrases("gofynnwch i mi eto|gofynnwch eto"),
    lead_in=_phrases(
        "atgoffwch fi|atgoffa fi|wnewch chi atgoffa fi|gofynnwch i mi eto|gofynnwch eto|"
        "dywedwch wrthyf"
    ),
    glue=_set("i am o y yr ar yn bob pob a ac eto plis diolch"),
)

URDU = Phrases(
    every=_set("ہر har"),
    other=_set("دوسرے دوسری dusre"),
    periods={
        **_all_mean("minute", "منٹ minute minat"),
        **_all_mean("hour", "گھنٹہ گھنٹے ghanta ghante"),
        **_all_mean("day", "دن din دنوں"),
        **_all_mean("week", "ہفتے ہفتوں hafte"),
        **_all_mean("month", "مہینہ مہینے mahina mahine ماہ"),
        **_all_mean("year", "سال saal"),
    },
    fortnights=frozenset(),
    adverbs={"روزانہ": (1, "day"), "rozana": (1, "day"), "روز": (1, "day"), "roz": (1, "day")},
    working_days=frozenset(),
    weekends=frozenset(),
    before=_set("پہلے pehle قبل"),
    one=_set("ایک aik ek"),
    evening_before=frozenset(),
    at=frozenset(),
    soon=frozenset(),
    parts={
        ("صبح",): (_MORNING, "am"),
        ("subah",): (_MORNING, "am"),
        ("دوپہر",): (time(12, 30), "pm"),
        ("dopahar",): (time(12, 30), "pm"),
        ("شام",): (_EVENING, "pm"),
        ("shaam",): (_EVENING, "pm"),
        ("رات",): (_NIGHT, "pm"),
        ("raat",): (_NIGHT, "pm"),
    },
    am=frozenset(),
    pm=frozenset(),
    half=_set("ساڑھے sarhe"),
    quarter=frozenset(),
    past=frozenset(),
    to=frozenset(),
    oclock=_set("بجے baje"),
    stop=_phrases("مت|بند|بند کریں|band|mat|روکیں"),
    remind=_set("یاد یاددہانی یاددہانیاں یاددہانیوں yaad"),
    whole=_set("دہانی دہانیاں دہانیوں میری میرے تمام سب ساری سارے کریں کرو کر دیں")
    | _set("dehani dehaniyan meri mere sab tamam karen karo"),
    again=_phrases("دوبارہ پوچھیں"),
    lead_in=_phrases("مجھے یاد دلائیں|یاد دلائیں|mujhe yaad dilaen|yaad dilaen|دوبارہ پوچھیں"),
    glue=_set("کو پر میں کے لئے لیے ko par mein ke liye دوبارہ phir مجھے mujhe یاد دلائیں"),
)

PHRASES = {"en": ENGLISH, "cy": WELSH, "ur": URDU}


def phrases_of(language: str) -> tuple[Phrases, ...]:
    """Return the person's own words, then the English ones, which many mix in."""
    own = PHRASES.get(language.partition("-")[0], ENGLISH)
    return (own,) if own is ENGLISH else (own, ENGLISH)
