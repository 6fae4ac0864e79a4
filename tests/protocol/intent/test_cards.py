"""A new model's names are on its card, and nowhere else."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from dataclasses import replace
from protocol import models
models.MODELS["plum-1"] = replace(models.NANO_BANANA_2, model_id="plum-1", name="Plum", names=("Plum One", "李子模型"))
from protocol.intent import understand
for text in ("用 Plum One 画一只猫", "以后都用plum-one", "draw a fox with plum-1", "用李子模型", "a plum on a table"):
    decision = understand(text)
    print(decision.intent, decision.model, decision.preference)
"""


def test_a_model_is_understood_by_the_names_on_its_card() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "generate plum-1 save",
        "set_preference plum-1 save",
        "generate plum-1 None",
        "set_preference plum-1 save",
        "generate None None",
    ]


def test_the_cheapest_is_a_size_that_nobody_named() -> None:
    from protocol.intent import understand

    assert understand("用最便宜的画一只猫").budget
    assert not understand("用最便宜的画一只猫，2K").budget
    assert not understand("画一只猫，512").budget
