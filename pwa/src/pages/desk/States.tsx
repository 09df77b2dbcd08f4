import { useRef, useState } from "preact/hooks";
import { changeState, observation } from "../../api";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import type { ObservationPlain } from "../../types";
import { Clash } from "./Clash";
import { CloseWithout } from "./CloseWithout";
import { lastChangeBy } from "./history";
import { moves, nameOf, type Wish } from "./moves";
import { stateWords } from "./phrases";
import { codeOf, explain } from "./problems";

interface StatesProps {
  plain: ObservationPlain;
  me: string;
  onChanged: (plain: ObservationPlain) => void;
}

/** The pressed button may be gone; its section says what came of it. */
function focusHere() {
  requestAnimationFrame(() => {
    const heading = document.getElementById("stand");
    heading?.focus({ preventScroll: true });
    heading?.parentElement?.scrollIntoView({ block: "nearest" });
  });
}

/** Where the report stands. Nothing moves on the screen before the server has moved it. */
export function States({ plain, me, onChanged }: StatesProps) {
  const [closing, setClosing] = useState(false);
  const [clash, setClash] = useState<{ by: string; wish: Wish } | null>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const acting = useRef(false);

  async function act(wish: Wish) {
    if (acting.current) return;
    if (wish.state === "closed" && !plain.answered && !wish.reason) return setClosing(true);
    acting.current = true;
    setBusy(true);
    setProblem("");
    try {
      const changed = await changeState(plain.id, { ...wish, version: plain.version });
      setClosing(false);
      setClash(null);
      onChanged(changed);
      focusHere();
    } catch (error) {
      await recover(error, wish);
    } finally {
      acting.current = false;
      setBusy(false);
    }
  }

  async function recover(error: unknown, wish: Wish) {
    const code = codeOf(error);
    if (code === "feedback_owed") return setClosing(true);
    if (code !== "version" && code !== "step") return setProblem(explain(error));
    try {
      const now = await observation(plain.id);
      onChanged(now);
      setClash({ by: lastChangeBy(now, me) ?? "Een collega", wish });
      focusHere();
    } catch (second) {
      setProblem(explain(second));
    }
  }

  return (
    <section class="states" aria-labelledby="stand">
      <h2 class="utrecht-heading-3" id="stand" tabIndex={-1}>
        Stand: {stateWords[plain.state]}
      </h2>
      {clash && (
        <Clash
          plain={plain}
          {...clash}
          busy={busy}
          onAgain={() => act(clash.wish)}
          onLeave={() => {
            setClash(null);
            focusHere();
          }}
        />
      )}
      {closing && !plain.answered && (
        <CloseWithout
          busy={busy}
          onClose={(reason) => act({ state: "closed", reason })}
          onStop={() => {
            setClosing(false);
            focusHere();
          }}
        />
      )}
      <Problem text={problem} />
      {!clash && !(closing && !plain.answered) && (
        <div class="row">
          {moves[plain.state].map((state) => (
            <Button key={state} disabled={busy} onClick={() => act({ state })}>
              {nameOf(state, plain.state)}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
