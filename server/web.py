"""How gunicorn serves the app, as far as its options cannot say it: --config python:server.web."""

from __future__ import annotations

import gunicorn.http.wsgi

# Nobody needs to know what serves this, and gunicorn has no setting for it.
gunicorn.http.wsgi.SERVER = "signaalkaart"
