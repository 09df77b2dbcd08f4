import { beforeEach, expect, test } from "vitest";
import { observation, signedInPhone } from "../../testing/phone";
import { fakeServer, problem } from "../../testing/server";
import { sentText } from "./sent";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

test("without network that is what is said", () => {
  expect(sentText({ phase: "waiting", online: false, problem: "offline" }, 2)).toBe(
    "Nog geen bereik",
  );
});

test("who taps to send is never told that all was sent while something waits", async () => {
  const one = await signedInPhone();
  await one.outbox.add(observation());
  server.always = (honest, call) => (call.body.endsWith('"items":[]}') ? honest() : problem(403));
  const said: string[] = [];
  const tap = async () => {
    await one.sync.run("button");
    said.push(sentText(one.sync.state(), await one.outbox.count()));
  };
  // After the third it is asked without the report, and that is answered.
  for (let turn = 0; turn < 3; turn += 1) await tap();
  server.always = null;
  await tap();
  await tap();
  expect(said).toEqual([
    "Nog niet alles is verstuurd",
    "Nog niet alles is verstuurd",
    "Nog niet alles is verstuurd",
    "Verstuurd",
    "Verstuurd",
  ]);
});
