"""Learns from examples what tells something to see from small talk: `python -m bench.learning [--write] [--misses]`.

The examples are `tests/corpus/talk/*.tsv`, a file an author (`talk` or `scene`, with a 1 where a picture comes along,
a tab, the words), and the labelled sentences beside them that order nothing. It prints how often the weights that were
learned from all other authors are right on each author's examples, which is what to expect of a stranger's; with
`--write` it writes the weights of all of them to `protocol/intent/weights.py`. Logistic regression with a step of its
own for each feature; the order of the examples is drawn from a fixed seed, so that the same examples give the same
weights.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from protocol.intent import understand
from protocol.intent.deciding import _View
from protocol.intent.evaluation import read_rows
from protocol.intent.features import features

_CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
_WEIGHTS = Path(__file__).parents[1] / "protocol" / "intent" / "weights.py"
_ROUNDS, _STEP, _SHRINK, _SEED = 14, 0.15, 5e-4, 1
_SCALE, _LEAST = 20, 6
"""Weights are kept as whole numbers: twentieths, and none nearer to zero than six of them."""


@dataclass(frozen=True, slots=True)
class Example:
    """What the parser sees of a message where nothing was ordered, and whether it describes something to see."""

    text: str
    scene: bool
    found: frozenset[str]


def looked_at(text: str, images: int) -> frozenset[str] | None:
    """The features on which the decision hangs, or None where it hangs on something else (an order, a question)."""
    found: list[frozenset[str]] = []
    is_talk = _View._is_talk

    def recorded(view: _View) -> bool:
        found.append(frozenset(features(view.head, view.words, pictured=view.pictured)))
        return is_talk(view)

    with patch.object(_View, "_is_talk", recorded):
        understand(text, images)
    return found[-1] if found else None


def examples() -> dict[str, list[Example]]:
    """All examples by author."""
    return {
        **{path.stem: list(_kept(_told(path))) for path in sorted((_CORPUS / "talk").glob("*.tsv"))},
        **{path.stem: list(_kept(_labelled(path))) for path in sorted(_CORPUS.glob("*.jsonl"))},
        "intents": list(_kept(_intended(_CORPUS / "intents.tsv"))),
    }


def _told(path: Path) -> Iterator[tuple[str, int, bool]]:
    for line in path.read_text("utf-8").splitlines():
        label, _, text = line.partition("\t")
        yield text.replace("\\n", "\n"), int(label.endswith("1")), label.startswith("scene")


def _labelled(path: Path) -> Iterator[tuple[str, int, bool]]:
    for row in read_rows(path.read_text("utf-8").splitlines()):
        if row.expect["intent"] in ("generate", "chat"):
            yield row.text, row.images, row.expect["intent"] == "generate"


def _intended(path: Path) -> Iterator[tuple[str, int, bool]]:
    for line in path.read_text("utf-8").splitlines():
        want, images, text = line.split("\t")
        if want in ("generate", "chat"):
            yield text, int(images), want == "generate"


def _kept(told: Iterator[tuple[str, int, bool]]) -> Iterator[Example]:
    for text, images, scene in told:
        found = looked_at(text, images)
        if found is not None:
            yield Example(text, scene, found)


def learn(from_examples: list[Example]) -> dict[str, float]:
    """The weights that fit the examples."""
    weights: dict[str, float] = defaultdict(float)
    seen: dict[str, float] = defaultdict(lambda: 1.0)
    order, chance = list(from_examples), random.Random(_SEED)  # noqa: S311 - nothing is kept secret by it
    for _ in range(_ROUNDS):
        chance.shuffle(order)
        for example in order:
            names = sorted(example.found)
            score = sum(weights[name] for name in names)
            wrong = example.scene - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            for name in names:
                seen[name] += wrong * wrong
                weights[name] = weights[name] * (1 - _SHRINK) + _STEP * wrong / math.sqrt(seen[name])
    return weights


def rounded(weights: dict[str, float]) -> dict[str, int]:
    """The weights as they are kept."""
    whole = {name: round(weight * _SCALE) for name, weight in weights.items()}
    return {name: weight for name, weight in whole.items() if abs(weight) >= _LEAST}


def misses(weights: dict[str, int], among: list[Example]) -> list[Example]:
    """The examples that the weights get wrong."""
    return [each for each in among if (sum(weights.get(name, 0) for name in each.found) > 0) != each.scene]


def written(weights: dict[str, int]) -> str:
    """The module that keeps the weights: a weight and some of the features that have it on each line."""
    names: dict[int, list[str]] = defaultdict(list)
    for name, weight in sorted(weights.items()):
        names[weight].append(name)
    lines = [
        "\t".join([str(weight), *names[weight][start : start + _NAMES_A_LINE]])
        for weight in sorted(names)
        for start in range(0, len(names[weight]), _NAMES_A_LINE)
    ]
    return _MODULE + "".join(f"    {_literal(line)}\n" for line in lines) + ")\n"


_NAMES_A_LINE = 9
_MODULE = '''"""What examples say of each feature of a message: written by `python -m bench.learning`, not by hand."""

# ruff: noqa: E501

from __future__ import annotations

# Each line: a weight (for something to see where positive), and features that have it.
WEIGHTS = (
'''


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}\\n"'


def main() -> None:
    """Prints how well an unknown author is understood, and writes the weights if that was asked for."""
    by_author = examples()
    wrong = total = 0
    for author, own in by_author.items():
        others = [example for name, theirs in by_author.items() if name != author for example in theirs]
        bad = misses(rounded(learn(others)), own)
        wrong, total = wrong + len(bad), total + len(own)
        labels = Counter("talk taken for a scene" if not example.scene else "scene taken for talk" for example in bad)
        print(f"{author}: {100 - 100 * len(bad) / max(1, len(own)):.1f}% of {len(own)} right; {dict(labels)}")
        if "--misses" in sys.argv:
            for example in bad:
                print("   ", "scene" if example.scene else "talk ", repr(example.text))
    print(f"all: {100 - 100 * wrong / total:.2f}% of {total}, each author's from the others'")
    if "--write" in sys.argv:
        weights = rounded(learn([example for own in by_author.values() for example in own]))
        _WEIGHTS.write_text(written(weights), "utf-8")
        print(f"{len(weights)} weights written")


if __name__ == "__main__":
    main()
