"""An async client of the IMA Open API, usable by itself."""
