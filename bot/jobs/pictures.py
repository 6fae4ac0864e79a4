"""Pictures on their way in and out of a job."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from adapters.port import Adapter, AttachmentError, AttachmentTooLarge
from bot.jobs.reasons import reason_of
from bot.media.fetch import Fetcher, FetchError, Gone, Refused, TooLarge, Unavailable
from bot.media.files import MediaFolder, MediaFolderError
from bot.media.pictures import NotAPicture, PictureError, PictureTooLarge
from bot.media.workshop import Workshop
from ima import ImaClient
from ima.errors import ImaError
from protocol import events
from protocol.conversation import MOST_IMAGES
from protocol.decision import AspectRatio
from protocol.events import Event
from protocol.failures import FailureReason
from protocol.job import Job, StoredPicture
from protocol.messages import AttachedImage, LinkedImage
from protocol.shapes import nearest_shape

LARGEST_INPUT = 20 * 1024 * 1024
"""Bytes that a person's picture may have."""

LARGEST_UPLOAD = 10 * 1024 * 1024
LONGEST_UPLOAD_SIDE = 4096
"""What is passed on to IMA: more helps no model, and costs everybody time."""

LARGEST_RESULT = 100 * 1024 * 1024
FETCH_SECONDS = 90.0
"""The longest silence in which a finished picture is fetched; then its link is sent."""

FETCH_ATTEMPTS = 5
FETCH_PAUSE = 3.0


class Pictures:
    """Makes input pictures reachable for IMA, and brings the result to our disk, fitted to the platform."""

    def __init__(
        self,
        *,
        adapters: Mapping[str, Adapter],
        ima: ImaClient,
        fetcher: Fetcher,
        workshop: Workshop,
        folder: MediaFolder,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._adapters = adapters
        self._ima = ima
        self._fetcher = fetcher
        self._workshop = workshop
        self._folder = folder
        self._clock = clock
        self._sleep = sleep

    async def prepare(self, job: Job) -> Event:
        """Every input picture under a URL that IMA can fetch: a public link as it is, the rest uploaded."""
        try:
            found = [await self._reachable(image) for image in job.request.images[:MOST_IMAGES]]
        except (AttachmentTooLarge, PictureTooLarge):
            return events.Refused(self._clock(), FailureReason.INPUT_TOO_LARGE)
        except (AttachmentError, PictureError):
            return events.Refused(self._clock(), FailureReason.INPUT_UNREADABLE)
        except ImaError as error:
            return events.Refused(self._clock(), reason_of(error))
        shape = found[0][1] if found else None
        return events.Prepared(self._clock(), tuple(url for url, _ in found), shape)

    async def _reachable(self, image: LinkedImage | AttachedImage) -> tuple[str, AspectRatio | None]:
        """Where IMA finds it, and its shape where we know it."""
        if isinstance(image, LinkedImage):
            if not self._fetcher.may_be_public(image.url):
                raise AttachmentError("the link leads to no public place")
            return image.url, image.shape
        adapter = self._adapters.get(image.platform)
        if adapter is None:
            raise AttachmentError(f"{image.platform} is not configured")
        data = await adapter.fetch(image, LARGEST_INPUT)
        cleaned = await self._workshop.clean(data, largest_bytes=LARGEST_UPLOAD, longest_side=LONGEST_UPLOAD_SIDE)
        url = await self._ima.upload(cleaned.data, cleaned.media_type)
        return url, nearest_shape(cleaned.width, cleaned.height)

    async def fetch(self, job: Job) -> events.Fetched | events.NotFetched:
        """Download the result, check it, fit it. It is paid: short troubles are waited out."""
        if job.picture is None:
            raise ValueError("there is no picture to fetch yet")
        adapter = self._adapters.get(job.request.address.platform)
        largest = adapter.largest_picture(job.request.address) if adapter is not None else LARGEST_UPLOAD
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                found = await self._patiently(job.picture.url, largest)
        except TimeoutError:
            found = False
        if isinstance(found, StoredPicture):
            return events.Fetched(self._clock(), found)
        return events.NotFetched(self._clock(), gone=found)

    async def _patiently(self, url: str, largest: int) -> StoredPicture | bool:
        """The picture on our disk; else whether its link leads to no picture at all."""
        gone = False
        for attempt in range(1, FETCH_ATTEMPTS + 1):
            try:
                return await self._store(url, largest)
            except (TooLarge, PictureTooLarge, MediaFolderError, Refused):
                return False
            except (Gone, NotAPicture):
                # The storage may need a moment until a new picture can be read everywhere.
                gone = True
            except (Unavailable, FetchError):
                gone = False
            if attempt < FETCH_ATTEMPTS:
                await self._sleep(FETCH_PAUSE)
        return gone

    async def _store(self, url: str, largest: int) -> StoredPicture:
        data = await self._fetcher.fetch(url, limit=LARGEST_RESULT)
        fitted = await self._workshop.fit(data, largest_bytes=largest)
        name = await self._folder.save(fitted.data, fitted.media_type)
        return StoredPicture(name, fitted.media_type, fitted.width, fitted.height, fitted.changed)
