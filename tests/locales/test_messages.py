"""What the messages say: read whole, against the document, and for what they must not say."""

from __future__ import annotations

import re
import unicodedata

import pytest

from locales import Locales
from protocol.failures import FailureReason
from protocol.notices import CostLine, Failed, Progress, SizeChanged, Started, StatusShown, Succeeded, UsageShown
from tests.locales.examples import (
    PRICES_2,
    PRICES_PRO,
    PRO_AT_1K,
    SMALLER,
    URL,
    every_message,
    page_of_messages,
    snapshot,
)

LANGUAGES = Locales.load().languages

# "Never shown to a user" of the conversation page, and what would give the inside away just as well.
TECHNICAL = re.compile(
    r"\bscripts?\b|脚本|automat|自动化|接口|\bapi\b|api(?=密钥)|https?|json|attribute|model_version|model_id|form_config|gemini"
    r"|task.?id|任务.?id|\b(?:400|401|403|404|429|4008|5\d\d|60\d\d)\b|traceback|stack|exception|\b[a-z]+error\b|\bnull\b|\bnone\b"
    r"|\bima_|bearer|token|令牌|endpoint|server|服务器|database|数据库|\b[0-9a-f]{12,}\b|\bsk-",
    re.IGNORECASE,
)

# The wording and the two links of the 401 and 4008 rows.
KEY_WORDING = ("API密钥", "API key", "API Key")
KEY_LINK = "https://www.imaclaw.ai/imaclaw/apikey"
CREDITS_LINK = "https://www.imaclaw.ai/imaclaw/subscription"

# The document's translation table: Chinese, English.
TABLE = {
    FailureReason.UNAUTHORIZED: ("API密钥无效或未授权", "API key is invalid or unauthorized"),
    FailureReason.INSUFFICIENT_POINTS: ("积分不足,无法创建任务", "Insufficient points to create this task"),
    FailureReason.CONFIGURATION: ("生成参数配置异常,请稍后重试", "Configuration error, please try again later"),
    FailureReason.POINTS_MISMATCH: ("积分计算异常,系统正在修复", "Points calculation error, system is fixing"),
    FailureReason.PARAMETERS_MISMATCH: (
        "模型参数不匹配,请尝试其他模型",
        "Model parameters incompatible, try another model",
    ),
    FailureReason.BAD_PARAMETERS: (
        "图片参数设置有误,请调整尺寸或比例",
        "Image parameter error, adjust size or aspect ratio",
    ),
    FailureReason.PICTURE_FAILED: (
        "图片生成遇到问题,建议换个模型试试",
        "Image generation failed, try another model",
    ),
    FailureReason.TASK_FAILED: (
        "这次生成没成功,要不换个模型试试?",
        "Generation unsuccessful, try a different model?",
    ),
    FailureReason.TIMED_OUT: (
        "生成时间过长已超时,建议用更快的模型",
        "Generation took too long, try a faster model",
    ),
    FailureReason.NETWORK: (
        "网络连接不稳定,请检查网络后重试",
        "Network connection unstable, check network and retry",
    ),
    FailureReason.RATE_LIMITED: ("请求过于频繁,请稍等片刻再试", "Too many requests, please wait a moment"),
    FailureReason.UNSUPPORTED_RATIO: (
        "请使用支持的比例:1:1、16:9、9:16、4:3、3:4",
        "Use supported ratios: 1:1, 16:9, 9:16, 4:3, 3:4",
    ),
    FailureReason.GENERIC: (
        "图片生成遇到问题,请稍后重试或换个模型试试",
        "Image generation encountered an issue, please try again or use another model",
    ),
}


def same(text: str) -> str:
    """The document's half-width punctuation and our full-width one are the same words."""
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_reads_as_it_was_read_and_approved(locales: Locales, lang: str) -> None:
    """A changed word shows in review. `python -m tests.locales.examples` writes the file anew."""
    assert page_of_messages(locales, lang) == snapshot(lang).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_message_holds_a_technical_word(locales: Locales, lang: str) -> None:
    """But the wording and links of the 401 and 4008 rows, and the picture's own link."""
    for what, words in every_message(locales, lang):
        allowed = [URL, CREDITS_LINK]
        if "UNAUTHORIZED" in what:
            allowed += [KEY_LINK, *KEY_WORDING]
        rest = words
        for each in allowed:
            rest = rest.replace(each, "")
        found = TECHNICAL.search(rest)
        assert found is None, f"{found} in {what}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_handed_to_an_adapter_is_technical(locales: Locales, lang: str) -> None:
    """The chat page's panel for the curious engineer (`page.panel.`) is no user's."""
    for prefix in ("page.", "discord."):
        for key, words in locales.words(prefix, lang).items():
            if not key.startswith("page.panel."):
                assert TECHNICAL.search(words) is None, key


