"""What the counting events of one card say of each of its points, one judgement after the other."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from trainer.memory.tuning import Judgement
from trainer.model import Rating
from trainer.progress.events import CardEvent, ResetEvent, ReviewEvent, WordingEvent, moment_of
from trainer.progress.replay import PointsToday, Wording, judged


def point_series(
    events: Iterable[CardEvent],
    day_of: Callable[[datetime], date],
    points_of: PointsToday | None = None,
) -> dict[str, list[Judgement]]:
    """Return the judgements of each point, in the order of the events: what its memory is made of."""
    series: dict[str, list[Judgement]] = defaultdict(list)
    wording: Wording | None = None
    for event in events:
        match event:
            case ReviewEvent():
                missed, recalled = judged(wording, event, points_of)
                day = event.day or day_of(moment_of(event.key))
                for points, rating in ((recalled, event.rating), (missed, Rating.AGAIN)):
                    for point in points:
                        series[point].append(Judgement(event.key, day, rating, event.given))
            case WordingEvent():
                wording = (event.question, tuple(event.points.items()))
            case ResetEvent():
                series.clear()
    return dict(series)
