/** One phone: a store that outlives it, and the app on it, started and killed at will. */
import { IDBFactory } from "fake-indexeddb";
import type * as App from "./app";
import { NAMES, World } from "./world";

/** What every phone of a run is made of. */
export interface Shop {
  /** Where the server, or what stands before it, is found. */
  url: string;
  app: string;
  worker: string;
}

interface Row {
  id: string;
  kind: string;
  by: string;
  parent: string;
  state: string;
  reason: string | null;
  receipt: string | null;
  text: string;
}

export interface Written {
  id: string;
  what: unknown;
  fields: Record<string, unknown>;
  parent?: string;
}

type Open = (text: string, name: string, world: World, inWorker: boolean) => unknown;

const idOf = (row: Row) => row.id;

const open: Open = (text, name, world, inWorker) =>
  new Function(...NAMES, `${text}\nreturn ${name};`)(...world.around(inWorker));

export class Phone {
  private store = new IDBFactory();
  private cookies = new Map<string, string>();
  private world: World | null = null;
  private app: typeof App | null = null;
  /** How far its clock is off, in milliseconds. */
  shift = 0;
  /** Whether it waits for an answer as long as a real phone does. */
  resting = false;

  constructor(
    readonly number: number,
    private shop: Shop,
  ) {}

  /** Starts the app, on whatever an earlier life left. */
  async start(): Promise<void> {
    this.kill();
    const world = new World(
      this.store,
      (path, init) => this.send(path, init),
      () => this.shift,
      () => this.resting,
    );
    this.world = world;
    const app = open(this.shop.app, "app", world, false) as typeof App;
    open(this.shop.worker, "true", world, true);
    this.app = app;
    app.sync.whenAnswered((answer) => app.cards.noticed(answer.cards_version, answer.seal_key));
    await app.session.load();
    await app.cards.load();
    app.sync.start();
  }

  kill(): void {
    this.world?.end();
    this.world = null;
    this.app = null;
  }

  get running(): typeof App {
    if (!this.app) throw new Error("this phone is off");
    return this.app;
  }

  /** Comes in with an invitation, and fetches the cards and the key that reports are sealed to. */
  async signIn(token: string): Promise<{ person: string; device: unknown }> {
    const { session, cards, sync, db } = this.running;
    const person = await session.signIn({ invitation: token });
    await cards.refresh();
    void sync.run("signed in");
    return { person: person.id, device: await db.readMeta("device") };
  }

  /** Seals and keeps an item; resolves when the app would say that it is kept. */
  async make({ id, what, fields, parent }: Written): Promise<{ item: unknown }> {
    const { session, cards, seal, outbox } = this.running;
    const by = session.current()?.id;
    const key = cards.sealKey();
    if (!by || !key) throw new Error("nobody can report on this phone now");
    const kind = parent === undefined ? "observation" : "addition";
    const sealed = await seal.seal(key, kind, id, by, what);
    const made_at = new Date(Date.now() + this.shift).toISOString();
    const base = { kind, id, by, made_at, sealed };
    const item = { ...base, ...(parent === undefined ? fields : { parent }) };
    await outbox.add(item as Parameters<typeof outbox.add>[0]);
    return { item };
  }

  async withdraw(
    id: string,
  ): Promise<{ result: string; withdrawals: string[]; arrived: string[] }> {
    const result = await this.running.outbox.withdraw(id);
    const rows = (await this.rows()).filter((row) => row.parent === id);
    const withdrawals = rows.filter(({ kind }) => kind === "withdrawal");
    const arrived = rows.filter((row) => row.kind === "addition" && row.state === "acknowledged");
    return { result, withdrawals: withdrawals.map(idOf), arrived: arrived.map(idOf) };
  }

  /** Sends what waits, as after a tap. */
  async sync(): Promise<{ phase: string; problem: string | null }> {
    const { sync } = this.running;
    await sync.run("button");
    const { phase, problem } = sync.state();
    return { phase, problem: problem ?? null };
  }

  /** Sends from the page, from another tab and from the worker at the same time. */
  async crowd(): Promise<void> {
    const world = this.world;
    if (!world) return;
    const other = open(this.shop.app, "app", world, false) as typeof App;
    await other.session.load();
    await Promise.all([this.running.sync.run("button"), other.sync.run("button")]);
  }

  /** Tells the server where this phone wants its messages. */
  async subscribe(subscription: unknown): Promise<void> {
    await this.running.api.subscribe(subscription as PushSubscriptionJSON);
  }

  async signOut(): Promise<void> {
    await this.running.session.signOut();
  }

  async look(): Promise<Record<string, unknown>> {
    const { session, outbox } = this.running;
    await session.check();
    return {
      person: session.current()?.id ?? null,
      state: session.state(),
      waiting: await outbox.total(),
    };
  }

  /** Everything this phone holds, and what its list shows. */
  async contents(): Promise<Record<string, unknown>> {
    const { session, mine, db } = this.running;
    const person = session.current()?.id ?? null;
    return {
      person,
      device: await db.readMeta("device"),
      rows: await this.rows(),
      list: await mine.list(),
      told: person ? await this.told(person) : [],
      unsent: await this.running.outbox.total(),
      sync: this.running.sync.state(),
    };
  }

  /** What the server said of each report of this person, as it is kept. */
  private async told(person: string): Promise<unknown[]> {
    const { db, vault } = this.running;
    const rows = await db.inDb((store) => store.getAll("mine", db.beginning(person)));
    const key = await vault.personKey(person);
    return Promise.all(rows.map(({ snapshot }) => vault.decrypt(key, snapshot)));
  }

  private async rows(): Promise<Row[]> {
    const { db, vault } = this.running;
    const rows = await db.inDb((store) => store.getAll("items"));
    const key = await vault.deviceKey();
    return Promise.all(
      rows.map(async ({ wire, ...row }) => ({ ...row, text: await vault.decryptText(key, wire) })),
    );
  }

  /** A request of the app; as a browser does, it brings the cookies along. */
  async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("X-Phone", String(this.number));
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookies) headers.set("Cookie", cookies);
    const answer = await fetch(this.shop.url + path, { ...init, headers, redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
    return answer;
  }

  private keep(cookie: string): void {
    const [pair = ""] = cookie.split(";");
    const [name = "", value = ""] = pair.split("=");
    if (value && !/max-age=0/i.test(cookie)) this.cookies.set(name, value);
    else this.cookies.delete(name);
  }
}