@pytest.mark.parametrize(
    "leak",
    [
        "HTTP 500",
        "error 4008",
        "Attribute_ID",
        "an API call",
        "ValueError: x",
        "任务ID",
        "0123456789abcdef",
        "脚本",
    ],
)
def test_the_technical_words_would_be_found(leak: str) -> None:
    """The list does find what it is for."""
    assert TECHNICAL.search(leak)


def test_chinese_is_written_with_full_width_punctuation(locales: Locales) -> None:
    """Next to a Han character there is no ASCII comma, colon, bracket, question or exclamation mark."""
    half_width = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]")
    for what, words in every_message(locales, "zh"):
        assert half_width.search(words) is None, what


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_ends_in_space_and_none_is_empty(locales: Locales, lang: str) -> None:
    """Messages are tidy."""
    for what, words in every_message(locales, lang):
        assert all(line == line.rstrip() and line for line in words.split("\n")), what


@pytest.mark.parametrize("reason", TABLE)
def test_the_reasons_are_the_documents(locales: Locales, reason: FailureReason) -> None:
    """Row by row, in both languages."""
    chinese, english = TABLE[reason]
    assert same(locales.render(Failed(reason), "zh")).split("\n")[1] == f"• 原因:{chinese}"
    assert locales.render(Failed(reason), "en").split("\n")[1] == f"• Reason: {english}"


def test_start_notice(locales: Locales) -> None:
    """The document's lines, the preference, and the cost line from the live prices."""
    cost = CostLine("balanced", "Nano Banana2", PRICES_2)
    notice = Started("Nano Banana2", (20, 40), 6, preferred=True, cost_line=cost)
    assert same(locales.render(notice, "zh")) == same(
        "🎨 开始生成图片,请稍候…\n• 模型:Nano Banana2(你的常用模型)\n• 预计耗时:20 ~ 40 秒\n"
        "• 消耗积分:6 pts\n"
        "使用 Nano Banana2(4–13 积分,可选 512px/1K/2K/4K)"
    )
    assert locales.render(Started("Nano Banana2", (20, 40), 6), "en") == (
        "🎨 Starting your picture…\n• Model: Nano Banana2\n• Expected: 20 ~ 40 s\n• Credits: 6 pts"
    )


def test_cost_lines_of_the_other_tiers(locales: Locales) -> None:
    """As in the document: premium names the range, budget the cheapest size."""
    premium = CostLine("premium", "Nano Banana Pro", PRICES_PRO)
    budget = CostLine("budget", "Nano Banana2", PRICES_2)
    last = [
        same(locales.render(Started("X", (1, 2), 10, cost_line=line), "zh")).split("\n")[-1]
        for line in (premium, budget)
    ]
    assert last == [
        "使用 Nano Banana Pro(10–18 积分,最高质量,1K/2K/4K)",
        "使用 Nano Banana2 512px(4 积分,最便宜最快)",
    ]


def test_a_size_over_the_largest_and_a_size_that_a_model_lacks_are_told_apart(locales: Locales) -> None:
    """8K is no size of anything; 512px is, but not of Pro."""
    over_all = SizeChanged("8K", "4K", "Nano Banana2")
    over = Started("Nano Banana2", (20, 40), 13, adjustments=(over_all,))
    not_of_pro = SizeChanged("512px", "1K", "Nano Banana Pro")
    lacking = Started("Nano Banana Pro", (60, 120), 10, adjustments=(not_of_pro,))
    assert locales.render(over, "zh").split("\n")[-1] == "💡 8K 暂不支持，最高 4K，这次改用 4K"
    assert locales.render(lacking, "zh").split("\n")[-1] == "💡 Nano Banana Pro 没有 512px，这次改用 1K"


def test_progress(locales: Locales) -> None:
    """Two lines; past the maximum a third."""
    notice = Progress(95, 130, 120, overdue=True)
    assert same(locales.render(notice, "zh")) == same("⏳ 正在生成中… 95%\n已等待 130s,预计最长 120s\n稍等,即将完成…")
    assert locales.render(Progress(50, 20, 40, overdue=False), "en") == (
        "⏳ Working on it… 50%\nWaited 20s, at most about 40s"
    )


