"""What `settings.toml` begins with: every setting, its default and its meaning, in comments."""

from trainer.settings.schema import SETTINGS, Setting
from trainer.toml_line import one_line_value

_HEAD = """\
# Settings of the trainer. Lines that begin with # say what each means, and its default.
# `trainer settings`, and o on the first screen of the app, write here and leave your own comments as they are.
"""
_TAIL = """
# Of one deck, by its title:
#
# [decks."Leading product marketing"]
# desired_retention = 0.85
# by = 2026-12-12
# paused = true
#
# Keys of the app; `trainer settings keys` lists the names:
#
# [keys]
# "review.again" = "x"
"""


def template() -> str:
    """Return the text of a settings file in which nothing is set yet."""
    lines = [f"\n# {_sentence(each)}\n# {each.name} = {_default(each)}\n" for each in SETTINGS.values()]
    return _HEAD + "".join(lines) + _TAIL


def _sentence(setting: Setting) -> str:
    return f"{setting.means[:1].upper()}{setting.means[1:]}. Takes {setting.kind.takes}."


def _default(setting: Setting) -> str:
    return one_line_value(setting.kind.typed(setting.kind.said(setting.default)))
