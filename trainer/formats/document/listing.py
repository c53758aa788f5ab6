"""Which list items of a document are questions: those of lists in which most ask."""

from trainer.formats.document.answering import owners
from trainer.formats.document.asking import asks_alone
from trainer.formats.document.blocks import Kind
from trainer.formats.document.markup import plain
from trainer.formats.document.outline import Line, Outline, is_about_questions
from trainer.formats.found import Part


def items_asking(outline: Outline, chosen: set[int]) -> set[int]:
    """Return the list items that are questions: those of lists in which most ask."""
    owner = owners(outline, chosen)
    found: set[int] = set()
    for run in sorted(_runs(outline, chosen), key=lambda run: run[0].block.marker != "1"):
        over = owner.get(run[0].at)
        if run[0].block.marker != "1" and _is_answer(outline, run, found):
            continue
        if over is not None and not _is_section(outline.lines[over]):
            continue
        asking = _of_run(outline, run)
        found |= asking
        if over is not None and asking:
            chosen.discard(over)
    return found


def _is_section(title: Line) -> bool:
    """Return whether a title that asks stands over questions ("Which questions to ask?"); none with a number."""
    return title.block.number is None and not title.starred and is_about_questions(title.block.text)


def _is_answer(outline: Outline, run: list[Line], numbered: set[int]) -> bool:
    """Return whether a list stands right behind a numbered question of a list with answers."""
    before = run[0].at - 1
    while before >= 0 and outline.lines[before].noise:
        before -= 1
    return before in numbered and not {before - 1, run[-1].at + 2} <= numbered


def _runs(outline: Outline, chosen: set[int]) -> list[list[Line]]:
    """Return the lists: items of one indent and kind of mark that nothing but what belongs to them stands between."""
    runs: list[list[Line]] = []
    open_runs: dict[tuple[int, str], list[Line]] = {}
    labelled = False
    for line in outline.lines:
        block = line.block
        if line.noise:
            continue
        if line.title or line.at in chosen or block.kind is Kind.SUMMARY:
            labelled = line.label is not None
            open_runs = {} if block.kind is not Kind.PARA or line.label is None else open_runs
        if block.kind is Kind.PARA and not line.title:
            labelled = labelled and not block.alone
            if line.label is not None and not line.label.rest:
                labelled = True
            if block.text.endswith(":") and not is_about_questions(block.text):
                labelled = labelled or bool(line.label)
        if block.kind is not Kind.ITEM:
            continue
        key = (block.indent, block.marker if block.marker in ("1", "a") else "-")
        open_runs = {other: run for other, run in open_runs.items() if other[0] <= block.indent}
        if any(other[0] < block.indent for other in open_runs) and not labelled:
            continue  # an item within an item
        run = open_runs.get(key)
        if run is None or (block.marker == "1" and _starts_over(run, line)):
            run = open_runs[key] = []
            if not labelled:
                runs.append(run)
        elif labelled and block.marker == "1":
            labelled = run[-1].block.number != (block.number or 0) - 1
            if labelled:
                continue
        run.append(line)
    return runs


def _is_answered(outline: Outline, line: Line) -> bool:
    """Return whether an item asks, and a label behind it says that its answer follows."""
    after = outline.following(line.at)
    return line.asks and after is not None and after.label is not None and after.label.part is Part.ANSWER


def _starts_over(run: list[Line], line: Line) -> bool:
    number, before = line.block.number, run[-1].block.number
    return number is not None and before is not None and number == 1 and before != 1


def _of_run(outline: Outline, run: list[Line]) -> set[int]:
    """Return the items of a list that are questions, where it is a list of questions."""
    numbered = run[0].block.marker == "1"
    titles = [plain(title) for title in outline.titles_of(run[0])]
    about = outline.about_questions or any(map(is_about_questions, titles[-2:]))
    strict = [
        line
        for line in run
        if line.marked or line.starred or asks_alone(line.block.text) or _is_answered(outline, line)
    ]
    asking = [line for line in run if line.asks or line.starred] if about else strict
    share = len(asking) / len(run)
    if not asking or share < 0.6 or (len(run) < 2 and not about and not numbered):
        return set()
    if numbered and not about and len(strict) < 0.5 * len(run):
        return set()
    kept = run if (share >= 0.8 and len(run) >= 5 and about) or (numbered and about) else asking
    return {line.at for line in kept if line.label is None}
