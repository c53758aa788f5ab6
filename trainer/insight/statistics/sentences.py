"""What the numbers mean, a sentence or two each."""

from datetime import timedelta

from trainer.collection.collection import Collection
from trainer.insight.statistics.statistics import Statistics
from trainer.insight.words import in_days, percent, time_words
from trainer.memory.tuning import ENOUGH
from trainer.text import counted, shorten

ENOUGH_DAYS = 7
"""Days of history from which on a curve is drawn."""
ENOUGH_TESTS = 30
"""Reviews from which on coverage is judged."""
ENOUGH_TIMES = 30
ENOUGH_RATINGS = 10
ENOUGH_POINTS = 10
FIT_TO_COME = f"From {ENOUGH} reviews on the forecast can be fitted to you."
ANSWER = "the answer"
"""How the only point of a card without key points is called."""
_WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def has_history(found: Statistics) -> bool:
    """Return whether there is enough to show a course."""
    return found.oldest is not None and (found.today - found.oldest).days >= ENOUGH_DAYS


def known(found: Statistics) -> str:
    """Say how many points are known, and how many more than before."""
    asked, now = found.known.asked[-1], round(found.known.known[-1])
    if not asked:
        return "Nothing of this was asked yet; this fills with your first answers."
    said = f"You would make about {now:,} of the {counted(asked, 'point')} asked so far"
    if not has_history(found):
        return f"{said}. After {ENOUGH_DAYS} days this shows how it grows."
    gained = now - round(found.known.known[0])
    way = f"{gained:,} more than" if gained > 0 else f"{-gained:,} fewer than" if gained < 0 else "as many as"
    return f"{said}: {way} on {found.known.days[0]}."


def missed(found: Statistics, collection: Collection) -> str:
    """Say what was missed most, and what to do."""
    lost = found.missed
    if not lost.asked:
        return "No point was asked a second time in this time."
    were = "was" if lost.times == 1 else "were"
    share = f"{counted(lost.times, 'point')} of {lost.asked:,} asked again {were} missed"
    if not lost.points:
        return f"{share}; none of them twice."
    worst, (question, text) = lost.points[0], lost.texts(collection)[0]
    name = shorten(question if text == ANSWER else text, 60)
    return (
        f"{share}. Most often “{name}”, {worst.missed} of {counted(worst.asked, 'time')}: "
        "what keeps being missed needs another wording, or two points in place of one."
    )


def forecast(found: Statistics) -> str:
    """Say what is scheduled, and when most of it comes."""
    ahead = found.forecast
    count, days = sum(ahead.reviews), len(ahead.reviews)
    if not count:
        return f"Nothing is scheduled for the next {days} days."
    most = max(range(days), key=lambda day: ahead.reviews[day])
    busiest = "today" if most == 0 else f"on {ahead.first + timedelta(days=most)}"
    late = f" {counted(ahead.late, 'card')} of today {'is' if ahead.late == 1 else 'are'} late." if ahead.late else ""
    are = "is" if count == 1 else "are"
    most_of_it = f"most {busiest} ({ahead.reviews[most]:,})" if count > 1 else busiest
    return (
        f"{counted(count, 'review')} of about {time_words(sum(ahead.seconds))} {are} scheduled for the next {days} "
        f"days, {most_of_it}.{late} What follows from these, and new cards, come on top."
    )


def calibration(found: Statistics, fit: str) -> str:
    """Say whether what came up was made as asked for and foretold.

    `fit` is what fits the memory model to the user, to begin a sentence; empty while reviews are too few for it.
    """
    held = found.calibration
    group = held.came_up
    if group.mean_made is None or group.mean_foretold is None or held.asked is None or group.count < ENOUGH_TESTS:
        said = (
            f"{counted(group.count, 'answer')} came up so far that had to hold for more than a day; "
            f"from {ENOUGH_TESTS} on this says whether they did."
        )
    else:
        said = f"You made {percent(group.mean_made)} where {percent(held.asked)} was asked for"
        said += f" and {percent(group.mean_foretold)} was foretold: {_verdict(found, fit)}"
    past = held.imported
    if past.count:
        said += f" In {counted(past.count, 'imported review')}: {percent(past.mean_made)} made, "
        said += f"{percent(past.mean_foretold)} foretold."
    return said


def _verdict(found: Statistics, fit: str) -> str:
    held = found.calibration
    asked, margin = held.asked or 0.0, held.margin
    made, foretold = held.came_up.mean_made or 0.0, held.came_up.mean_foretold or 0.0
    if abs(made - asked) <= margin:
        return "as promised."
    if made > asked:
        return f"you know more than promised. {f'{fit} may space reviews further apart.' if fit else FIT_TO_COME}"
    if abs(made - foretold) <= margin:
        return "less than asked for, since cards came up late; the forecast itself holds."
    return f"less than promised. {f'{fit} fits the forecast to you.' if fit else FIT_TO_COME}"


def minutes(found: Statistics) -> str:
    """Say on how many days how long was practised."""
    spent = found.minutes
    whole = (found.today - found.first).days + 1
    if not spent.own_days:
        said = "You have not practised in this time."
    else:
        said = (
            f"You practised on {spent.own_days} of {counted(whole, 'day')}, {time_words(spent.own)} in all, "
            f"about {time_words(spent.own / spent.own_days)} on such a day, with {counted(spent.reviews, 'answer')}."
        )
    if spent.imported_reviews:
        said += f" Imports hold {counted(spent.imported_reviews, 'review')} of {time_words(spent.imported)} beside."
    return said


def hours(found: Statistics) -> str:
    """Say when most of the time is spent."""
    spent = found.minutes
    if spent.timed < ENOUGH_TIMES:
        return f"From {ENOUGH_TIMES} answers on this shows when you practise; so far there are {spent.timed}."
    by_day = [sum(each) for each in spent.hours]
    by_hour = [sum(each[hour] for each in spent.hours) for hour in range(24)]
    day, hour = by_day.index(max(by_day)), by_hour.index(max(by_hour))
    share = by_hour[hour] / sum(by_hour) if sum(by_hour) else 0.0
    return (
        f"You practise most on {_WEEKDAYS[day]}, and between {hour}:00 and {hour + 1}:00 "
        f"({percent(share)} of the time)."
    )


def ratings(found: Statistics) -> str:
    """Say how answers went."""
    own, count = found.ratings.own, found.ratings.count
    past = sum(found.ratings.imported)
    beside = f" {counted(past, 'imported review')} beside." if past else ""
    if count < ENOUGH_RATINGS:
        return f"{counted(count, 'answer')} so far; from {ENOUGH_RATINGS} on their ratings say something.{beside}"
    again, hard, good, easy = (each / count for each in own)
    return (
        f"Of {counted(count, 'answer')} {percent(good + easy)} came (good or easy), {percent(hard)} came with effort, "
        f"{percent(again)} did not come.{beside}"
    )


def spread(found: Statistics) -> str:
    """Say how firm and how difficult points are."""
    firm = found.spread
    if firm.middle_stability is None or firm.middle_difficulty is None or firm.points < ENOUGH_POINTS:
        return f"{counted(firm.points, 'point')} asked so far; from {ENOUGH_POINTS} on this shows how firm they are."
    return (
        f"Half of your {firm.points:,} points hold for {in_days(round(firm.middle_stability))} or more before recall "
        f"falls to 90%. The middle difficulty is {firm.middle_difficulty:.1f} of 10; "
        f"{percent(firm.hard / firm.points)} are hard (8 or more)."
    )
