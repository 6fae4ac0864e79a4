"""The IMA Open API as a strict local server over real sockets, painting real pictures.

`ima.sandbox.server` runs it (`serve`, `running_sandbox`), `ima.sandbox.options` says how. Nothing is imported
here: importing the painter must not load a web server, nor the other way round.
"""
