"""One round trip as it stands in the description of the API."""

from __future__ import annotations

from typing import Any

SEALED = (
    "AQwyMDI2LTExLTNmOWMES1XpU4zo0YVrpulDaGxLEcB2g1WVqEpUqD0slpkh5eBP1qotojhSHV6NMaan9rqgVjAC4K"
    "FHVxTRqNw5sKK/jeOoSw9WkT7DftXmHWuAVrT35gq+AYfQMAxer2gfTpXo5AmfZ+Ka8EPisjC1TgY3uO+/J29cfoxl"
    "FmV/+Kz1hIMVBJcu+WPMHcDgLG+I1XBCJFO5EMAl8WzFbJUUMF0Ut2NvHxh325yWko/JK24hh+Fc6u+VDK+CWS5eap"
    "sOzhW1CXRZWzvcjfOoF21iY+Qitgs2qS/Ga/sUNGwmnpAPc6HJbpIjK9FIRgiIXFMXmss8VA09zwMGF4ihUsp5JUfZ"
    "2DAM3yGh+Pt85b1XFI9J2fb5Oll9c/69UJZvh0qalQ3X7AFsW0ZSop66Yr/5nhmzeb4oz8+R+Kl73nZtKGghYjRJrr"
    "NaphVuXUITmpxNLia9"
)
OBSERVATION = "6f1d2c3b-8a4e-4b6f-9d0c-5e7a1b2c3d4e"
EARLIER = "2c9a7e51-0d3f-4c8b-a6e4-91f0b7d5c3a2"

REQUEST: dict[str, Any] = {
    "device": "d4a1f0c2-3b5e-4f67-8a9b-0c1d2e3f4a5b",
    "app_version": "0.1.0",
    "by": "0b9e8d7c-6a5f-4e3d-8c2b-1a0f9e8d7c6b",
    "unsent": 1,
    "cursor": 7,
    "epoch": "9e8d7c6b-5a4f-4321-8fed-cba987654321",
    "sent_at": "2026-11-21T20:42:05Z",
    "items": [
        {
            "kind": "observation",
            "id": OBSERVATION,
            "by": "0b9e8d7c-6a5f-4e3d-8c2b-1a0f9e8d7c6b",
            "made_at": "2026-11-21T20:41:58Z",
            "card": "boa",
            "card_version": 1,
            "signals": ["BOA-08", "BOA-16"],
            "protective": ["P-15"],
            "area": "BU99990101",
            "date": "2026-11-21",
            "basis": "seen",
            "desk": "sociaal",
            "urgency": "this_week",
            "shielded": False,
            "sealed": SEALED,
        }
    ],
}

ANSWER: dict[str, Any] = {
    "outcomes": [{"id": OBSERVATION, "result": "stored", "receipt": "7K2-4MX"}],
    "person": "0b9e8d7c-6a5f-4e3d-8c2b-1a0f9e8d7c6b",
    "changes": [
        {
            "kind": "observation",
            "id": EARLIER,
            "receipt": "Q4H-9TB",
            "card": "boa",
            "card_version": 1,
            "area": None,
            "date": "2026-11-18",
            "signals": 3,
            "state": "in_progress",
            "received_at": "2026-11-18T09:15:30.120000Z",
            "made_at": "2026-11-18T09:14:02Z",
            "read_by": "2026-11-20",
            "answer_by": "2026-12-02",
            "feedback": [
                {
                    "id": "7a6b5c4d-3e2f-4a1b-9c8d-7e6f5a4b3c2d",
                    "kind": "watching",
                    "text": None,
                    "useful": None,
                    "at": "2026-11-21T13:05:11.480000Z",
                }
            ],
            "additions": [],
            "withdrawal": None,
        }
    ],
    "cursor": 9,
    "more": False,
    "epoch": "9e8d7c6b-5a4f-4321-8fed-cba987654321",
    "cards_version": "3f9c1e7a",
    "seal_key": {
        "id": "2026-11-3f9c",
        "public_key": (
            "BBjbOPU7Bbt+U8P68fvYf/oHGyeIZiYhHg6AqRv4YlSYRDnkoHShcOBWJB+52rVIWtHdfeWzoyhn2U5UpuYTWXk="
        ),
    },
    "server_time": "2026-11-21T20:42:05.310000Z",
    "wipe": False,
}
