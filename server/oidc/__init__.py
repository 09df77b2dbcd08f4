"""The gemeente's own sign-in (OpenID Connect), for who works there."""
