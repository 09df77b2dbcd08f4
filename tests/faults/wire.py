"""What stands between the phones and the server, and ruins what the plan says it ruins."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.plan import Trouble
from tests.faults.tally import Tally

PHONE = re.compile(rb"\r\nx-phone: *([\w-]+)", re.I)
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
CONNECTION = re.compile(rb"\r\n(?:connection|keep-alive): *[^\r]*", re.I)
PORTAL = b"<!doctype html><title>Gratis wifi</title><h1>Welkom in de trein</h1>"
PATIENCE = 60.0

Judge = Callable[[str, int, bool], Trouble | None]


@dataclass
class Request:
    """One request as it came in, on a connection of its own."""

    raw: bytes
    head: int
    phone: str

    @property
    def is_sync(self) -> bool:
        return self.raw.startswith(b"POST /api/v1/sync ")

    @property
    def hands_in(self) -> bool:
        return self.is_sync and b'"items":[]' not in self.raw[-20:]


class Wire:
    """Listens on 127.0.0.1 and passes on what it does not ruin.

    ``judge`` says what becomes of a phone's request of that number; while ``quiet``, nothing is
    ruined. A fault is counted when it took effect, not when it was planned.
    """

    def __init__(self, upstream: Callable[[], int], judge: Judge, tally: Tally) -> None:
        self._upstream = upstream
        self._judge = judge
        self._tally = tally
        self.quiet = False
        self._numbers: defaultdict[str, int] = defaultdict(int)
        self._held: defaultdict[str, list[Request]] = defaultdict(list)
        self._running: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Begin to listen; return the port."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0, backlog=512)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        self._server.close()
        for task in list(self._running):
            task.cancel()

    async def settle(self) -> None:
        """Ruin nothing any more, and deliver what was held back."""
        self.quiet = True
        for phone in list(self._held):
            await self._deliver_held(phone)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read(reader)
            if request is not None:
                await self._handle(request, reader, writer)
        except (OSError, EOFError, TimeoutError):
            writer.transport.abort()
        finally:
            with contextlib.suppress(OSError):
                writer.close()

    async def _handle(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        trouble = None
        if request.is_sync and not self.quiet:
            self._numbers[request.phone] += 1
            number = self._numbers[request.phone]
            trouble = self._judge(request.phone, number, request.hands_in)
        if trouble is None:
            await _say(writer, await self._forward(request.raw))
        else:
            await FAULTS[trouble.kind](self, request, trouble, reader, writer)
        if request.is_sync:
            await self._deliver_held(request.phone)

    async def _forward(self, raw: bytes) -> bytes:
        """Hand a request to the server; return what came back, all of it or less."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream())
        try:
            writer.write(raw)
            return await asyncio.wait_for(reader.read(-1), PATIENCE)
        finally:
            writer.close()

    async def _forward_quietly(self, raw: bytes) -> bytes:
        """Do the same for a request whose answer nobody waits for."""
        try:
            return await self._forward(raw)
        except (OSError, TimeoutError):
            return b""

    async def _deliver_held(self, phone: str) -> None:
        """Let what overtook it go first, and then what was held back."""
        for request in self._held.pop(phone, []):
            if await self._forward_quietly(request.raw):
                self._tally.add("reordered")

    def _count(self, trouble: Trouble) -> None:
        self._tally.add(trouble.kind)

    # Each fault, by its name in the plan.

    async def cut_before(self, request, trouble, reader, writer) -> None:
        self._count(trouble)
        writer.transport.abort()

    async def cut_inside(self, request, trouble, reader, writer) -> None:
        _, server = await asyncio.open_connection("127.0.0.1", self._upstream())
        server.write(request.raw[: _part(request, trouble.choice)])
        with contextlib.suppress(OSError):
            await server.drain()
        self._count(trouble)
        server.close()
        writer.transport.abort()

    async def cut_after(self, request, trouble, reader, writer) -> None:
        if await self._forward_quietly(request.raw):
            self._count(trouble)
        writer.transport.abort()

    async def half_an_answer(self, request, trouble, reader, writer) -> None:
        answer = await self._forward(request.raw)
        head = answer.find(b"\r\n\r\n") + 4
        half = head + int((len(answer) - head) * trouble.choice)
        if head > 4 and half < len(answer):
            self._count(trouble)
        writer.write(answer[:half])
        with contextlib.suppress(OSError):
            await writer.drain()
        writer.close()

    async def silence(self, request, trouble, reader, writer) -> None:
        if trouble.passed_on:
            await self._forward_quietly(request.raw)
        # Whoever asked hangs up in the end.
        with contextlib.suppress(TimeoutError, OSError):
            await asyncio.wait_for(reader.read(-1), PATIENCE)
            self._count(trouble)
        writer.transport.abort()

    async def delay(self, request, trouble, reader, writer) -> None:
        answer = await self._forward(request.raw)
        await asyncio.sleep(0.05 + trouble.choice * 0.8)
        self._count(trouble)
        await _say(writer, answer)

    async def repeat(self, request, trouble, reader, writer) -> None:
        answers = await asyncio.gather(
            self._forward_quietly(request.raw), self._forward_quietly(request.raw)
        )
        if all(answers):
            self._count(trouble)
        await _say(writer, answers[trouble.choice < 0.5])

    async def reorder(self, request, trouble, reader, writer) -> None:
        writer.transport.abort()
        # It arrives after what the phone sends next, or by itself when that takes long.
        self._later(request, 1 + trouble.choice * 2)

    def _later(self, request: Request, wait: float) -> None:
        async def hold() -> None:
            await asyncio.sleep(0.05)
            self._held[request.phone].append(request)
            await asyncio.sleep(wait)
            await self._deliver_held(request.phone)

        task = asyncio.get_running_loop().create_task(hold())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def answer_instead(self, request, trouble, reader, writer) -> None:
        if trouble.passed_on:
            await self._forward_quietly(request.raw)
        self._count(trouble)
        await _say(writer, INSTEAD[trouble.kind](trouble.choice))


