"""A session line by line: for scripts, screen readers and terminals without a full screen."""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from trainer.cli.plain_summary import summary_of
from trainer.collection.answering import keep_answer, own_answer
from trainer.errors import NotSavedError, TrainerError
from trainer.insight.leeches import missed_again
from trainer.insight.words import in_days, missing_points
from trainer.model import Card, KeyPoint, Rating
from trainer.study.plan import Kind
from trainer.study.question import Outcome, Question
from trainer.study.session import Session
from trainer.text import clean

MOST_REWORDED = 10
"""What was reworded is named up to so many; more is counted."""


class _Quit(Exception):
    """The user wants to leave, or the input has ended."""


class _Moved(Exception):
    """Another question is to be asked now."""


class PlainReview:
    """Asks on one stream and reads from another; errors go to a third."""

    def __init__(self, session: Session, source: TextIO, out: TextIO, errors: TextIO) -> None:
        self.session = session
        self._source = source
        self._out = out
        self._errors = errors
        self._echoes = source.isatty()
        self._saved = True
        self._acted = False
        """Whether anything was done that undo could take back."""
        self._said = ""
        self._typed = ""
        """What was written before the answer to this question was shown."""
        self._kept: tuple[Card, str] | None = None
        """The card that it was kept for as the user's own answer, and the one before that."""
        self._losses = {str(problem) for problem in session.collection.losses()}
        self._rewordings_told = 0

    def run(self) -> int:
        """Run the session to its end; return 1 where the last answer could not be saved, else 0."""
        try:
            while True:
                try:
                    self._warn_of_losses()
                    self._tell_rewordings()
                    if self.session.current is None:
                        self._end()
                        break
                    self._ask(self.session.current)
                except _Moved:
                    continue
        except _Quit:
            self._sum_up()
        return 0 if self._saved else 1

    def _warn_of_losses(self) -> None:
        """Name what cannot be read any more while the session runs; it goes on with what that was."""
        losses = {str(problem) for problem in self.session.collection.losses()}
        if trouble := self.session.trouble:
            losses.add(trouble.words)
        for loss in sorted(losses - self._losses):
            self._warn(loss)
        self._losses = losses

    def _tell_rewordings(self) -> None:
        """Name what was found to be reworded, once."""
        new = self.session.reworded[self._rewordings_told :]
        lines = [reworded.words for reworded in new[:MOST_REWORDED]]
        if len(new) > MOST_REWORDED:
            lines.append(f"{len(new) - MOST_REWORDED:,} more were reworded: `trainer log` shows them.")
        for line in lines:
            self._warn(line)
        self._rewordings_told += len(new)

    def _ask(self, question: Question) -> None:
        progress = self.session.progress
        number = progress.answered + (question.kind is not Kind.RETURN)
        place = "once more" if question.kind is Kind.RETURN else f"{number} of {progress.answered + progress.ahead}"
        title = self.session.collection.library.deck_of[question.card.id].title
        self._say(f"\n{title} ({place})\n\n{question.card.question}\n")
        if len(question.asked) < len(question.card.points):
            self._say(missing_points(len(question.asked)))
            self._say_points(question, (point for point in question.card.key_points if point.id not in question.asked))
            self._say()
        self._reveal(question)
        ticked = self._ticks(question)
        self._grade(question, ticked)

    def _reveal(self, question: Question) -> None:
        self._typed, self._kept = "", None
        commands: dict[str, Callable[[], None]] = {"skip": self._skip, "suspend": self._suspend}
        while True:
            line = self._read("Enter shows the answer (hint, skip, suspend, undo, quit): ")
            word = line.strip().casefold()
            if word == "hint":
                self._say(f"Hint: {question.card.hint}" if question.card.hint else "This card has no hint.")
            elif word in commands:
                commands[word]()
            else:
                self._typed = line.strip()
                break
        self._say_answer(question)
        if self._typed:
            self._say("k keeps what you wrote as your own answer.\n")

    def _say_answer(self, question: Question) -> None:
        card = question.card
        if card.key_points:
            self._say("\nKey points:")
            self._say_points(question, card.key_points)
        if own := own_answer(self.session.collection, card.id):
            self._say(f"\nYour answer:\n{own}")
        if card.answer:
            self._say(f"\nA good answer:\n{card.answer}")
        if card.follow_ups:
            self._say("\nThey may ask next:")
            for follow_up in card.follow_ups:
                self._say(f"   - {follow_up}")
        self._say()

    def _say_points(self, question: Question, points: Iterable[KeyPoint]) -> None:
        """Print points under their numbers in the card, those given with a tick."""
        for point in points:
            mark = " " if point.id in question.asked else "✓"
            self._say(f" {mark} {question.card.key_points.index(point) + 1}. {point.text}")

    def _ticks(self, question: Question) -> set[str]:
        """Ask which points were made; a card without key points has none to ask for."""
        points = question.card.key_points
        if not points:
            return set()
        while True:
            line = self._read("Which did you make? (numbers, all or none): ").strip().casefold()
            if line == "none":
                return set()
            if line == "all":
                return set(question.asked)
            words = [word for word in re.split(r"[\s,]+", line) if word]
            if words and all(word.isdecimal() and len(word) < 4 and 1 <= int(word) <= len(points) for word in words):
                made = {points[int(word) - 1].id for word in words} & question.asked
                if made:
                    return made
                self._say("Those are given. Which of the others did you make?")
                continue
            self._say(f"Write numbers from 1 to {len(points)} with spaces or commas, or all, or none.")

    def _grade(self, question: Question, ticked: set[str]) -> None:
        outcomes = self.session.outcomes(ticked)
        if question.card.key_points and not ticked:
            return self._record(outcomes[Rating.AGAIN])
        offered = [rating for rating in outcomes if rating is not Rating.AGAIN or not question.card.key_points]
        choices = ", ".join(f"{rating} ({in_days(outcomes[rating].days)})" for rating in offered)
        plain_good = bool(question.card.key_points)
        prompt = f"How did it go? {choices}{' [good]' if plain_good else ''}: "

        while True:
            word = self._read(prompt).strip().casefold()
            if not word and plain_good:
                return self._record(outcomes[Rating.GOOD])
            fitting = [rating for rating in offered if word and rating.startswith(word)]
            if fitting:
                return self._record(outcomes[fitting[0]])
            if word and "easy".startswith(word):
                self._say("Easy is for an answer with all its points.")
            else:
                self._say(f"Write {', '.join(offered)}; the first letter does.")

    def _record(self, outcome: Outcome) -> None:
        """Record an outcome; where it cannot be saved, keep it until it is, or is written elsewhere."""
        elsewhere: Path | None = None
        while True:
            try:
                self.session.grade(outcome, elsewhere)
            except NotSavedError as error:
                self._saved = False
                self.session.pause()
                self._warn(error.words)
                elsewhere = self._ask_where()
                continue
            self._saved = self._acted = True
            self._typed, self._kept = "", None
            if elsewhere is not None:
                self._say(f"Written to {elsewhere}, not to the log.")
                return
            again = " Points missed come back today." if outcome.missed else ""
            self._say(f"Saved: {outcome.rating}, due in {in_days(outcome.days)}.{again}")
            for words in missed_again(self.session.collection, outcome):
                self._say(words)
            return

    def _ask_where(self) -> Path | None:
        """Ask what to do with an answer that is not saved; return None for trying again, or a file for it."""
        while True:
            line = self._read("Enter tries again, the path of a file writes the answer there: ", self._drop).strip()
            if not line:
                return None
            if line.endswith(".toml") or os.sep in line:
                return Path(os.path.expanduser(line)).absolute()  # noqa: PTH111  (Path raises for ~nobody)
            self._say("Press Enter alone, or write a path such as ~/answers.toml.")

    def _drop(self) -> None:
        """Take back an answer that was not saved: ask its question again."""
        self._saved = True
        self._say("Taken back: it was not saved.")
        raise _Moved

    def _end(self) -> None:
        self._sum_up()
        if not self._acted:
            return
        self._read("undo takes the last answer back, Enter ends: ")

    def _sum_up(self) -> None:
        """Say what the session came to, once for all that was done."""
        summary = summary_of(self.session)
        if summary != self._said:
            self._say(summary)
            self._said = summary

    def _skip(self) -> None:
        self.session.put_off()
        raise _Moved

    def _suspend(self) -> None:
        try:
            self.session.suspend()
        except NotSavedError as error:
            self._warn(error.words)
        else:
            self._acted = True
            self._say("Suspended: it does not come again. undo takes that back.")
        raise _Moved

    def _undo(self) -> None:
        try:
            if self._kept:
                keep_answer(self.session.collection, *self._kept)
                self._kept = None
                self._say("Taken back: your answer is as it was.")
                return
            undone = self.session.undo()
        except TrainerError as error:
            self._warn(error.words)
            return
        if undone is None:
            self._say("There is nothing to take back.")
            return
        self._say(f"Taken back: {undone.words} to: {undone.question}")
        raise _Moved

    def _read(self, prompt: str, undo: Callable[[], None] | None = None) -> str:
        """Return a line; `undo` and `quit` work at every prompt, the end of input is a quit."""
        while True:
            self._out.write(prompt)
            self._out.flush()
            line = self._source.readline()
            if not self._echoes:
                self._say()
            word = line.strip().casefold()
            if not line or word == "quit":
                raise _Quit
            if word in ("k", "keep") and self._typed:
                self._keep()
            elif word == "undo":
                (undo or self._undo)()
            else:
                return line

    def _keep(self) -> None:
        """Keep what was typed as the user's own answer to the card that is asked."""
        question = self.session.current
        if question is None:
            return
        try:
            before = keep_answer(self.session.collection, question.card, self._typed)
        except TrainerError as error:
            self._warn(error.words)
            return
        self._kept = self._kept or (question.card, before)
        self._say("Kept as your answer; undo takes it back.")

    def _warn(self, text: str) -> None:
        print(clean(text), file=self._errors, flush=True)

    def _say(self, text: str = "") -> None:
        self._out.write(clean(text) + "\n")
