"""The words in which people type numbers, days and yes or no, in each shipped language.

These are words that people write, not words that they read: those live in `content/`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from bot.conversation.tokens import words_of


def _same(phrase: str) -> str:
    return " ".join(words_of(phrase))


def _row(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _numbered(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Return the value of each word; words of equal value are joined by "|"."""
    return {
        word: first + position * step
        for position, group in enumerate(words.split())
        for word in group.split("|")
    }


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one language. Phrases of several words are written with spaces.

    Attributes:
        numbers: Words for whole numbers that are added up.
        tens: Words that make a smaller number before them ten times as large ("dau ddeg").
        scales: Words that multiply what stands before them.
        ordinals: Positions counted from 1; the last is -1.
        weekdays: Monday is 0.
        days: Phrases for a day, by its distance from today.
        units: Days in a unit, months as 0.
        after: Words before a length of time that lies ahead ("in two weeks").
        following, nearest, previous: "next", "this" and "last", of a weekday.
        negations: Words that turn a meaning round.
        joints: Words between the parts of a list.
        fillers: Words that carry no meaning in an answer.
    """

    numbers: dict[str, int]
    tens: frozenset[str]
    scales: dict[str, int]
    ordinals: dict[str, int]
    weekdays: dict[str, int]
    months: dict[str, int]
    days: dict[str, int]
    units: dict[str, int]
    after: frozenset[str]
    following: frozenset[str]
    nearest: frozenset[str]
    previous: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    negations: frozenset[str]
    joints: frozenset[str]
    everything: frozenset[str]
    nothing: frozenset[str]
    fillers: frozenset[str]

    def __post_init__(self) -> None:
        """Bring every word into the form that typed words have."""
        for one in fields(self):
            table = getattr(self, one.name)
            if isinstance(table, dict):
                made: object = {_same(word): value for word, value in table.items()}
            else:
                made = frozenset(map(_same, table))
            object.__setattr__(self, one.name, made)


ENGLISH = Vocabulary(
    numbers={
        **_numbered(
            "zero|nought one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        ),
        **_numbered("twenty thirty forty|fourty fifty sixty seventy eighty ninety", 20, 10),
        "dozen": 12,
        "couple": 2,
    },
    tens=frozenset(),
    scales={"hundred": 100, "thousand": 1_000, "million": 1_000_000},
    ordinals={
        **_numbered(
            "first|1st second|2nd third|3rd fourth|4th fifth|5th sixth|6th seventh|7th eighth|8th "
            "ninth|9th tenth|10th",
            1,
        ),
        "last": -1,
        "bottom": -1,
        "top": 1,
    },
    weekdays=_numbered(
        "monday|mon tuesday|tue|tues wednesday|wed|weds thursday|thu|thur|thurs friday|fri "
        "saturday|sat sunday|sun"
    ),
    months=_numbered(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
        "september|sep|sept october|oct november|nov december|dec",
        1,
    ),
    days={
        "day after tomorrow": 2,
        "today": 0,
        "tonight": 0,
        "tomorrow": 1,
        "tmrw": 1,
        "yesterday": -1,
    },
    units={"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14}
    | {"month": 0, "months": 0},
    after=frozenset(_row("in after from within")),
    following=frozenset(_row("next following")),
    nearest=frozenset(_row("this coming")),
    previous=frozenset(_row("last past")),
    yes=frozenset(
        [
            *_row("y yes yeah yea yep yup ya aye ok okay sure correct right true definitely yess"),
            "of course",
            "go on",
            "go ahead",
            "i do",
            "i am",
            "i would",
            "sounds good",
            "why not",
        ]
    ),
    no=frozenset(
        [
            *_row("n no nope nah naw never false wrong incorrect"),
            "not really",
            "not now",
            "not yet",
            "i dont",
            "dont",
            "id rather not",
            "no way",
        ]
    ),
    negations=frozenset(_row("not no dont doesnt isnt cant except without never neither nor wont")),
    joints=frozenset(_row("and or plus")),
    everything=frozenset(["all", "everything", "both", "all of them", "all of these", "any"]),
    nothing=frozenset(["none", "nothing", "none of them", "none of these", "neither"]),
    fillers=frozenset(
        _row(
            "please pls thanks thank you the a an one ones i id im ill me my we us would like want "
            "go with think prefer choose pick choice option number nr is it its that this to for "
            "of on at in about around roughly just maybe so um er well there are have got some"
        )
    ),
)

WELSH = Vocabulary(
    numbers={
        **_numbered(
            "dim|sero un dau|dwy|ddau|ddwy tri|tair|dri|dair pedwar|pedair|bedwar|bedair pump|pum "
            "chwech|chwe saith wyth naw"
        ),
        "deuddeg": 12,
        "ddeuddeg": 12,
        "pymtheg": 15,
        "ugain": 20,
    },
    tens=frozenset(_row("deg ddeg")),
    scales={"cant": 100, "gant": 100, "mil": 1_000, "fil": 1_000},
    ordinals={
        **_numbered("cyntaf|gyntaf ail trydydd|trydedd pedwerydd|pedwaredd pumed chweched", 1),
        "olaf": -1,
    },
    weekdays=_numbered("llun mawrth mercher iau gwener sadwrn sul")
    | _numbered("dyllun dymawrth dymercher dyiau dygwener dysadwrn dysul"),
    months=_numbered(
        "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr", 1
    ),
    days={"heddiw": 0, "heno": 0, "yfory": 1, "fory": 1, "drennydd": 2, "ddoe": -1},
    units=_numbered("diwrnod|dydd|ddiwrnod|ddydd|niwrnod|diwrnodau", 1)
    | _numbered("wythnos|wythnosau", 7)
    | _numbered("pythefnos", 14)
    | _numbered("mis|fis|misoedd"),
    after=frozenset(_row("mewn ymhen")),
    following=frozenset(_row("nesaf nesa")),
    nearest=frozenset(_row("hwn yma")),
    previous=frozenset(_row("diwethaf ddiwethaf")),
    yes=frozenset(
        [
            *_row("ie ia ydw ydy ydyn oes do oedd iawn cywir gallaf hoffwn byddaf"),
            "wrth gwrs",
            "os gwelwch yn dda",
        ]
    ),
    no=frozenset(
        [
            *_row("na nage nac naddo anghywir"),
            "nac ydw",
            "nac ydy",
            "nac oes",
            "dim diolch",
            "dim nawr",
            "ddim yn siwr",
        ]
    ),
    negations=frozenset(_row("ddim nid heb nac")),
    joints=frozenset(_row("a ac neu")),
    everything=frozenset(["popeth", "pob un", "y cyfan", "y ddau"]),
    nothing=frozenset(["dim un", "dim byd", "yr un"]),
    fillers=frozenset(
        _row("y yr os gwelwch yn dda plis diolch rhif opsiwn dewis fi i eisiau hoffwn dydd am ar")
    ),
)

URDU = Vocabulary(
    numbers={
        **_numbered(
            "صفر|sifar ایک|aik|ek دو|do تین|teen چار|char|chaar پانچ|panch|paanch چھ|چھے|chay|chhe "
            "سات|saat آٹھ|aath نو|nau دس|das گیارہ|gyarah بارہ|barah تیرہ|terah چودہ|chaudah "
            "پندرہ|pandrah سولہ|solah سترہ|satrah اٹھارہ|atharah انیس|unnees بیس|bees اکیس|ikkees "
            "بائیس|baees تئیس|teiis چوبیس|chaubees پچیس|pachees"
        ),
        **_numbered(
            "تیس|tees چالیس|chalees پچاس|pachas ساٹھ|saath ستر|sattar اسی نوے|navway", 30, 10
        ),
    },
    tens=frozenset(),
    scales={"سو": 100, "ہزار": 1_000, "hazar": 1_000},
    ordinals={
        **_numbered(
            "پہلا|پہلی|پہلے|pehla|pehli دوسرا|دوسری|دوسرے|dusra|dusri تیسرا|تیسری|teesra|teesri "
            "چوتھا|چوتھی|chautha پانچواں|پانچویں|panchwan چھٹا|چھٹی",
            1,
        ),
        "آخری": -1,
        "akhri": -1,
    },
    weekdays=_numbered(
        "پیر|سوموار|peer|pir منگل|mangal بدھ|budh جمعرات|jumerat|jumeraat جمعہ|جمعے|juma|jumma "
        "ہفتہ|سنیچر|hafta اتوار|itwar|itwaar"
    ),
    months=_numbered(
        "جنوری|janwari فروری|farwari مارچ اپریل|aprail مئی جون جولائی|julai "
        "اگست|agast ستمبر|sitambar "
        "اکتوبر نومبر دسمبر|disambar",
        1,
    ),
    days={"آج": 0, "aaj": 0, "کل": 1, "kal": 1, "پرسوں": 2, "parson": 2},
    units=_numbered("دن|din|دنوں", 1)
    | _numbered("ہفتے|ہفتوں|hafte", 7)
    | _numbered("مہینہ|مہینے|mahina|mahine"),
    after=frozenset(_row("میں بعد mein baad")),
    following=frozenset(_row("اگلا اگلے اگلی agla agle agli")),
    nearest=frozenset(_row("اس is")),
    previous=frozenset(_row("پچھلا پچھلے پچھلی pichla pichle")),
    yes=frozenset(
        [*_row("ہاں جی haan han ha ji بالکل bilkul ٹھیک theek درست"), "جی ہاں", "ji haan", "ji han"]
    ),
    no=frozenset(
        [
            *_row("نہیں نہ نا nahi nahin nai naheen غلط"),
            "جی نہیں",
            "ji nahi",
            "ji nahin",
            "abhi nahi",
            "ابھی نہیں",
        ]
    ),
    negations=frozenset(_row("نہیں نہ مت nahi nahin بغیر")),
    joints=frozenset(_row("اور یا aur")),
    everything=frozenset(["سب", "تمام", "دونوں", "sab", "dono"]),
    nothing=frozenset(["کوئی نہیں", "کچھ نہیں", "koi nahi", "kuch nahi"]),
    fillers=frozenset(
        _row(
            "براہ کرم مہربانی پلیز شکریہ مجھے چاہیے چاہئے والا والی "
            "نمبر میں کو ہے کا کی mujhe chahiye"
        )
    ),
)

VOCABULARIES = {"en": ENGLISH, "cy": WELSH, "ur": URDU}


def vocabulary_of(language: str) -> Vocabulary:
    """Return the words of a language; English for one without its own."""
    return VOCABULARIES.get(language.partition("-")[0], ENGLISH)


def in_order(language: str) -> tuple[Vocabulary, ...]:
    """Return the person's own vocabulary, then the others."""
    return _every[vocabulary_of(language)]


def spoken(language: str) -> tuple[Vocabulary, ...]:
    """Return the person's own vocabulary, then English: the words of others mean other things."""
    return _spoken[vocabulary_of(language)]


_every = {
    own: (own, *(one for one in VOCABULARIES.values() if one is not own))
    for own in VOCABULARIES.values()
}
_spoken = {own: tuple(dict.fromkeys((own, ENGLISH))) for own in VOCABULARIES.values()}
