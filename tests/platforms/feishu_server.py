"""The door of the local Feishu: `async with feishu_server() as server:`.

Point the bot at `server.domain` with `server.app_id` and `server.app_secret`; the long connection follows from there.
For the webhook: `server.post_to(url)`, whose `encrypt_key` and `verification_token` the bot is set up with.
"""

from tests.platforms.feishu.basics import SCOPES, Violation
from tests.platforms.feishu.basics import Options as FeishuOptions
from tests.platforms.feishu.deliveries import Delivery, Press
from tests.platforms.feishu.people import Impossible
from tests.platforms.feishu.server import FeishuServer, feishu_server
from tests.platforms.feishu.trouble_maker import DISCOVERY, TOKEN
from tests.platforms.feishu.views import Button, Shown
from tests.platforms.feishu.webhook import Forgery, Reply, Webhook
from tests.platforms.feishu.world import Chat, Message, Person

__all__ = [
    "DISCOVERY",
    "SCOPES",
    "TOKEN",
    "Button",
    "Chat",
    "Delivery",
    "FeishuOptions",
    "FeishuServer",
    "Forgery",
    "Impossible",
    "Message",
    "Person",
    "Press",
    "Reply",
    "Shown",
    "Violation",
    "Webhook",
    "feishu_server",
]
