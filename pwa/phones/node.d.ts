/** The few things of Node that the simulated phones use. */
declare module "node:fs" {
  export function readFileSync(path: string, encoding: "utf8"): string;
}
declare module "node:readline" {
  export function createInterface(options: { input: unknown }): AsyncIterable<string>;
}
declare module "node:process" {
  const process: {
    argv: string[];
    stdin: unknown;
    stdout: { write(text: string): void };
    exit(code: number): never;
    on(event: "unhandledRejection", listener: (fault: unknown) => void): void;
  };
  export default process;
}
