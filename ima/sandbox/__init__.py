"""The IMA Open API as a strict local server that paints real pictures."""
