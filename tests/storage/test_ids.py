from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from storage.ids import Ids
from storage.instants import instant, micros
from tests.support.databases import MovedClock


def test_an_id_is_a_uuid_of_version_7_that_holds_its_time(clock: MovedClock) -> None:
    made = UUID(hex=Ids(clock).new())
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(clock().timestamp() * 1000)


def test_ids_are_in_order_even_when_the_clock_goes_back(clock: MovedClock) -> None:
    ids = Ids(clock)
    made = [ids.new() for _ in range(1000)]
    clock.move(milliseconds=1)
    made += [ids.new() for _ in range(10)]
    clock.move(hours=-2)
    made += [ids.new() for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_the_counter_runs_over_into_the_next_millisecond(clock: MovedClock) -> None:
    ids = Ids(clock)
    first = ids.new()
    ids._counter = (1 << 42) - 1
    assert ids.new() > first


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_come_back_to_the_microsecond(at: datetime) -> None:
    assert instant(micros(at)) == at
