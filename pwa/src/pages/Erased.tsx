import { useEffect, useState } from "preact/hooks";
import * as drafts from "../drafts";
import { Notice } from "../parts/Notice";
import { DRAFT_ERASED } from "../words";

/** A draft that was erased because of its age is told once, not silently gone. */
export function Erased() {
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const look = () => drafts.takeErased().length > 0 && setGone(true);
    look();
    return drafts.onChange(look);
  }, []);
  return gone ? (
    <Notice role="status">
      <p>{DRAFT_ERASED}</p>
    </Notice>
  ) : null;
}
