"""The door of the local Discord: `async with discord_server() as server:`.

Point the bot at `server.api_url` with `server.token`; the gateway follows from `GET {api_url}/gateway`.
"""

from tests.platforms.discord.basics import Options as DiscordOptions
from tests.platforms.discord.basics import Violation
from tests.platforms.discord.files import Upload
from tests.platforms.discord.interactions import Interaction
from tests.platforms.discord.people import Impossible, Value
from tests.platforms.discord.server import DiscordServer, discord_server
from tests.platforms.discord.views import Button, Shown
from tests.platforms.discord.world import Attachment, Channel, Guild, Message, User

__all__ = [
    "Attachment",
    "Button",
    "Channel",
    "DiscordOptions",
    "DiscordServer",
    "Guild",
    "Impossible",
    "Interaction",
    "Message",
    "Shown",
    "Upload",
    "User",
    "Value",
    "Violation",
    "discord_server",
]
