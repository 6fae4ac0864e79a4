"""Does the corpus bite? Small faults are put into the parser's decision module, one at a time.

`python -m bench.mutations [MODULE]` turns conditions round, exchanges `and` with `or`, comparisons with their
opposites, and returned words with others; a fault that no labelled sentence notices survives and is listed. A module
is `deciding` unless named otherwise (`commands`, `requesting`, …: any in `protocol.intent` that it imports by name).
"""

from __future__ import annotations

import ast
import copy
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import protocol.intent as intent
from protocol.intent.evaluation import Labelled, compare, read_rows

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}


def faults(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Every fault, described, and the module with it."""
    nodes = list(ast.walk(tree))
    for number, node in enumerate(nodes):
        for kind in _kinds(node):
            mutant = copy.deepcopy(tree)
            _apply(list(ast.walk(mutant))[number], kind)
            yield f"line {getattr(node, 'lineno', 0)}: {kind}", ast.fix_missing_locations(mutant)


def _kinds(node: ast.AST) -> list[str]:
    match node:
        case ast.If() | ast.IfExp() | ast.While():
            return ["condition turned round", "condition always true", "condition always false"]
        case ast.BoolOp():
            return ["and/or exchanged"]
        case ast.Compare(ops=[op]) if type(op) in OPPOSITES:
            return ["comparison turned round"]
        case ast.Return(value=ast.Constant(value=str())):
            return ["another word returned"]
        case ast.Return(value=ast.Constant(value=bool())):
            return ["the other truth returned"]
        case _:
            return []


def _apply(node: ast.AST, kind: str) -> None:
    match node, kind:
        case ((ast.If() | ast.IfExp() | ast.While()), "condition turned round"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ((ast.If() | ast.IfExp() | ast.While()), "condition always true"):
            node.test = ast.Constant(True)
        case ((ast.If() | ast.IfExp() | ast.While()), "condition always false"):
            node.test = ast.Constant(False)
        case ast.BoolOp(), _:
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.Compare(), _:
            node.ops = [OPPOSITES[type(node.ops[0])]()]
        case ast.Return(value=ast.Constant() as constant), "another word returned":
            constant.value = "help" if constant.value != "help" else "chat"
        case ast.Return(value=ast.Constant() as constant), _:
            constant.value = not constant.value
        case _:
            raise ValueError(kind)


def install(module: ModuleType, code: ast.Module) -> None:
    """The module's names, made from this code, wherever the parser uses them."""
    fresh: dict[str, object] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(code, str(module.__file__), "exec"), fresh)  # noqa: S102 - our own source with one fault in it
    for used in [each for name, each in sys.modules.items() if name.startswith("protocol.intent")]:
        for name, value in list(vars(used).items()):
            if name in fresh and getattr(value, "__module__", None) == module.__name__:
                setattr(used, name, fresh[name])


def noticed(rows: list[Labelled]) -> bool:
    """Whether any labelled sentence is understood otherwise than it should be."""
    for row in rows:
        try:
            if compare(row, intent.understand(row.text, row.images)):
                return True
        except Exception:  # noqa: BLE001 - a fault may raise anything: then it was noticed
            return True
    return False


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "deciding"
    module = importlib.import_module(f"protocol.intent.{name}")
    rows = [row for file in sorted(CORPUS.glob("*.jsonl")) for row in read_rows(file.read_text("utf-8").splitlines())]
    source = Path(str(module.__file__)).read_text("utf-8")
    tree = ast.parse(source)
    install(module, tree)
    # What is not understood without any fault can notice none.
    rows = [row for row in rows if not noticed([row])]
    total, survivors = 0, []
    lines = source.splitlines()
    for description, mutant in faults(tree):
        install(module, mutant)
        total += 1
        if not noticed(rows):
            survivors.append(description)
    print(
        f"{module.__name__}: {total} faults, {total - len(survivors)} noticed by {len(rows)} sentences "
        f"({(total - len(survivors)) / total:.1%})"
    )
    for survivor in survivors:
        number = int(survivor.split(":")[0].removeprefix("line "))
        print(f"  survived, {survivor}: {lines[number - 1].strip()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
