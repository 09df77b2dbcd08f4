/** Many phones in one process: one line of JSON in for each thing to do, one out when it is done. */
import { readFileSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { Phone, type Shop, type Written } from "./phone";

interface Wish {
  n: number;
  phone: number;
  does: string;
  with?: unknown;
}

const [url = "", app = "", worker = ""] = process.argv.slice(2);
const read = (file: string) => readFileSync(file, "utf8");
const shop: Shop = { url, app: read(app), worker: read(worker) };
const phones = new Map<number, Phone>();

function phone(number: number): Phone {
  const one = phones.get(number) ?? new Phone(number, shop);
  phones.set(number, one);
  return one;
}

async function act({ phone: number, does, with: given }: Wish): Promise<unknown> {
  const one = phone(number);
  switch (does) {
    case "start":
      return one.start();
    case "kill":
      return one.kill();
    case "sign in":
      return one.signIn(String(given));
    case "sign out":
      return one.signOut();
    case "make":
      return one.make(given as Written);
    case "withdraw":
      return one.withdraw(String(given));
    case "sync":
      return one.sync();
    case "crowd":
      return one.crowd();
    case "shift":
      one.shift = Number(given);
      return;
    case "rest":
      one.resting = true;
      return;
    case "look":
      return one.look();
    case "contents":
      return one.contents();
    case "subscribe":
      return one.subscribe(given);
    default:
      throw new Error(`no phone can ${does}`);
  }
}

async function answer(wish: Wish): Promise<void> {
  const said = await act(wish).then(
    (result) => ({ n: wish.n, result: result ?? null }),
    (fault: unknown) => ({ n: wish.n, fault: String(fault) }),
  );
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

// What a dying phone left unfinished is nobody's fault; what a living one did not catch is.
process.on("unhandledRejection", (fault) => {
  process.stdout.write(
    `${JSON.stringify({ n: -1, fault: String((fault as Error)?.stack ?? fault) })}\n`,
  );
});

for await (const line of createInterface({ input: process.stdin }))
  void answer(JSON.parse(line) as Wish);
process.exit(0);
