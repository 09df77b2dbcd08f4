/** Fetching, behind the first screen, what it is drawn without. */
import { useEffect, useState } from "preact/hooks";

type After = typeof import("./after");

// A window that is not shown draws nothing, and must send all the same.
const PATIENCE = 500;

let after: After | undefined;
let coming: Promise<After> | undefined;

/** Resolves when what stands on the screen now has been drawn. */
export const drawn = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, PATIENCE);
  });

/** Fails when it cannot be had; then it may be asked again. */
export function fetchAfter(): Promise<After> {
  coming ??= fetchChunk().catch((error: unknown) => {
    coming = undefined;
    throw error;
  });
  return coming;
}

async function fetchChunk(): Promise<After> {
  await drawn();
  after = await import("./after");
  return after;
}

/** Undefined until it is there. */
export function useAfter(): After | undefined {
  const [chunk, setChunk] = useState(after);
  useEffect(() => {
    let live = true;
    if (!after)
      fetchAfter().then(
        (fetched) => live && setChunk(fetched),
        () => undefined,
      );
    return () => {
      live = false;
    };
  }, []);
  return chunk;
}

let wasDrawn = false;

/**
 * How many of its parts a screen draws by now. The very first screen adds one after each frame, so
 * that what is read first does not wait for what stands below it; every later screen is whole.
 */
export function useParts(all: number): number {
  const [parts, setParts] = useState(wasDrawn ? all : 1);
  useEffect(() => {
    wasDrawn = parts >= all;
    if (wasDrawn) return;
    let live = true;
    drawn().then(() => live && setParts(parts + 1));
    return () => {
      live = false;
    };
  }, [parts, all]);
  return parts;
}
