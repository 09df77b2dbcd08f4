"""All that one phone keeps on its disk, as text that can be searched."""

from __future__ import annotations

from playwright.sync_api import Page

# Bytes become text twice over: as they are, and as UTF-16, because an engine may keep either.
DUMP = """
async () => {
  const said = [];
  const bytes = (buffer) => {
    const view = new Uint8Array(buffer);
    said.push(new TextDecoder('latin1').decode(view), new TextDecoder().decode(view),
      new TextDecoder('utf-16le').decode(view));
  };
  const tell = (value) => {
    if (value instanceof ArrayBuffer) bytes(value);
    else if (ArrayBuffer.isView(value)) {
      bytes(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
    } else if (value instanceof CryptoKey) said.push(`key, extractable: ${value.extractable}`);
    else if (Array.isArray(value)) value.forEach(tell);
    else if (value && typeof value === 'object') {
      for (const [name, part] of Object.entries(value)) { said.push(name); tell(part); }
    } else said.push(String(value));
  };
  const wait = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await wait(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      said.push(`store ${store}`);
      const rows = database.transaction(store).objectStore(store);
      tell(await wait(rows.getAllKeys()));
      tell(await wait(rows.getAll()));
    }
    database.close();
  }
  for (const kept of [localStorage, sessionStorage]) tell({ ...kept });
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) said.push(`cached ${request.url}`);
  }
  return said.join('\\n');
}
"""

COUNT = """
async ([store]) => {
  const wait = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  const database = await wait(indexedDB.open('signaalkaart'));
  const count = await wait(database.transaction(store).objectStore(store).count());
  database.close();
  return count;
}
"""


def dump(page: Page) -> str:
    """Return everything in the page's own storage; a key that cannot leave says only that."""
    return str(page.evaluate(DUMP))


def count(page: Page, store: str) -> int:
    """Return how many rows one store of the app holds."""
    return int(page.evaluate(COUNT, [store]))
