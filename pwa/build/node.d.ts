/** The few things of Node the build uses, so that the tree needs no types of all of it. */
declare module "node:fs" {
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: "utf8"): string;
  export function readdirSync(
    path: string,
    options: { recursive: true; withFileTypes: true },
  ): { name: string; parentPath: string; isFile(): boolean }[];
}
declare module "node:path" {
  export function join(...parts: string[]): string;
  export function relative(from: string, to: string): string;
}
declare module "node:crypto" {
  export function createHash(name: string): {
    update(data: string | Uint8Array): void;
    digest(format: "hex"): string;
  };
}
declare module "node:child_process" {
  export function execFileSync(
    file: string,
    args: string[],
    options: { cwd: string; encoding: "utf8" },
  ): string;
}
