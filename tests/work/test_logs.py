import io
import json
import logging

import pytest
import structlog

from bot.work.logs import configure_logging, redacted

TOKEN = "123456789:AAcanaryCANARYcanaryCANARYcanary123"


@pytest.fixture
def written() -> io.StringIO:
    stream = io.StringIO()
    configure_logging("json", stream=stream)
    return stream


def test_a_token_in_an_address_is_hidden(written: io.StringIO) -> None:
    logging.getLogger("any").warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)

    assert TOKEN not in written.getvalue()
    assert "[hidden]/sendMessage" in written.getvalue()


def test_message_text_and_names_never_reach_the_log(written: io.StringIO) -> None:
    structlog.get_logger().warning("turn.failed", text="canary words", name="Nia", reference="ab12")

    line = json.loads(written.getvalue())
    assert line["reference"] == "ab12"
    assert "canary" not in written.getvalue()
    assert "Nia" not in written.getvalue()


def test_an_exception_leaves_its_places_and_not_its_words(written: io.StringIO) -> None:
    try:
        int("canary words")
    except ValueError:
        structlog.get_logger().exception("turn.failed")

    line = json.loads(written.getvalue())
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["places"]
    assert "canary" not in written.getvalue()


def test_the_passwords_of_databases_are_hidden() -> None:
    assert redacted("postgresql://bot:hunter2@db/bot") == "postgresql://bot:[hidden]@db/bot"
