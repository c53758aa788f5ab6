"""Questions recognised in documents of many shapes, with what belongs to each."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents import BANK, BARE, DETAILS, LABELLED, NUMBERED, ONE_IN_A_FILE, QUOTED
from trainer.formats.document.recognise import recognise
from trainer.formats.found import Found, FoundCard, Part


def cards(text: str, name: str = "document.txt") -> list[FoundCard]:
    return recognise(name, text).cards


def questions(text: str, name: str = "document.txt") -> list[str]:
    return [found.card.question for found in cards(text, name)]


def card(text: str, begins: str) -> FoundCard:
    return next(found for found in cards(text) if found.card.question.startswith(begins))


def test_labelled_parts_go_into_their_fields() -> None:
    found = cards(LABELLED)
    assert [each.line for each in found] == [6, 14, 21, 23]
    hedge = found[0].card
    assert [point.text for point in hedge.key_points] == [
        "How the cause was found",
        "What was tried, and in which order",
        "What the hedge looks like today",
    ]
    assert hedge.follow_ups == ("Who helped you?", "What would you do sooner?")
    assert (hedge.answer, found[0].proposed) == ("", False)


def test_frequent_questions_take_the_prose_below_as_answer_and_their_section_as_tag() -> None:
    found = card(LABELLED, "Can I ask all").card
    assert found.answer == "No. Choose three that fit the garden you have."
    assert found.tags == ("Frequently Asked Questions",)


def test_a_question_named_above_and_answered_below_is_one_card_with_the_answer() -> None:
    assert questions(NUMBERED) == [
        "What is a hive?",
        "Tell me about a swarm that you caught.",
        "Do you have questions for us?",
    ]
    hive, swarm, last = (found.card for found in cards(NUMBERED))
    assert hive.answer == "A box in which bees live. It has frames, and in them the comb."
    assert swarm.tags == ("Swarms",)
    assert last.answer == "- How many hives are there?\n- Who looks after them in winter?"
    assert [point.text for point in last.key_points] == ["How many hives are there?", "Who looks after them in winter?"]


def test_points_out_of_an_answers_own_list_are_only_proposed() -> None:
    assert card(NUMBERED, "Do you have").proposed
    assert not card(NUMBERED, "What is a hive").proposed
    assert card(NUMBERED, "What is a hive").card.key_points == ()


def test_why_how_and_example_are_told_apart_and_closing_words_left_out() -> None:
    assert questions(QUOTED) == [
        "How do you know that a dough is ready?",
        "Describe your worst morning at the oven.",
        "Where does the flour come from?",
        "Who bakes on Sundays?",
    ]
    dough, _, flour, sundays = (found.card for found in cards(QUOTED))
    assert dough.why == "This question tests whether you trust your hands more than the clock."
    assert dough.hint == "Say what you look at and what you feel."
    assert dough.answer == "I press it with a finger. When the dent comes back slowly, it is ready."
    assert flour.why == "By asking about flour you show that you taste what you bake."
    assert sundays.why == "This question tells you how the week is shared."
    assert sundays.tags == ("Good Questions to Ask the Baker",)


def test_a_bank_keeps_code_whole_and_drops_the_table_of_contents() -> None:
    assert questions(BANK) == ["What is a bight?", "Reef knot and granny knot", "How do you end a rope?"]
    bight = cards(BANK)[0]
    assert "```text\n# not a heading?\n- not an item\n```" in bight.card.answer
    assert "Back to top" not in bight.card.answer
    assert [point.text for point in bight.card.key_points] == ["Open: the ends lie apart", "Closed: the ends meet"]
    assert bight.card.tags == ("Basics",)
    assert "#### Why does it slip?" in cards(BANK)[1].card.answer
    assert "Contributing" not in cards(BANK)[2].card.answer


def test_summaries_of_details_are_questions() -> None:
    assert questions(DETAILS) == ["What is oolong?", "Explain the `first flush`."]
    assert [found.card.answer for found in cards(DETAILS)] == [
        "Half way between green and black.",
        "The leaves of spring.",
    ]


def test_one_question_a_file_with_what_is_good_to_hear() -> None:
    (found,) = cards(ONE_IN_A_FILE)
    assert found.card.question == "What is a closure of a coat?"
    assert found.card.answer == "Whatever holds its two sides together."
    assert [point.text for point in found.card.key_points] == ["A zip", "Buttons, and the side they are on"]


def test_a_list_of_bare_questions_is_cards_with_inner_ones_as_follow_ups() -> None:
    assert questions(BARE) == [
        "Where did you live before?",
        "Explain how you found this street.",
        "What do you grow?",
    ]
    assert cards(BARE)[1].card.follow_ups == ("Would you come again?",)


@pytest.mark.parametrize(
    "text",
    [
        "# Tool\n\n## What is it?\n\nA tool.\n\n## Installation\n\nRun it.\n\n## Usage\n\nUse it.\n",
        "# Links\n\n* [What is a fox?](https://example.org)\n* [How do owls see?](https://example.org)\n",
        "Spring is here. What could be better?\n\nWe walked to the sea, and asked: is it warm?\n\nIt was not.\n",
        "# Steps\n\n1. Open the box\n2. Take it out\n3. Close the box\n",
    ],
    ids=["a manual", "links", "prose", "steps"],
)
def test_what_is_no_list_of_questions_gives_no_cards(text: str) -> None:
    assert questions(text) == []


SHAPES = {
    "Q and A in bold": "**Q: What is a fen?**\n\nA: A wet meadow.\n\n**Q: What is a moor?**\n\nA: A dry one.\n",
    "Q1 and A1": "Q1: What is a fen?\nA1: A wet meadow.\n\nQ2: What is a moor?\nA2: A dry one.\n",
    "A with a dot": "### Q1. What is a fen?\n\nA. A wet meadow.\n\n### Q2. What is a moor?\n\nA. A dry one.\n",
    "words": "Question: What is a fen?\nAnswer: A wet meadow.\nQuestion: What is a moor?\nAnswer: A dry one.\n",
    "within items": "1. **What is a fen?**\n   Answer: A wet meadow.\n2. **What is a moor?**\n   Answer: A dry one.\n",
    "numbers of sections": "FAQ\n===\n\n1.1 What is a fen?\n\nA wet meadow.\n\n1.2 What is a moor?\n\nA dry one.\n",
    "underlined": "What is a fen?\n---\nA wet meadow.\n\nWhat is a moor?\n---\nA dry one.\n",
    "numbered titles": "## Question 1\n\nWhat is a fen?\n\n### Answer\n\nA wet meadow.\n\n"
    "## Question 2\n\nWhat is a moor?\n\n### Answer\n\nA dry one.\n",
    "a table": "| Question | Answer |\n|---|---|\n"
    "| What is a fen? | A wet meadow. |\n| What is a moor? | A dry one. |\n",
    "plain lines": "Frequently asked questions\n\nWhat is a fen?\nA wet meadow.\nWhat is a moor?\nA dry one.\n",
    "quoted lines": 'Meadows\n\n"What is a fen?"\n\nA wet meadow.\n\n"What is a moor?"\n\nA dry one.\n',
}


@pytest.mark.parametrize("shape", list(SHAPES))
def test_questions_and_answers_however_they_are_written(shape: str) -> None:
    found = [(each.card.question, each.card.answer) for each in cards(SHAPES[shape], "meadows.md")]
    assert found == [("What is a fen?", "A wet meadow."), ("What is a moor?", "A dry one.")]


def test_an_answer_on_the_line_of_its_question_is_told_apart_from_it() -> None:
    text = "# Quiz\n\n- **What is a fen?** A wet meadow by the river.\n- **What is a moor?** Dry, with heather on it.\n"
    assert [found.card.answer for found in cards(text)] == ["A wet meadow by the river.", "Dry, with heather on it."]


def test_labels_in_italics_on_their_line_divide_a_card() -> None:
    text = (
        "**1. Walk me through a day.**\n*What to listen for:*\n- Order\n- Breaks\n\n*Follow-up:* And on Sundays?\n\n"
        "**2. What went wrong last year?**\n*What to listen for:*\n- Honesty\n\n*Follow-up:* Who noticed?\n"
    )
    first, second = (found.card for found in cards(text))
    assert [point.text for point in first.key_points] == ["Order", "Breaks"]
    assert (first.follow_ups, second.follow_ups) == (("And on Sundays?",), ("Who noticed?",))


def test_advice_and_an_example_in_quotes_are_hint_and_answer() -> None:
    text = (
        '## Questions with answers\n\n### 1. How do you prune?\n\nBe honest here.\n\n*Example: "I cut in winter."*\n\n'
        '### 2. How do you dig?\n\nShort is best.\n\n**Example:** *"Slowly, and deep."*\n\n'
        "## Tips for your interview\n\n* Bring gloves\n* Bring time\n"
    )
    prune, dig = (found.card for found in cards(text))
    assert (prune.hint, prune.answer) == ("Be honest here.", "I cut in winter.")
    assert (dig.hint, dig.answer) == ("Short is best.", "Slowly, and deep.")


def test_an_example_that_is_no_speech_stays_in_the_answer() -> None:
    text = "## What is a fen?\n\nA wet meadow.\n\n**Example:**\n\n```\nfen()\n```\n\n## What is a moor?\n\nDry.\n"
    assert cards(text)[0].card.answer == "A wet meadow.\n\n**Example:**\n\n```\nfen()\n```"


def test_what_not_to_say_says_so_in_the_hint() -> None:
    text = (
        '1) Your faults?\n\nDon\'t say: "I have none."\n\nSay: "I wait too long."\n\n2) Your gifts?\n\nSay: "I wait."\n'
    )
    faults, gifts = (found.card for found in cards(text))
    assert (faults.hint, faults.answer) == ('Don\'t say: "I have none."', "I wait too long.")
    assert gifts.answer == "I wait."


def test_one_question_in_a_file_under_a_title_of_its_own_takes_all_below() -> None:
    text = "# Question 4 - Meadows\n\n## What is a fen?\n\nA wet meadow.\n\n### Where\n\nBy rivers.\n"
    (found,) = cards(text)
    assert found.card.answer == "A wet meadow.\n\n### Where\n\nBy rivers."


def test_a_question_in_passing_is_told_with_its_line() -> None:
    found = recognise(
        "bees.txt", "Bees\n\nWhat is a drone, really?\n\nA male bee. That is all there is to say of it.\n"
    )
    assert [(each.line, each.text) for each in found.skipped] == [(3, "What is a drone, really?")]


def test_the_title_is_what_the_document_calls_itself_else_its_name() -> None:
    assert recognise("x.md", BANK).deck.title == "Knots"
    assert recognise("my-own_notes.md", "## Questions\n\n1. What is it?\n\nIt is.\n").deck.title == "My own notes"


def test_code_that_a_question_is_about_stands_in_the_question() -> None:
    text = "# Quiz\n\n" + "\n".join(
        f"### {number}. What's the output?\n\n```js\nlog({number})\n```\n\n- A: 0\n- B: {number}\n\n"
        f"<details><summary><b>Answer</b></summary>\n\n#### Answer: B\n\nIt logs {number}.\n\n</details>\n"
        for number in (1, 2, 3)
    )
    found = cards(text)
    assert len(found) == 3
    assert found[1].card.question == "What's the output?\n\n```js\nlog(2)\n```\n\n- A: 0\n- B: 2"
    assert found[1].card.answer == "B\n\nIt logs 2."


def test_each_part_says_from_which_lines_it_came() -> None:
    lines = LABELLED.splitlines()
    for found in cards(LABELLED):
        for span in found.spans:
            assert 1 <= span.first <= span.last <= len(lines)
        (question,) = [span for span in found.spans if span.part is Part.QUESTION]
        assert found.card.question in "\n".join(lines[question.first - 1 : question.last])
        points = [lines[span.first - 1] for span in found.spans if span.part is Part.POINT]
        assert points == [f"- {point.text}" for point in found.card.key_points]


def variants(text: str) -> dict[str, str]:
    """The same document as other programs and people write it."""
    wrapped = [
        textwrap.fill(line, 60, break_long_words=False, break_on_hyphens=False) if len(line) > 60 else line
        for line in text.splitlines()
    ]
    return {
        "windows": text.replace("\n", "\r\n"),
        "without empty lines": re.sub(r"\n\s*\n+", "\n", text),
        "all apart": re.sub(r"\n+", "\n\n", text),
        "curly": re.sub(r'(?m)(^|[\s(])"', "\\1“", text).replace('"', "”").replace("'", "’"),
        "dots": re.sub(r"(?m)^- ", "• ", text),
        "dashes": re.sub(r"(?m)^- ", "– ", text),
        "indented": re.sub(r"(?m)^- ", "    *   ", text),
        "brackets": re.sub(r"(?m)^(\d+)\. ", r"\1) ", text),
        "wrapped": "\n".join(wrapped),
    }


@pytest.mark.parametrize("layout", list(variants("")))
@pytest.mark.parametrize("text", [LABELLED, NUMBERED, QUOTED], ids=["labelled", "numbered", "quoted"])
def test_the_layout_makes_no_difference(text: str, layout: str) -> None:
    plain = str.maketrans("“”’", '""\'')
    if (text, layout) in ((NUMBERED, "indented"), (LABELLED, "wrapped")):
        pytest.skip("an indented list of questions is follow-ups; one broken line is no sign of wrapping")
    before, after = (
        [
            (found.card.question.translate(plain), len(found.card.key_points), len(found.card.follow_ups))
            for found in cards(each.replace("\r\n", "\n"))
        ]
        for each in (text, variants(text)[layout])
    )
    assert after == before


PIECES = st.sampled_from(
    [
        "# ", "## ", "- ", "1. ", "**", "__", "```", "~~~", "<details>", "</details>", "<summary>", "</summary>",
        "Q: ", "A: ", "What is it?", "Answer", "How to answer:", "Follow-up questions", "---", "===", "> ", "\n",
        "\n\n", "    ", "\t", "“", '"', "[a](b)", "![", "](", "`", "<li>", "text ", "Title Line", "é", "\u200b",
        "🙂", "12) ", "? ", ". ", "| a | b |",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_document_is_read_and_every_span_lies_in_it(text: str) -> None:
    found: Found = recognise("any.md", text)
    number = text.count("\n") + 1
    for each in found.cards:
        assert each.card.question.strip()
        assert all(1 <= span.first <= span.last <= number for span in each.spans)
    wordings = [each.card.id for each in found.cards]
    assert len(wordings) == len(set(wordings))


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_card_holds_no_words_that_the_document_does_not(text: str) -> None:
    for each in recognise("any.md", text).cards:
        card = each.card
        said = [card.question, card.answer, card.hint, card.why, *card.follow_ups, *(p.text for p in card.key_points)]
        for word in re.findall(r"\w+", " ".join(said)):
            rest = iter(text)  # markup between its letters may be gone
            assert all(letter in rest for letter in word)
