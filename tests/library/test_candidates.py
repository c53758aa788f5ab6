"""Which of very many wordings are compared closely."""

from trainer.library.candidates import FEW, worth_comparing

MANY = [(f"Why did number {number} fall?", f"Names the walls of {number * 7919}") for number in range(FEW + 100)]


def test_of_a_few_all_are() -> None:
    assert worth_comparing([("Anything?",)], MANY[:FEW]) == list(range(FEW))


def test_of_many_those_are_that_are_equal_or_share_rarer_words() -> None:
    others = [*MANY, ("WHAT  is it?",), ("Describe a hard decision", "Names options"), ("如何写好一段代码",)]
    ones = [("What is it",), ("Tell me about your hardest decisions",), ("怎样写好一段代码",)]
    kept = worth_comparing(ones, others)
    assert kept == sorted(kept)
    assert {len(MANY), len(MANY) + 1, len(MANY) + 2} <= set(kept)
    assert len(kept) < len(MANY) / 2


def test_words_of_points_count_too() -> None:
    others = [*MANY, ("Which?", "Names the options and their cost")]
    assert len(MANY) in worth_comparing([("And what?", "Weighs options by cost")], others)


def test_of_nothing_nothing_is() -> None:
    assert worth_comparing([], MANY) == []
    assert worth_comparing([("What?",)], []) == []
    assert worth_comparing([("", "")], MANY) == []
