"""The local Feishu lists messages as the platform does: who may read them, in what order, and in what form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.platforms.feishu.history import GROUP_HISTORY
from tests.platforms.feishu_server import SCOPES, Chat, FeishuOptions, FeishuServer, feishu_server
from tests.platforms.raw_feishu import Api, Time, api, button, card, names, words

ALL = FeishuOptions(scopes=SCOPES | {GROUP_HISTORY})


async def listed(rest: Api, kind: str, container: str, **more: str) -> Any:
    """The data of a page, or the code of a refusal."""
    query = {"container_id_type": kind, "container_id": container, **more}
    answer = (await rest.call("GET", "/im/v1/messages", params=query)).json()
    return answer["data"] if answer["code"] == 0 else answer["code"]


def ids(page: Any) -> list[str]:
    return [each["message_id"] for each in page["items"]]


def place(server: FeishuServer) -> tuple[Chat, Any]:
    ann = server.person("ann")
    return server.group("painters", ann), ann


async def test_messages_come_in_pages_and_in_either_order() -> None:
    async with feishu_server(ALL) as server, api(server) as rest:
        group, ann = place(server)
        said = [server.say(ann, group, str(number)).id for number in range(3)]
        first = await listed(rest, "chat", group.id, sort_type="ByCreateTimeDesc", page_size="2")
        assert (ids(first), first["has_more"]) == ([said[2], said[1]], True)
        more = {"sort_type": "ByCreateTimeDesc", "page_size": "2", "page_token": first["page_token"]}
        rest_of_them = await listed(rest, "chat", group.id, **more)
        assert (ids(rest_of_them), rest_of_them["has_more"]) == ([said[0]], False)
        assert ids(await listed(rest, "chat", group.id)) == said
        assert server.violations == []


async def test_a_topic_is_listed_by_itself_and_its_first_message_alone_in_the_chat() -> None:
    async with feishu_server(ALL) as server, api(server) as rest:
        group, ann = place(server)
        began = server.say(ann, group, "a cat")
        inside = server.say(ann, group, "a dog", reply_to=began, in_thread=True)
        assert inside.thread is not None
        assert ids(await listed(rest, "chat", group.id)) == [began.id]
        assert ids(await listed(rest, "thread", inside.thread)) == [began.id, inside.id]
        assert await listed(rest, "thread", inside.thread, start_time="1") == 230001
        assert server.violations == []


async def test_the_history_of_a_group_asks_for_a_scope_of_its_own_that_of_a_private_chat_does_not() -> None:
    async with feishu_server() as server, api(server) as rest:
        group, ann = place(server)
        said = server.dm(ann, "a cat")
        assert await listed(rest, "chat", group.id) == 230027
        assert ids(await listed(rest, "chat", said.chat.id)) == [said.id]
        server.trouble.remove_bot(group)
        assert await listed(rest, "chat", group.id) == 230002
        assert server.violations == []


@pytest.mark.parametrize(
    ("query", "expected", "noted"),
    [
        ({"container_id_type": "user", "container_id": "x"}, 99992402, []),
        ({"container_id_type": "chat"}, 99992402, []),
        ({"container_id_type": "chat", "container_id": "oc_nowhere"}, 230001, ["unknown_container"]),
        ({"container_id_type": "thread", "container_id": "omt_nowhere"}, 230001, ["unknown_container"]),
        ({"page_size": "51"}, 99992402, []),
        ({"page_token": "x"}, 230001, []),
        ({"sort_type": "newest"}, 99992402, []),
        ({"card_msg_content_type": "all"}, 99992402, []),
        ({"sender_id": "cli_a"}, 0, ["unknown_parameter"]),
    ],
)
async def test_a_question_that_is_none_is_refused(query: dict[str, str], expected: int, noted: list[str]) -> None:
    async with feishu_server(ALL) as server, api(server) as rest:
        group, ann = place(server)
        server.say(ann, group, "a cat")
        asked = query if "container_id_type" in query else {"container_id_type": "chat", "container_id": group.id}
        answer = await rest.call("GET", "/im/v1/messages", params={**asked, **query})
        assert answer.json()["code"] == expected
        assert names(server) == noted


async def test_what_the_bot_sent_comes_back_in_the_platforms_own_form() -> None:
    """Links with their text, mentions as keys, a post without its language; a card only for who asks for it."""
    time = Time()
    options = FeishuOptions(scopes=SCOPES | {GROUP_HISTORY}, clock=time, stopwatch=time)
    async with feishu_server(options) as server, api(server) as rest:
        group, ann = place(server)
        server.say(ann, group, "a cat")
        await rest.send(group, content={"text": f'<at user_id="{ann.open_id}">ann</at> https://example.com/a'})
        line = [{"tag": "at", "user_id": ann.open_id}, {"tag": "text", "text": "hi"}]
        await rest.send(group, "post", {"zh_cn": {"content": [line]}})
        sent = card(words("done"), button("again", {"press": "x"}))
        await rest.send(group, "interactive", sent)
        as_shown = await listed(rest, "chat", group.id)
        text, post, shown = (json.loads(each["body"]["content"]) for each in as_shown["items"][1:])
        assert text == {"text": "@_user_1 [https://example.com/a](https://example.com/a)"}
        assert post == {
            "title": "",
            "content": [
                [
                    {"tag": "at", "user_id": "@_user_1", "user_name": "ann", "style": []},
                    {"tag": "text", "text": "hi", "style": []},
                ]
            ],
        }
        assert set(shown) == {"title", "elements"}
        as_sent = await listed(rest, "chat", group.id, card_msg_content_type="user_card_content")
        assert json.loads(json.loads(as_sent["items"][3]["body"]["content"])["user_dsl"]) == sent
        assert server.violations == []


async def test_the_same_history_again_and_again_is_noted() -> None:
    async with feishu_server(ALL) as server, api(server) as rest:
        group, ann = place(server)
        server.say(ann, group, "a cat")
        for _ in range(13):
            await listed(rest, "chat", group.id)
        assert names(server) == ["needless_read"]
