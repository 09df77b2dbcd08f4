"""The key this installation proves itself with at the gemeente's provider."""

from __future__ import annotations

import json
import os
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey


def read(file: Path) -> ECKey | RSAKey:
    """Return the private key in a file; either kind will do."""
    pem = file.read_bytes()
    try:
        return ECKey.import_key(pem)
    except (JoseError, ValueError, TypeError):
        return RSAKey.import_key(pem)


def public_key(file: Path) -> str:
    """Return the public half for the provider, as a JWK; make the key if there is none."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        made = ECKey.generate_key("P-256").as_pem(private=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(made)
    key = read(file)
    told = {**key.as_dict(private=False), "kid": key.thumbprint(), "use": "sig"}
    return json.dumps(told, indent=2)
