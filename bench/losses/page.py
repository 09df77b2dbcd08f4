"""What a reader must know of the table of faults."""

EXPLAINED = """\
## What gets lost and doubled

Every page gets five new items while its line is ill in one way, for two seconds after it first
noticed; then all is well, and for at most twenty seconds every page may try again as often as it
can. Counted is what its server has after that. All pages are tabs of one real Chromium, each on an
address of its own behind a line that fails as it is told.

- **Ours** is the app's `outbox`, `seal` and `sync`, and the real server.
- **RxDB 17.6.0** has Dexie storage and replicates over HTTP as its tutorial has it: push and pull
  handlers that read the answer as JSON, a server that writes what does not conflict, a new try
  after five seconds and when asked.
- **Workbox 7.4.1** has the `BackgroundSyncPlugin` of its first example on a `POST` route; the
  second column adds the plugin of its documentation that takes 5xx for a failure; its queue sends
  again without that plugin, and takes whatever is answered for a success. Its `sync` event is given
  as the browser would, but sooner. Workbox has no server: ours for it keeps every request,
  as a server does that knows nothing of repeats. With one that knows the ids, what is doubled would
  be stored once.
- **lost**: the server does not have it, and nothing on the device will send it. **not kept, the
  page hears so**: the same, but the page was told a status or a reason, so that an app that does
  more could have kept it. **still waiting**: it will be sent later. **did not finish**: the page,
  or the whole browser, stopped answering; it was left alone and the others went on.
"""
