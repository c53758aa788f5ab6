"""The state of a card as the cache keeps it: JSON, exact to the last digit."""

import json
from datetime import UTC, date, datetime, timedelta

from trainer.cache import sealed, unsealed
from trainer.model import Memory
from trainer.progress.replay import CardState

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def state_text(state: CardState) -> str:
    """Return a state as one JSON list, sealed."""
    text = json.dumps(
        [
            {
                point: [each.stability, each.difficulty, each.last_day.toordinal()]
                for point, each in state.memory.items()
            },
            state.reviews,
            state.lapses,
            _number(state.due),
            _number(state.last_day),
            None if state.last_moment is None else (state.last_moment - _EPOCH) // _MILLISECOND,
            state.missed,
            state.returns,
            _number(state.introduced),
            state.suspended,
            _number(state.buried_until),
            state.wording,
            state.seconds,
            state.attempts,
            state.seconds_on_last_day,
            state.misses,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return sealed(text)


def state_from(text: str) -> CardState:
    """Return the state that `state_text` wrote. Raises ValueError for anything else."""
    try:
        (
            memory, reviews, lapses, due, last_day, moment, missed, returns, introduced, suspended, buried, wording,
            seconds, attempts, seconds_on_last_day, misses,
        ) = json.loads(unsealed(text))  # fmt: skip
        return CardState(
            memory={point: Memory(each[0], each[1], date.fromordinal(each[2])) for point, each in memory.items()},
            reviews=reviews,
            lapses=lapses,
            due=_day(due),
            last_day=_day(last_day),
            last_moment=None if moment is None else _EPOCH + moment * _MILLISECOND,
            missed=tuple(missed),
            returns=returns,
            introduced=_day(introduced),
            suspended=suspended,
            buried_until=_day(buried),
            wording=None if wording is None else (wording[0], tuple((point, said) for point, said in wording[1])),
            seconds=(seconds[0], seconds[1], seconds[2]),
            attempts=(attempts[0], attempts[1], attempts[2]),
            seconds_on_last_day=seconds_on_last_day,
            misses=dict(misses),
        )
    except (TypeError, AttributeError, IndexError, KeyError) as error:
        raise ValueError("This is no state of a card.") from error


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)