def test_success(locales: Locales) -> None:
    """The document's caption; the link is the last line."""
    notice = Succeeded("Nano Banana2", (20, 40), 27, 6, URL)
    assert same(locales.render(notice, "zh")) == same(
        f"✅ 图片生成成功!\n• 模型:Nano Banana2\n• 耗时:预计 20~40s,实际 27s\n• 消耗积分:6 pts\n🔗 原始链接:{URL}"
    )
    assert locales.render(notice, "en") == (
        "✅ Your picture is ready!\n• Model: Nano Banana2\n• Time: expected 20~40 s, actual 27 s\n"
        "• Credits: 6 pts\n"
        f"🔗 Original: {URL}"
    )


def test_failure_with_alternatives(locales: Locales) -> None:
    """Reason, two alternatives with trait and live points, the question."""
    notice = Failed(FailureReason.TASK_FAILED, (PRO_AT_1K, SMALLER))
    assert same(locales.render(notice, "zh")) == same(
        "❌ 图片生成失败\n• 原因:这次生成没成功,要不换个模型试试?\n• 建议改用:\n"
        "  - Nano Banana Pro(高质量,10 pts)\n"
        "  - Nano Banana2(换成 512px,4 pts)\n需要我帮你用其他模型重试吗?"
    )
    assert locales.render(notice, "en") == (
        "❌ The picture didn't work out\n• Reason: Generation unsuccessful, try a different model?\n"
        "• You could try:\n"
        "  - Nano Banana Pro (high quality, 10 pts)\n  - Nano Banana2 (at 512px, 4 pts)\n"
        "Shall I try again with another model?"
    )


def test_key_and_credits_rows(locales: Locales) -> None:
    """Reason and link, no model."""
    unauthorized = Failed(FailureReason.UNAUTHORIZED)
    insufficient = Failed(FailureReason.INSUFFICIENT_POINTS)
    assert locales.render(unauthorized, "zh") == (
        f"❌ 图片生成失败\n• 原因：API密钥无效或未授权\n💡 生成新密钥：{KEY_LINK}"
    )
    assert locales.render(insufficient, "zh") == (
        f"❌ 图片生成失败\n• 原因：积分不足，无法创建任务\n💡 购买积分：{CREDITS_LINK}"
    )
    assert locales.render(unauthorized, "en") == (
        f"❌ The picture didn't work out\n• Reason: API key is invalid or unauthorized\n💡 Generate API Key: {KEY_LINK}"
    )
    assert locales.render(insufficient, "en") == (
        "❌ The picture didn't work out\n• Reason: Insufficient points to create this task\n"
        f"💡 Buy Credits: {CREDITS_LINK}"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", [FailureReason.ANSWER_LOST, FailureReason.RESULT_UNAVAILABLE])
def test_a_second_payment_is_named_where_the_first_may_have_been_taken(
    locales: Locales, reason: FailureReason, lang: str
) -> None:
    """Offering another model must not hide that."""
    question = locales.render(Failed(reason, (PRO_AT_1K,)), lang).split("\n")[-1]
    assert question == locales.text("failed.question_again", lang)


def test_buttons_name_model_size_and_points(locales: Locales) -> None:
    """Exactly what a press costs."""
    assert locales.alternative_label(PRO_AT_1K, "zh") == "Nano Banana Pro · 1K · 10 积分"
    assert locales.alternative_label(PRO_AT_1K, "en") == "Nano Banana Pro · 1K · 10 pts"


def test_english_plurals(locales: Locales) -> None:
    """One picture, two pictures; one pt, two pts."""
    one, two = (locales.render(UsageShown(n, n), "en").split("\n")[0] for n in (1, 2))
    assert one == "📊 You've made 1 picture here, for 1 pt in all"
    assert two == "📊 You've made 2 pictures here, for 2 pts in all"


def test_a_running_job_past_its_maximum_is_nearly_done(locales: Locales) -> None:
    """A status never says that it waits longer than the longest."""
    notices = [what for what, _ in every_message(locales, "en") if what.startswith("StatusShown")]
    assert len(notices) == 3
    assert locales.render(StatusShown(), "en") == "Nothing is being drawn right now. What would you like? 😊"
