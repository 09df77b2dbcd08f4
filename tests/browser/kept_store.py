"""The phone's store as a version of the app leaves it, written down so that later ones can open it.

Keys that cannot leave a phone do leave this one: it makes them extractable, and is thrown away.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser import reporting

EXTRACTABLE_KEYS = """
(() => {
  const make = crypto.subtle.generateKey.bind(crypto.subtle);
  crypto.subtle.generateKey = (kind, _extractable, uses) => make(kind, true, uses);
})();
"""

# What JSON cannot hold is tagged: $key, $bytes, $buffer.
DUMP = """
async () => {
  const wait = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const plain = async (value) => {
    if (value instanceof CryptoKey) {
      return { $key: base64(await crypto.subtle.exportKey('raw', value)) };
    }
    if (value instanceof Uint8Array) return { $bytes: base64(value) };
    if (value instanceof ArrayBuffer) return { $buffer: base64(value) };
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (typeof value !== 'object' || value === null) return value;
    const parts = Object.entries(value).map(async ([name, part]) => [name, await plain(part)]);
    return Object.fromEntries(await Promise.all(parts));
  };
  const database = await wait(indexedDB.open('signaalkaart'));
  const stores = [];
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const { keyPath, indexNames } = store;
    const indexes = [...indexNames].map((index) => {
      const { name, keyPath, unique, multiEntry } = store.index(index);
      return { name, keyPath, unique, multiEntry };
    });
    const [keys, rows] = await Promise.all([wait(store.getAllKeys()), wait(store.getAll())]);
    const named = keyPath === null ? { keys } : {};
    stores.push({ name, keyPath, indexes, ...named, rows: await plain(rows) });
  }
  const { version } = database;
  database.close();
  return { version, at: Date.now(), stores };
}
"""


def dump(page: Page) -> dict[str, Any]:
    """Return the whole store; of cards and areas only a sample, because they are fetched again."""
    kept: dict[str, Any] = page.evaluate(DUMP)
    for row in next(store["rows"] for store in kept["stores"] if store["name"] == "content"):
        body = row["body"]
        if row["name"] == "cards":
            body["cards"] = [card for card in body["cards"] if card["id"] == reporting.CARD]
        else:
            body["features"] = body["features"][:2]
    return kept
