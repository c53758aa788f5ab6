import pytest

from trainer.tui.key_guard import KeyGuard, KeyTimes, Verdict

TIMES = KeyTimes()


def judged(*presses: tuple[str, float]) -> list[Verdict]:
    guard = KeyGuard(TIMES)
    return [guard.judge(key, at) for key, at in presses]


def test_a_first_press_is_taken() -> None:
    assert judged(("g", 0.0)) == [Verdict.TAKE]


def test_another_key_is_taken_however_quick() -> None:
    assert judged(("g", 0.0), ("h", 0.01)) == [Verdict.TAKE, Verdict.TAKE]


@pytest.mark.parametrize("delay", [0.25, 0.5, 0.66])
@pytest.mark.parametrize("rate", [0.025, 0.033, 0.092])
def test_a_held_key_presses_once(delay: float, rate: float) -> None:
    held = [("u", 0.0), *(("u", delay + number * rate) for number in range(20))]
    first, second, *others = judged(*held)
    assert (first, second) == (Verdict.TAKE, Verdict.WAIT)  # which the next repeat then takes away
    assert set(others) == {Verdict.DROP}


def test_a_key_pressed_again_soon_waits_for_a_repeat_that_does_not_come() -> None:
    assert judged(("u", 0.0), ("u", 0.4), ("u", 0.8)) == [Verdict.TAKE, Verdict.WAIT, Verdict.WAIT]


def test_a_key_pressed_again_later_is_taken() -> None:
    assert judged(("u", 0.0), ("u", 1.1)) == [Verdict.TAKE, Verdict.TAKE]


def test_a_key_between_two_presses_ends_the_suspicion() -> None:
    assert judged(("u", 0.0), ("1", 0.1), ("u", 0.2))[-1] is Verdict.TAKE
