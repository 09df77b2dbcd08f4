import { expect, test } from "vitest";
import { writeMeta } from "./db";
import * as news from "./news";

test("on a first visit nothing is new, nor at the next one", async () => {
  expect(await news.since()).toBeNull();
  expect(await news.since()).toBeNull();
});

test("after an update the version before is known until the news was seen", async () => {
  await writeMeta("seen version", "0.0.9");
  expect(await news.since()).toBe("0.0.9");
  expect(await news.since()).toBe("0.0.9");
  let told = 0;
  news.onChange(() => {
    told += 1;
  });
  await news.markSeen();
  expect(told).toBe(1);
  expect(await news.since()).toBeNull();
});