def _part(request: Request, choice: float) -> int:
    """Return a length inside the body, never all of it."""
    body = len(request.raw) - request.head
    return request.head + min(body - 1, int(body * choice))


async def _read(reader: asyncio.StreamReader) -> Request | None:
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    found = LENGTH.search(head)
    body = await reader.readexactly(int(found[1])) if found else b""
    phone = PHONE.search(head)
    name = phone[1].decode() if phone else "browser"
    # One request for each connection: then the end of an answer is where the line ends.
    head = CONNECTION.sub(b"", PHONE.sub(b"", head))
    head = head[:-2] + b"Connection: close\r\n\r\n"
    return Request(head + body, len(head), name)


async def _say(writer: asyncio.StreamWriter, answer: bytes) -> None:
    if not answer:
        writer.transport.abort()
        return
    writer.write(answer)
    await writer.drain()


def _answer(status: str, kind: str, body: bytes, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def _html(_choice: float) -> bytes:
    return _answer("200 OK", "text/html; charset=utf-8", PORTAL)


def _foreign(choice: float) -> bytes:
    said = [{"ok": True}, {"outcomes": "stored"}, [], None][int(choice * 4)]
    return _answer("200 OK", "application/json", json.dumps(said).encode())


def _broken(choice: float) -> bytes:
    status = ["500 Internal Server Error", "502 Bad Gateway", "503 Busy", "504 Time-out"]
    return _answer(status[int(choice * 4)], "text/html", b"<h1>Fout</h1>")


def _too_many(choice: float) -> bytes:
    after = {} if choice < 0.3 else {"Retry_After": "1"}
    return _answer("429 Too Many Requests", "application/problem+json", b"{}", **after)


def _refused(choice: float) -> bytes:
    status = "403 Forbidden" if choice < 0.5 else "408 Request Timeout"
    return _answer(status, "text/html", PORTAL)


INSTEAD = {
    "HTML with 200": _html,
    "JSON of somebody else": _foreign,
    "5xx": _broken,
    "429": _too_many,
    "403 or 408": _refused,
}
FAULTS = {
    "cut before the request": Wire.cut_before,
    "cut inside the request": Wire.cut_inside,
    "cut after the request": Wire.cut_after,
    "half an answer": Wire.half_an_answer,
    "silence": Wire.silence,
    "delay": Wire.delay,
    "repeated": Wire.repeat,
    "reordered": Wire.reorder,
    **dict.fromkeys(INSTEAD, Wire.answer_instead),
}
