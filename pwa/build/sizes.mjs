// Fails the build when the reporter's first load or the kept shell outgrows its budget.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = { "first load of JavaScript": 30_000, "whole precache": 250_000 };

const wire = (file) => {
  const bytes = readFileSync(`dist${file}`);
  return /\.woff2$|\.png$/.test(file) ? bytes.length : gzipSync(bytes, { level: 9 }).length;
};
const sum = (files) => files.reduce((total, file) => total + wire(file), 0);

const worker = readFileSync("dist/sw.js", "utf8");
// A long list is one text with commas once it is minified.
const shell = [...worker.matchAll(/["'`,](\/[\w./-]+\.[a-z0-9]+)(?=["'`,])/g)].map((match) => match[1]);
const kept = [...new Set(shell)].filter((file) => file !== "/sw.js");
const scripts = [...readFileSync("dist/index.html", "utf8").matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)];

const sizes = {
  "first load of JavaScript": sum(scripts.map((match) => match[1])),
  "whole precache": sum(kept) + wire("/sw.js"),
};

let tooLarge = false;
for (const [what, size] of Object.entries(sizes)) {
  const over = size > BUDGET[what];
  tooLarge ||= over;
  process.stdout.write(`${over ? "too large" : "ok"}: ${what} ${size} of ${BUDGET[what]} bytes\n`);
}
const lazy = readdirSync("dist/assets").filter(
  (file) => file.endsWith(".js") && !scripts.some((match) => match[1] === `/assets/${file}`),
);
for (const file of lazy) process.stdout.write(`lazy: ${file} ${wire(`/assets/${file}`)} bytes\n`);
if (kept.length < 3) throw new Error("the service worker keeps no shell");
if (tooLarge) process.exit(1);
