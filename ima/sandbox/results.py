"""The finished pictures by the name in their URL: what the storage serves, and what an order may name as its input."""

from dataclasses import dataclass

from ima.sandbox.studio import Studio, Variant
from ima.sandbox.tasks import Ledger, Task

_VARIANTS = {"": Variant.PICTURE, "watermark": Variant.WATERMARK, "cover": Variant.COVER}


@dataclass(frozen=True, slots=True)
class Results:
    """Looks a result up among the tasks."""

    ledger: Ledger
    studio: Studio

    def find(self, name: str) -> tuple[Task, Variant] | None:
        """Return the task and the variant that a file name stands for, or None if no painted task has it."""
        stem, _, extension = name.partition(".")
        result, _, suffix = stem.partition("-")
        variant = _VARIANTS.get(suffix)
        task = self.ledger.by_result(result)
        if task is None or variant is None or not self.studio.painted(task):
            return None
        if extension != ("jpg" if variant is Variant.COVER else task.picture_format()):
            return None
        return task, variant

    async def body(self, name: str) -> bytes | None:
        """Return the file itself, or None where there is none (any more)."""
        found = self.find(name)
        if found is None or found[0].picture_fault is not None:
            return None
        return await self.studio.file(*found)
