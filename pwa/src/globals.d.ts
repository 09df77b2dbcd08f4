/** Set by the build: the version of the app, as the server hears it at every sync. */
declare const __APP_VERSION__: string;

/** Set by the build, in the service worker only: the files of the shell and a hash over them. */
declare const __PRECACHE__: readonly string[];
declare const __SHELL_VERSION__: string;

/** Made by the build from what the changelog says to the people who use the app. */
declare module "virtual:news" {
  export interface NewsOfVersion {
    version: string;
    day: string;
    everybody: string[];
    desk: string[];
  }
  /** Newest first. */
  export const NEWS: readonly NewsOfVersion[];
}

declare module "d3-polygon" {
  export function polygonContains(
    polygon: ReadonlyArray<readonly [number, number]>,
    point: readonly [number, number],
  ): boolean;
  export function polygonArea(polygon: [number, number][]): number;
  export function polygonCentroid(polygon: [number, number][]): [number, number];
}

/** What a trusted-types policy gives out; not every browser has it. */
interface TrustedScriptURL {
  toString(): string;
}
