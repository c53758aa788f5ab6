"""Documents of the shapes that are recognised, in words of our own."""

LABELLED = """\
Questions for a head gardener

Gardens look easy from the path. But what makes a gardener good?

Interview Questions
Tell me about a time when you had to save a dying hedge. What did you try first?
Areas to Cover:
- How the cause was found
- What was tried, and in which order
- What the hedge looks like today
Follow-Up Questions:
- Who helped you?
- What would you do sooner?
Describe a garden that you planned from nothing. How did you begin?
Areas to Cover:
- The soil and the light
- The people who use it
Follow-Up Questions:
- What did it cost?
Frequently Asked Questions
How long should the interview take?
An hour is enough. Walk through the garden for half of it.
Can I ask all of these at once?
No. Choose three that fit the garden you have.
Want the full kit? Sign up for our newsletter and get it for free.
"""

NUMBERED = """\
How to Speak About Bees: A Short Guide
Introduction
So, what will they ask you about bees, and how can you answer with calm?
Common Questions
Common Questions About Hives:
- "What is a hive?"
- "Tell me about a swarm that you caught."
Common Questions and Answers
1. "What is a hive?"
A box in which bees live. It has frames, and in them the comb.
Swarms
2. "Tell me about a swarm that you caught."
It hung in a pear tree. I held a box under it, and shook the branch once.
3. "Do you have questions for us?"
- How many hives are there?
- Who looks after them in winter?
Conclusion
Bees are patient. Be patient too.
"""

QUOTED = """\
Baker Interview Questions

Questions to Expect in a Bakery

Bread is a matter of time. These questions find out whether you have it.

Baker Interview Questions and Answers

"How do you know that a dough is ready?"

This question tests whether you trust your hands more than the clock.

How to Answer It

Say what you look at and what you feel.

Example Answer

"I press it with a finger. When the dent comes back slowly, it is ready."

"Describe your worst morning at the oven."

This question shows how you deal with loss.

How to Answer It

Pick a real morning, and say what you changed.

Example Answer

"The power went at four. I baked the last loaves at a neighbour's, and bought a lamp."

Which Questions Should You Ask at a Bakery?

What you ask says what you care about, so come with two or three.

Good Questions to Ask the Baker

"Where does the flour come from?"

By asking about flour you show that you taste what you bake.

"Who bakes on Sundays?"

This question tells you how the week is shared.

By asking these questions you leave the shop as someone they remember.

Share this article
"""

BANK = """\
# Knots

## Table of contents

| No. | Question |
| --- | --- |
| 1 | [What is a bight?](#what-is-a-bight) |

## Basics

### 1. What is a bight?

A loop of rope that does not cross itself:

```text
# not a heading?
- not an item
```

- **Open:** the ends lie apart
- **Closed:** the ends meet

**[Back to top](#knots)**

### 2. Reef knot and granny knot

The one holds, the other slips.

#### Why does it slip?

Its ends stand across.

### 3. How do you end a rope?

1. Whip it
2. Melt it
3. Tie it

## Contributing

Send a knot.
"""

DETAILS = """\
# Tea

<details>
<summary><b>What is oolong?</b></summary><br>

Half way between green and black.

</details>

<details>
<summary>Explain the <code>first flush</code>.</summary>

The leaves of spring.
</details>
"""

ONE_IN_A_FILE = """\
---
title: ignored
---
# What is a closure of a coat?

### Answer

Whatever holds its two sides together.

### Good to hear

* A zip
* Buttons, and the side they are on

### Links

* [A shop](https://example.org)
"""

BARE = """\
# Questions to a new neighbour

* Where did you live before?
* Explain how you found this street.
  * Would you come again?
* What do you grow?
"""
