from bot.work.wakeup import Wakeup, chat_topic


async def test_a_wake_up_before_the_wait_is_not_lost() -> None:
    wakeup = Wakeup()
    async with wakeup.subscribe("chat:web:1") as subscription:
        wakeup.notify("chat:web:1")

        assert await subscription.wait(5)


async def test_topics_are_apart_and_waiting_ends() -> None:
    wakeup = Wakeup()
    async with wakeup.subscribe(chat_topic("web", "1")) as subscription:
        wakeup.notify(chat_topic("web", "2"))

        assert not await subscription.wait(0.001)
    wakeup.notify(chat_topic("web", "1"))
