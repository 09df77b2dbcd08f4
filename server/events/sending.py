"""Send what is due with the settings of this installation."""

from __future__ import annotations

from threading import Event as Flag

from server.config import Config
from server.events import courier
from server.events.settings import listener
from server.events.webhook import Sender


def send_due(config: Config, owner: str, stop: Flag) -> None:
    """Bring what is due to the system that listens, until nothing is due or somebody says stop."""
    to = listener()
    if to is None:
        return
    sender = Sender(to.url, config.events_token)
    figures = f"{config.public_url}/api/v1/published-figures"
    while not stop.is_set() and courier.deliver_due(sender, owner, figures, stop=stop):
        pass
