"""Shapes of question lists that stand between the usual ones: italics, questions on from others, lettered answers."""

from trainer.formats.document.recognise import recognise
from trainer.formats.found import Part


def test_questions_in_italics_on_lines_of_their_own() -> None:
    text = "# Bee interview\n\n*what is a hive?*\n\n*what is a swarm?*\n\nBees that leave.\n\n*what is wax?*\n"
    found = recognise("bees.md", text).cards
    assert [(each.card.question, each.card.answer) for each in found] == [
        ("what is a hive?", ""),
        ("what is a swarm?", "Bees that leave."),
        ("what is wax?", ""),
    ]


def test_underscores_in_code_are_no_emphasis() -> None:
    text = "### 1. What does `__init__` do in **a `class`**?\nIt sets up.\n\n### 2. What is `__name__`?\nA name.\n"
    found = recognise("python.md", text).cards
    assert [each.card.question for each in found] == ["What does `__init__` do in a `class`?", "What is `__name__`?"]


def test_questions_behind_a_bold_one_follow_up_on_it() -> None:
    text = (
        "# Questions for the sponsor\n\n"
        "1. **How is honey sold?** Who buys it? Where do they hear of it?\n\n"
        "2. **Who should we ask?** Name the people who know the bees best.\n"
    )
    how, who = recognise("sponsor.md", text).cards
    assert how.card.follow_ups == ("Who buys it?", "Where do they hear of it?")
    assert Part.FOLLOW_UP in {span.part for span in how.spans}
    assert (who.card.answer, who.card.follow_ups) == ("Name the people who know the bees best.", ())


def test_the_last_of_bare_questions_is_one_too() -> None:
    text = "Interview questions\nHow do you open a hive safely?\n\nWhat is a queen for?\n\nHow do you move a swarm?\n"
    assert [each.card.question for each in recognise("bees.md", text).cards][-1] == "How do you move a swarm?"


def test_lettered_paragraphs_within_an_answer_do_not_break_the_list() -> None:
    text = (
        "# Interview questions\n\n- What is a hive?\n\nA box.\n\n- Which kinds are there?\n\n"
        "a) Top bar: simple.\n\nb) Langstroth: common.\n\nc) Warré: tall.\n\n- What is wax?\n\nIt is comb.\n"
    )
    found = recognise("bees.md", text).cards
    assert [each.card.question for each in found] == ["What is a hive?", "Which kinds are there?", "What is wax?"]
    assert found[1].card.answer.startswith("a) Top bar")
