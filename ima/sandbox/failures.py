"""Everything that can be made to go wrong on request: names, titles for a menu, and what is armed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Failure(StrEnum):
    """What goes wrong, by the name under which it is asked for."""

    UNAUTHORIZED = "unauthorized"
    INSUFFICIENT_POINTS = "insufficient_points"
    INVALID_ATTRIBUTE = "invalid_attribute"
    CREDIT_MISMATCH = "credit_mismatch"
    NO_RULE = "no_rule"
    ATTRIBUTE_MISMATCH = "attribute_mismatch"
    BAD_REQUEST = "bad_request"
    UNSUPPORTED_RATIO = "unsupported_ratio"
    RESOURCE_FAILED = "resource_failed"
    DELETED = "deleted"
    STATUS_FAILED = "status_failed"
    NEVER_FINISHES = "never_finishes"
    FINISHES_LATE = "finishes_late"
    RATE_LIMITED = "rate_limited"
    RATE_LIMITED_NO_HINT = "rate_limited_no_hint"
    RATE_LIMITED_LIST = "rate_limited_list"
    RATE_LIMITED_LIST_NO_HINT = "rate_limited_list_no_hint"
    UNSAFE_PROMPT = "unsafe_prompt"
    UNSAFE_RESULT = "unsafe_result"
    UNKNOWN_CODE = "unknown_code"
    CREATE_ANSWER_LOST = "create_answer_lost"
    CREATE_ANSWER_5XX_AFTER_CHARGE = "create_answer_5xx_after_charge"
    CREATE_ANSWER_GARBAGE = "create_answer_garbage"
    CREATE_TIMES_OUT_AFTER_CHARGE = "create_times_out_after_charge"
    LIST_DOWN = "list_down"
    LIST_GARBAGE = "list_garbage"
    LIST_REDIRECTED = "list_redirected"
    POLLS_GARBAGE = "polls_garbage"
    EMPTY_URL_FIRST = "empty_url_first"
    PICTURE_MISSING = "picture_missing"
    PICTURE_TOO_LARGE = "picture_too_large"
    PICTURE_ENDLESS = "picture_endless"
    PICTURE_NOT_A_PICTURE = "picture_not_a_picture"
    PICTURE_TRUNCATED = "picture_truncated"
    PICTURE_SLOW = "picture_slow"
    UPLOAD_TOKEN_REFUSED = "upload_token_refused"  # noqa: S105 - a name, not a secret
    UPLOAD_TOKEN_REDIRECTED = "upload_token_redirected"  # noqa: S105
    UPLOAD_PUT_FAILS = "upload_put_fails"
    SLOW_UPLOAD = "slow_upload"
    PRICE_RISES = "price_rises"
    PRICE_FALLS = "price_falls"
    IDS_CHANGE = "ids_change"
    CONNECTION_REFUSED = "connection_refused"


@dataclass(frozen=True, slots=True)
class Known:
    """How a failure is shown in a menu, and what it is when nothing more is said.

    `times` is how many matching calls it hits: as many as the call is tried for one picture. `seconds` is how
    long it lasts or waits, where that means something.
    """

    title_en: str
    title_zh: str
    times: int = 1
    seconds: float = 0.0


KNOWN: Final[Mapping[Failure, Known]] = {
    Failure.UNAUTHORIZED: Known("The key is refused (401)", "密钥被拒绝（401）"),
    Failure.INSUFFICIENT_POINTS: Known("Not enough points (4008)", "积分不足（4008）"),
    Failure.INVALID_ATTRIBUTE: Known("Invalid product attribute, twice", "产品属性无效，连续两次", 2),
    Failure.CREDIT_MISMATCH: Known("Credit differs from the rule (6006), twice", "积分与规则不符（6006），连续两次", 2),
    Failure.NO_RULE: Known("No rule for these parameters (6009), twice", "参数没有对应规则（6009），连续两次", 2),
    Failure.ATTRIBUTE_MISMATCH: Known("Attribute does not match (6010), twice", "属性不匹配（6010），连续两次", 2),
    Failure.BAD_REQUEST: Known("Bad parameters (400)", "参数错误（400）"),
    Failure.UNSUPPORTED_RATIO: Known("The ratio is not supported (400)", "比例不受支持（400）"),
    Failure.RESOURCE_FAILED: Known("The picture fails (resource status 2)", "图片生成失败（资源状态 2）"),
    Failure.DELETED: Known("The picture is deleted (resource status 3)", "图片被删除（资源状态 3）"),
    Failure.STATUS_FAILED: Known("The task says that it failed", "任务状态为失败"),
    Failure.NEVER_FINISHES: Known("The picture never comes", "图片一直没有完成"),
    Failure.FINISHES_LATE: Known("The picture comes after 11 minutes", "图片 11 分钟后才完成", seconds=660),
    Failure.RATE_LIMITED: Known("Rate limit at the order, with a hint when to retry", "下单限流，提示重试时间", 5, 1),
    Failure.RATE_LIMITED_NO_HINT: Known("Rate limit at the order, without a hint", "下单限流，不提示重试时间", 5),
    Failure.RATE_LIMITED_LIST: Known("Rate limit at the price list, with a hint", "价目表限流，提示重试时间", 5, 1),
    Failure.RATE_LIMITED_LIST_NO_HINT: Known("Rate limit at the price list, without a hint", "价目表限流，不提示", 5),
    Failure.UNSAFE_PROMPT: Known("The prompt is blocked as unsafe", "提示词被判定为不安全"),
    Failure.UNSAFE_RESULT: Known("The picture is blocked as unsafe", "图片被判定为不安全"),
    Failure.UNKNOWN_CODE: Known("An error that nobody has heard of", "从未见过的错误"),
    Failure.CREATE_ANSWER_LOST: Known("Charged, then the connection breaks", "已扣积分，然后连接中断"),
    Failure.CREATE_ANSWER_5XX_AFTER_CHARGE: Known("Charged, then a server error", "已扣积分，然后服务器错误"),
    Failure.CREATE_ANSWER_GARBAGE: Known("Charged, then an unreadable answer", "已扣积分，然后应答无法读取"),
    Failure.CREATE_TIMES_OUT_AFTER_CHARGE: Known("Charged, then silence", "已扣积分，然后没有应答", seconds=600),
    Failure.LIST_DOWN: Known("The price list is down", "价目表不可用", 5),
    Failure.LIST_GARBAGE: Known("The price list is unreadable", "价目表无法读取", 5),
    Failure.LIST_REDIRECTED: Known("The price list points elsewhere", "价目表跳转到别处"),
    Failure.POLLS_GARBAGE: Known("Five unreadable answers while waiting", "等待时五次无法读取的应答", 5),
    Failure.EMPTY_URL_FIRST: Known("Done, but the link is missing for a while", "已完成，但链接暂时为空"),
    Failure.PICTURE_MISSING: Known("The finished picture is missing (404)", "完成的图片不存在（404）"),
    Failure.PICTURE_TOO_LARGE: Known("The finished picture has 150 MB", "完成的图片有 150 MB"),
    Failure.PICTURE_ENDLESS: Known("The finished picture never ends", "完成的图片没有结尾"),
    Failure.PICTURE_NOT_A_PICTURE: Known("The finished picture is a web page", "完成的图片其实是网页"),
    Failure.PICTURE_TRUNCATED: Known("The finished picture is cut off", "完成的图片不完整"),
    Failure.PICTURE_SLOW: Known("The finished picture takes 20 s to fetch", "完成的图片下载需要 20 秒", seconds=20),
    Failure.UPLOAD_TOKEN_REFUSED: Known("The upload is refused", "上传被拒绝", 5),
    Failure.UPLOAD_TOKEN_REDIRECTED: Known("The upload points elsewhere", "上传跳转到别处"),
    Failure.UPLOAD_PUT_FAILS: Known("The storage fails", "存储出错", 5),
    Failure.SLOW_UPLOAD: Known("The upload takes 25 s", "上传需要 25 秒", seconds=25),
    Failure.PRICE_RISES: Known("It becomes dearer at the last moment", "最后一刻涨价"),
    Failure.PRICE_FALLS: Known("It becomes cheaper at the last moment", "最后一刻降价"),
    Failure.IDS_CHANGE: Known("The catalogue changes at the last moment", "最后一刻产品目录变更"),
    Failure.CONNECTION_REFUSED: Known("Nobody answers for 5 s", "5 秒内无法连接", seconds=5),
}


@dataclass(frozen=True, slots=True)
class Armed:
    """A failure that waits for its call: how often it still hits, and its seconds."""

    failure: Failure
    times: int
    seconds: float


@dataclass(slots=True)
class Failures:
    """What is armed. The same failure armed again replaces the earlier one."""

    _armed: dict[Failure, Armed] = field(default_factory=dict)

    def arm(self, failure: Failure, times: int | None = None, seconds: float | None = None) -> Armed:
        """Make the next matching calls fail.

        Raises:
            ValueError: `times` below 1, or `seconds` below 0.
        """
        known = KNOWN[failure]
        armed = Armed(failure, known.times if times is None else times, known.seconds if seconds is None else seconds)
        if armed.times < 1 or not 0 <= armed.seconds <= 86_400:
            raise ValueError("times is at least 1, seconds between 0 and a day")
        self._armed[failure] = armed
        return armed

    def take(self, *candidates: Failure) -> Armed | None:
        """Use up one hit of the first candidate that is armed, and return it."""
        for failure in candidates:
            if armed := self._armed.get(failure):
                if armed.times > 1:
                    self._armed[failure] = Armed(failure, armed.times - 1, armed.seconds)
                else:
                    del self._armed[failure]
                return armed
        return None

    def armed(self) -> tuple[Armed, ...]:
        """Return what still waits."""
        return tuple(self._armed.values())

    def reset(self) -> None:
        """Disarm everything."""
        self._armed.clear()
