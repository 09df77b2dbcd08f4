/** The hash of the address is the page. */
import { useEffect, useState } from "preact/hooks";

export interface Route {
  /** "/kaart/boa" */
  path: string;
  /** ["kaart", "boa"] */
  parts: string[];
}

const HOME = "/kaarten";

export function readRoute(hash: string = location.hash): Route {
  const path = hash.startsWith("#/") && hash.length > 2 ? hash.slice(1) : HOME;
  return { path, parts: path.slice(1).split("/").map(decode) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A mangled link is shown as it is; the page then says that it does not exist.
    return part;
  }
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute());
  useEffect(() => {
    // Another hash is a place on this page, such as the target of the skip link.
    const follow = () => {
      if (/^#?(\/|$)/.test(location.hash)) setRoute(readRoute());
    };
    addEventListener("hashchange", follow);
    follow();
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

/** Goes to `path` ("/kaart/boa"); with `replace` the page left behind is not in the history. */
export function go(path: string, replace = false): void {
  if (replace) location.replace(`#${path}`);
  else location.hash = path;
}
