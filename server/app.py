"""Put the web application together: settings, keys, content, addresses and errors."""

from __future__ import annotations

import os

import flask_migrate
from flask import Flask, Response, request

from server import areas, cards, errors, keyring, notices, spa, workdays
from server.access import door as access
from server.account import routes as account_routes
from server.briefings import routes as briefing_routes
from server.bundles import routes as bundle_routes
from server.cases import network_routes, plan_routes
from server.config import ROOT, Config
from server.db import db
from server.desk import routes as desk_routes
from server.devices import routes as device_routes
from server.effect import routes as effect_routes
from server.entries import routes as entry_routes
from server.events import routes as event_routes
from server.feedback import routes as feedback_routes
from server.health import routes as health
from server.keyring import KeyRing, read_master_key
from server.latebox import routes as late_routes
from server.logs import requests as watching
from server.meetings import after_routes, point_routes
from server.metrics import routes as metrics_routes
from server.notes import routes as note_routes
from server.notify import channel_routes
from server.observations import routes as observation_routes
from server.oidc import routes as oidc_routes
from server.openapi import Blueprint, QuietApi, about
from server.openapi import routes as openapi_routes
from server.passkeys import routes as passkey_routes
from server.people import routes as people_routes
from server.public import routes as public_routes
from server.referrals import routes as referral_routes
from server.reports import routes as report_routes
from server.rights import routes as rights_routes
from server.sync import routes as sync_routes
from server.systems import routes as system_routes
from server.systems import service as systems
from server.training import routes as training_routes
from server.version import API_VERSION

MOST_BYTES = 512 * 1024


def create_app(config: Config | None = None) -> Flask:
    """Return the application. Settings come from the environment unless given."""
    config = config or Config.from_env(os.environ, ROOT)
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI=config.database_url,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        API_TITLE="Signaalkaart",
        API_VERSION=API_VERSION,
        OPENAPI_VERSION="3.0.3",
        API_SPEC_OPTIONS=about.OPTIONS,
    )
    app.url_map.strict_slashes = True
    app.url_map.redirect_defaults = False
    # Another address is another address: not found, and no redirect.
    app.url_map.merge_slashes = False
    db.init_app(app)
    flask_migrate.Migrate(app, db, directory=str(ROOT / "server" / "migrations"))
    open_stores(app, config)
    watching.register(app)
    errors.register(app)
    access.register(app, systems.admit)
    app.after_request(_add_api_version)
    _add_api(app)
    app.register_blueprint(notices.blp)
    app.register_blueprint(metrics_routes.blp)
    app.register_blueprint(oidc_routes.way_back)
    app.register_blueprint(after_routes.calendar)
    app.url_map.converters["card"] = public_routes.CardName
    app.register_blueprint(public_routes.blp)
    spa.register(app)
    return app


def open_stores(app: Flask, config: Config) -> None:
    """Open the key ring and read the content that these settings name."""
    app.config["SIGNAALKAART"] = config
    master = read_master_key(config.master_key, config.master_key_file)
    keyring.use(KeyRing.at(config.key_ring_url, master))
    cards.start(config.content_dir)
    areas.start(config.content_dir)
    workdays.also_closed(lambda: cards.library().gemeente["desk_hours"]["closed"])


def _add_api(app: Flask) -> None:
    api = QuietApi(app)
    blueprints: list[Blueprint] = [
        health.blp,
        cards.blp,
        areas.blp,
        people_routes.blp,
        passkey_routes.blp,
        oidc_routes.blp,
        device_routes.blp,
        sync_routes.blp,
        observation_routes.blp,
        desk_routes.blp,
        late_routes.blp,
        entry_routes.blp,
        referral_routes.blp,
        feedback_routes.blp,
        rights_routes.blp,
        account_routes.blp,
        bundle_routes.blp,
        plan_routes.blp,
        # Their addresses stand in files of their own.
        network_routes.blp,
        point_routes.blp,
        channel_routes.blp,
        training_routes.blp,
        report_routes.blp,
        system_routes.blp,
        event_routes.blp,
        effect_routes.blp,
        briefing_routes.blp,
        note_routes.blp,
        openapi_routes.blp,
    ]
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix=about.PREFIX)


def _add_api_version(response: Response) -> Response:
    if request.path.startswith("/api/"):
        response.headers["API-Version"] = API_VERSION
    return response
