"""Write docs/api/openapi.json anew: the API as the code describes it."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from server.app import ROOT, create_app
from server.config import Config

PLACE = ROOT / "docs" / "api" / "openapi.json"


def main() -> None:
    """Make the application on databases that exist only here, and ask it."""
    config = Config.from_env(
        {
            "DATABASE_URL": "sqlite://",
            "KEY_RING_URL": "sqlite://",
            "MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        },
        ROOT,
    )
    answer = create_app(config).test_client().get("/api/v1/openapi.json")
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_text(answer.text, encoding="utf-8")
    print(f"{PLACE.relative_to(Path.cwd())} is bijgewerkt.")


if __name__ == "__main__":
    main()
