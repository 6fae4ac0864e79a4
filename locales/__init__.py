"""Every word that a user sees, in every language. A language is one catalogue file beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from locales.catalogue import Catalogue, CatalogueError, read_catalogue
from locales.replies import render_reply
from locales.steps import alternative_label, picture_description, render_step, result_label
from protocol.failures import Alternative
from protocol.notices import (
    Acknowledged,
    Cancelled,
    Failed,
    Notice,
    Preparing,
    Progress,
    Started,
    Succeeded,
)
from protocol.results import ResultButton

__all__ = ["Catalogue", "CatalogueError", "Locales"]

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Locales:
    """All languages. One that is not there is answered in English."""

    catalogues: Mapping[str, Catalogue]

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Locales:
        """Read every `*.po` file of a folder (this package's own), once. Raises CatalogueError."""
        sources = {
            file.name.removesuffix(".po"): file.read_text(encoding="utf-8")
            for file in (folder or files(__name__)).iterdir()
            if file.name.endswith(".po")
        }
        if DEFAULT_LANGUAGE not in sources:
            raise CatalogueError(f"the catalogue {DEFAULT_LANGUAGE}.po is missing")
        english = read_catalogue(DEFAULT_LANGUAGE, sources.pop(DEFAULT_LANGUAGE))
        others = {language: read_catalogue(language, source, english) for language, source in sources.items()}
        return cls({DEFAULT_LANGUAGE: english, **others})

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages there are."""
        return tuple(sorted(self.catalogues))

    def render(self, notice: Notice, lang: str) -> str:
        """What to tell the user, in their language."""
        catalogue = self._catalogue(lang)
        match notice:
            case Acknowledged() | Started() | Progress() | Preparing() | Succeeded() | Failed() | Cancelled():
                return render_step(notice, catalogue)
            case _:
                return render_reply(notice, catalogue)

    def alternative_label(self, alternative: Alternative, lang: str) -> str:
        """The text of a button that takes this alternative, with its exact points."""
        return alternative_label(alternative, self._catalogue(lang))

    def result_label(self, button: ResultButton, lang: str) -> str:
        """The text of a button under a finished picture, with its exact points."""
        return result_label(button, self._catalogue(lang))

    def picture_description(self, prompt: str, lang: str) -> str:
        """What a screen reader says of a picture that was made from this prompt."""
        return picture_description(prompt, self._catalogue(lang))

    def text(self, key: str, lang: str, **values: str | int) -> str:
        """One text of the catalogue, for words that adapters are handed. Raises KeyError as `Catalogue.text`."""
        return self._catalogue(lang).text(key, **values)

    def words(self, prefix: str, lang: str) -> Mapping[str, str]:
        """Every text under a prefix (`page.`), by its whole key; placeholders are left in."""
        return self._catalogue(lang).words(prefix)

    def _catalogue(self, lang: str) -> Catalogue:
        return self.catalogues.get(lang, self.catalogues[DEFAULT_LANGUAGE])
