"""The hour, the season and the weather, and the colours that they give to air, ground and water."""

from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Final

from .colour import Colour, mix
from .fills import Light


class Hour(Enum):
    DAWN = "dawn"
    DAY = "day"
    SUNSET = "sunset"
    NIGHT = "night"


class Season(Enum):
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Weather(Enum):
    CLEAR = "clear"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"


@dataclass(frozen=True, slots=True)
class Air:
    """Sky from top to horizon, the clouds, the sun or moon, and what the light does to things."""

    top: Colour
    middle: Colour
    horizon: Colour
    cloud: Colour
    sun: Colour
    light: Light


@dataclass(frozen=True, slots=True)
class Ground:
    grass: Colour
    leaf: Colour
    leaf_light: Colour
    path: Colour


@dataclass(frozen=True, slots=True)
class Mood:
    hour: Hour
    season: Season
    weather: Weather
    air: Air
    ground: Ground
    shines: bool = True
    """Whether the sun or the moon is in the picture."""

    def distant(self, colour: Colour, share: float) -> Colour:
        """``colour`` seen through the air: the further, the more it takes the horizon's colour."""
        return self.air.light.on(mix(colour, self.air.horizon, share))

    @property
    def dark(self) -> bool:
        return self.hour is Hour.NIGHT


_DAY = Light((255, 255, 255), 0)
_RED = Light((255, 172, 138), 0.55)
_ROSE = Light((255, 206, 208), 0.5)
_BLUE = Light((112, 128, 214), 0.62)

AIRS: Final[dict[Hour, tuple[Air, ...]]] = {
    Hour.DAY: (
        Air((74, 155, 224), (142, 204, 240), (226, 244, 248), (255, 255, 255), (255, 240, 176), _DAY),
        Air((58, 170, 190), (140, 214, 212), (240, 246, 222), (255, 255, 250), (255, 244, 190), _DAY),
        Air((104, 146, 226), (176, 198, 246), (250, 232, 232), (255, 252, 252), (255, 236, 170), _DAY),
        Air((250, 200, 120), (252, 222, 164), (254, 242, 214), (255, 252, 240), (255, 250, 220), _DAY),
    ),
    Hour.DAWN: (
        Air((112, 138, 206), (232, 178, 200), (255, 226, 184), (255, 226, 222), (255, 244, 200), _ROSE),
        Air((98, 162, 200), (190, 206, 214), (255, 222, 190), (255, 238, 226), (255, 240, 190), _ROSE),
    ),
    Hour.SUNSET: (
        Air((66, 52, 124), (224, 98, 112), (255, 190, 106), (255, 150, 128), (255, 236, 160), _RED),
        Air((232, 96, 84), (252, 146, 84), (255, 214, 128), (255, 184, 130), (255, 244, 184), _RED),
        Air((44, 70, 130), (214, 122, 136), (255, 178, 122), (236, 142, 146), (255, 226, 150), _RED),
    ),
    Hour.NIGHT: (
        Air((10, 16, 48), (28, 42, 98), (74, 86, 154), (72, 84, 142), (250, 244, 214), _BLUE),
        Air((18, 10, 52), (52, 32, 104), (116, 76, 154), (94, 72, 146), (255, 240, 214), _BLUE),
        Air((6, 28, 52), (14, 62, 92), (62, 118, 138), (60, 104, 128), (244, 248, 226), _BLUE),
    ),
}

GROUNDS: Final[dict[Season, tuple[Ground, ...]]] = {
    Season.SPRING: (
        Ground((150, 200, 104), (104, 172, 92), (168, 212, 108), (226, 200, 150)),
        Ground((164, 208, 120), (120, 178, 110), (190, 222, 140), (232, 206, 168)),
    ),
    Season.SUMMER: (
        Ground((116, 182, 92), (52, 136, 86), (112, 180, 90), (222, 192, 138)),
        Ground((92, 174, 116), (36, 122, 98), (92, 172, 112), (226, 202, 150)),
        Ground((172, 190, 84), (92, 142, 70), (160, 186, 82), (230, 198, 140)),
    ),
    Season.AUTUMN: (
        Ground((222, 164, 76), (204, 92, 46), (240, 162, 58), (196, 140, 92)),
        Ground((200, 150, 86), (182, 62, 50), (232, 132, 60), (188, 130, 90)),
    ),
    Season.WINTER: (
        Ground((232, 240, 250), (92, 136, 140), (214, 232, 240), (214, 222, 236)),
        Ground((238, 240, 250), (84, 120, 142), (226, 236, 246), (220, 222, 238)),
    ),
}


def mood_for(hour: Hour | None, season: Season | None, weather: Weather | None, dice: Random) -> Mood:
    """What the prompt left open is drawn by chance."""
    hour = hour or dice.choices([Hour.DAY, Hour.SUNSET, Hour.DAWN], [6, 1.5, 1.5])[0]
    weather = weather or Weather.CLEAR
    if season is None:
        season = (
            Season.WINTER if weather is Weather.SNOW else dice.choice([Season.SPRING, Season.SUMMER, Season.SUMMER])
        )
    air, ground = dice.choice(AIRS[hour]), dice.choice(GROUNDS[season])
    if weather is not Weather.CLEAR:
        air = _clouded(air, weather)
    return Mood(hour, season, weather, air, ground)


def _clouded(air: Air, weather: Weather) -> Air:
    grey: Colour = {Weather.RAIN: (112, 128, 152), Weather.SNOW: (176, 190, 212)}.get(weather, (206, 212, 218))
    share = 0.45
    return Air(
        mix(air.top, grey, share),
        mix(air.middle, grey, share),
        mix(air.horizon, grey, share * 0.7),
        mix(air.cloud, grey, share),
        mix(air.sun, grey, share),
        air.light,
    )
