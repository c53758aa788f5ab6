"""What is installed only for those who read certain formats."""

from trainer.errors import TrainerError


def needs_extra(what: str) -> TrainerError:
    """Return the error for a part of the program that was not installed."""
    hint = 'Run: pip install "keypoint-trainer[anki]"'
    return TrainerError(f"Reading this needs {what}, which is not installed.", hint)
