"""The report of `imabot parse --eval`."""

from __future__ import annotations

import json

import pytest

from protocol.intent.evaluation import LabelError, evaluate, read_rows

_RIGHT = {
    "text": "画一只猫，4K",
    "images": 0,
    "expect": {"intent": "generate", "lang": "zh", "size": "4K", "prompt_has": ["猫"], "prompt_lacks": ["4k"]},
}
_WRONG = {"text": "hello", "images": 0, "expect": {"intent": "help", "lang": "en", "prompt_has": ["x"]}}


def test_a_report_counts_by_field_and_language_and_names_the_misses() -> None:
    report = evaluate(read_rows([json.dumps(_RIGHT), "", json.dumps(_WRONG)]))
    assert (report.total, report.right, report.accuracy) == (2, 1, 0.5)
    assert report.wrong_fields == {"intent": 1, "prompt": 1}
    assert report.languages == {"zh": (1, 1), "en": (0, 1)}
    assert report.confusion == {("help", "chat"): 1}
    assert "'hello'" in report.text()
    assert "help -> chat: 1" in report.text()


def test_nothing_to_evaluate_is_fully_right() -> None:
    assert evaluate([]).accuracy == 1.0


@pytest.mark.parametrize("line", ["no json", "{}", '{"text": "a"}', '{"text": "a", "expect": 3}'])
def test_a_line_that_is_no_labelled_sentence_is_named(line: str) -> None:
    with pytest.raises(LabelError, match="line 2"):
        read_rows([json.dumps(_RIGHT), line])


def test_a_label_may_name_any_field_of_a_decision() -> None:
    row = {"text": "好的", "expect": {"intent": "chat", "affirms": True, "picks": 1, "image_urls": []}}
    report = evaluate(read_rows([json.dumps(row)]))
    assert report.wrong_fields == {"picks": 1}
    assert "picks" in report.text()


def test_a_label_that_names_no_field_is_refused() -> None:
    with pytest.raises(LabelError, match="line 1 labels what no decision has: colour"):
        read_rows([json.dumps({"text": "a", "expect": {"colour": "red"}})])
