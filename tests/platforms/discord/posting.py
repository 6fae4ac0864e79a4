"""How messages come to be, change and go, whoever sends them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from tests.platforms.discord.access import Access
from tests.platforms.discord.basics import Ids, Json, Options, Violations, invalid
from tests.platforms.discord.cdn import Cdn
from tests.platforms.discord.files import Upload, described, kept, to_attachment
from tests.platforms.discord.mentions import check_allowed, judge, pings, texts
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.switchboard import Switchboard
from tests.platforms.discord.world import LOADING, Attachment, Channel, Message, User, World


class Posting:
    """Stores messages and tells the gateway."""

    def __init__(
        self,
        world: World,
        access: Access,
        ids: Ids,
        cdn: Cdn,
        payloads: Payloads,
        board: Switchboard,
        options: Options,
        violations: Violations,
    ) -> None:
        self._world = world
        self._access = access
        self._ids = ids
        self._cdn = cdn
        self._payloads = payloads
        self._board = board
        self._options = options
        self._violations = violations
        self._askers: defaultdict[int, set[int]] = defaultdict(set)

    def note_asker(self, channel: Channel, user: User) -> None:
        """Remember that a user turned to the bot in a channel: they may be pinged there."""
        self._askers[channel.id].add(user.id)

    def from_person(
        self,
        channel: Channel,
        author: User,
        text: str,
        uploads: Sequence[Upload] = (),
        *,
        reply_to: Message | None = None,
        embeds: Sequence[Json] = (),
        reply_ping: bool = True,
    ) -> Message:
        """Post what somebody wrote with a client: their mentions all count."""
        allowed: Json = {"parse": ["users", "roles", "everyone"], "replied_user": reply_ping}
        reached = pings(channel, author, text, allowed, reply_to)
        message = Message(self._ids.next(), channel, author, self._options.clock(), text)
        message.embeds = list(embeds)
        message.attachments = [self.store(channel, upload) for upload in uploads]
        message.mentions, message.mention_roles = list(reached.users), list(reached.roles)
        message.mention_everyone, message.pinged = reached.everyone, reached.heard
        if reply_to is not None:
            self._refer(message, reply_to)
        bot = self._world.bot
        if bot in message.mentions or channel.guild is None or "message_content" in self._options.needed_intents:
            self.note_asker(channel, author)
        self._publish(message)
        return message

    def change(self, message: Message, text: str | None, embeds: Sequence[Json] | None) -> None:
        """Let a person edit their words, or let previews of their links appear, which is told as an edit, too."""
        if text is not None:
            message.earlier.append(message.content)
            message.content, message.edited = text, self._options.clock()
        if embeds is not None:
            message.embeds = list(embeds)
        self._tell("MESSAGE_UPDATE", message)

    def store(self, channel: Channel, upload: Upload) -> Attachment:
        """Take a file in."""
        attachment = to_attachment(self._ids.next(), channel, upload)
        self._cdn.keep(attachment)
        return attachment

    def _refer(self, message: Message, target: Message) -> None:
        message.kind, message.replied_to = 19, target
        message.reference = {"type": 0, "channel_id": str(target.channel.id), "message_id": str(target.id)}
        if target.channel.guild is not None:
            message.reference["guild_id"] = str(target.channel.guild.id)

    def from_bot(
        self,
        channel: Channel,
        form: Json,
        files: dict[int, Upload],
        *,
        reply_to: Message | None = None,
        asker: User | None = None,
        only_for: User | None = None,
        interaction: Json | None = None,
        flags: int = 0,
    ) -> Message:
        """Post what the bot sent; its form was checked. `asker` is who a ping may reach, where that is known."""
        allowed = self._allowed(form, "create")
        uploads = described(form, files)
        text = "\n".join(texts(form.get("content") or "", form.get("components") or []))
        reached = pings(channel, self._world.bot, text, allowed, reply_to)
        if asker is None and reply_to is not None:
            asker = reply_to.author
        judge(reached, {asker.id} if asker else self._askers[channel.id], self._violations, f"in {channel.name}")
        message = Message(self._ids.next(), channel, self._world.bot, self._options.clock(), form.get("content") or "")
        message.attachments = [self.store(channel, uploads[number]) for number in sorted(uploads)]
        self._dress(message, form)
        message.flags = (form.get("flags") or 0) | flags
        message.nonce = None if form.get("nonce") is None else str(form["nonce"])
        message.mentions, message.mention_roles = list(reached.users), list(reached.roles)
        message.mention_everyone, message.pinged = reached.everyone, reached.heard
        message.only_for, message.interaction = only_for, interaction
        if interaction is not None and interaction["type"] == 2:
            message.kind = 20
        if reply_to is not None:
            self._refer(message, reply_to)
        self._publish(message)
        return message

    def _allowed(self, form: Json, what: str) -> Json | None:
        allowed = form.get("allowed_mentions")
        if allowed is None:
            self._violations.add("no_allowed_mentions", what)
            return None
        return check_allowed(allowed)

    def _dress(self, message: Message, form: Json) -> None:
        names = {attachment.filename for attachment in message.attachments}
        if form.get("embeds") is not None:
            message.embeds = [self._resolved(embed, names) for embed in form["embeds"]]
        if form.get("components") is not None:
            message.components = [
                component | {"id": index} for index, component in enumerate(form["components"], start=1)
            ]

    def _resolved(self, embed: Json, names: set[str]) -> Json:
        for part in ("image", "thumbnail"):
            url = str((embed.get(part) or {}).get("url", ""))
            if url.startswith("attachment://") and url.removeprefix("attachment://") not in names:
                self._violations.add("embed_without_its_file", url)
        return {"type": "rich", **embed}

    def edit(self, message: Message, form: Json, files: dict[int, Upload], *, quiet: bool = False) -> Message:
        """Change a message of the bot; its form was checked. An edit pings nobody anew."""
        if not quiet:
            self._allowed(form, "edit")
        uploads = described(form, files)
        loading = bool(message.flags & LOADING)
        if "content" in form:
            message.earlier.append(message.content)
            message.content = form["content"] or ""
        keep = kept(form)
        if keep is not None:
            unknown = keep - {one.id for one in message.attachments}
            if unknown:
                raise invalid("attachments", "ATTACHMENT_NOT_FOUND", "Attachment data not found")
            message.attachments = [one for one in message.attachments if one.id in keep]
        message.attachments += [self.store(message.channel, uploads[number]) for number in sorted(uploads)]
        for key in ("embeds", "components"):
            if key in form and form[key] is None:
                form = form | {key: []}
        self._dress(message, form)
        if form.get("flags") is not None:
            message.flags = form["flags"] | (message.flags & (1 << 6))
        message.flags &= ~LOADING
        if not loading:
            message.edited = self._options.clock()
        self._tell("MESSAGE_UPDATE", message)
        return message

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        data: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        guild = message.channel.guild
        if guild is not None:
            data["guild_id"] = str(guild.id)
        self._announce(message, "MESSAGE_DELETE", lambda _: data)

    def _publish(self, message: Message) -> None:
        message.channel.archived = False
        message.channel.messages[message.id] = message
        self._announce(
            message,
            "MESSAGE_CREATE",
            lambda content: self._payloads.posted(message, self._payloads.message_event(message, content=content)),
        )

    def _tell(self, event: str, message: Message) -> None:
        self._announce(message, event, lambda content: self._payloads.message_event(message, content=content))

    def _announce(self, message: Message, event: str, make: Callable[[bool], Json]) -> None:
        channel = message.channel
        if message.only_for is not None or not self.bot_sees(channel):
            self._board.changed()
            return
        self._board.dispatch(event, make, channel.guild)

    def bot_sees(self, channel: Channel) -> bool:
        """Whether events of a channel come to the bot."""
        return channel.guild is None or self._access.allows(channel, "view_channel")
