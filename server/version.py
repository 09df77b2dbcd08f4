"""The version of product and API, said once."""

from importlib.metadata import PackageNotFoundError, version

API_VERSION = "1.0.0"

try:
    VERSION = version("signaalkaart")
except PackageNotFoundError:  # run from a source tree that was never installed
    VERSION = "0.0.0"
