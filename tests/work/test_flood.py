from bot.work.flood import NOTICE_EVERY, FloodControl, Verdict

CHAT = ("telegram", "bot", "1")
OTHER = ("telegram", "bot", "2")


def test_a_burst_passes_and_a_flood_gets_one_notice() -> None:
    flood = FloodControl(burst=5, per_second=1)

    verdicts = [flood.judge(CHAT, 0.02 * n) for n in range(50)]

    assert verdicts[:5] == [Verdict.TAKE] * 5
    assert verdicts[5] is Verdict.NOTICE
    assert verdicts.count(Verdict.NOTICE) == 1


def test_others_are_not_held_up() -> None:
    flood = FloodControl(burst=5, per_second=1)
    for n in range(100):
        flood.judge(CHAT, 0.02 * n)

    assert flood.judge(OTHER, 2.0) is Verdict.TAKE


def test_patience_is_repaid_and_a_later_flood_is_noticed_again() -> None:
    flood = FloodControl(burst=2, per_second=1)
    for _ in range(4):
        flood.judge(CHAT, 0.0)

    assert flood.judge(CHAT, 3.0) is Verdict.TAKE
    for _ in range(4):
        flood.judge(CHAT, NOTICE_EVERY + 1)
    assert flood.judge(CHAT, NOTICE_EVERY + 1.1) is Verdict.DROP
