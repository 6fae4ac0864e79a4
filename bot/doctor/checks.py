"""All checks, in the order in which they are read."""

from __future__ import annotations

from bot.doctor.finding import Check
from bot.doctor.image_service import image_service_checks
from bot.doctor.machine import machine_checks
from bot.doctor.platforms import platform_checks
from bot.settings import Settings
from ima import ImaClient


def checks_for(settings: Settings, ima: ImaClient | None) -> list[Check]:
    """What there is to look at. `ima` is None where there is no key."""
    return [*machine_checks(settings), *image_service_checks(settings, ima), *platform_checks(settings)]
