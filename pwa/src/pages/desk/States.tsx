import { useRef, useState } from "preact/hooks";
import { changeState, observation } from "../../api";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { Notice } from "../../parts/Notice";
import { say } from "../../parts/places";
import type { ObservationPlain, StateChange } from "../../types";
import { closeReasons, stateWords } from "./phrases";
import { codeOf, explain } from "./problems";
import { lastChangeBy } from "./timeline";

interface StatesProps {
  plain: ObservationPlain;
  me: string;
  onChanged: (plain: ObservationPlain) => void;
}

type Wish = Omit<StateChange, "version">;

const moves: Record<ObservationPlain["state"], readonly StateChange["state"][]> = {
  new: ["in_progress"],
  read: ["in_progress", "closed"],
  in_progress: ["closed"],
  closed: ["in_progress"],
};

function nameOf(wish: StateChange["state"], now: ObservationPlain["state"]): string {
  if (wish === "closed") return "Afronden";
  return now === "closed" ? "Weer in behandeling nemen" : "In behandeling nemen";
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
      say(`Deze melding is nu: ${stateWords[changed.state]}.`);
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
    } catch (second) {
      setProblem(explain(second));
    }
  }

  return (
    <section class="states" aria-labelledby="stand">
      <h2 class="utrecht-heading-3" id="stand">
        Stand: {stateWords[plain.state]}
      </h2>
      {clash && (
        <Clash
          plain={plain}
          {...clash}
          busy={busy}
          onAgain={() => act(clash.wish)}
          onLeave={() => setClash(null)}
        />
      )}
      {closing && !plain.answered && (
        <CloseWithout
          busy={busy}
          onClose={(reason) => act({ state: "closed", reason })}
          onStop={() => setClosing(false)}
        />
      )}
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
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

interface ClashProps {
  plain: ObservationPlain;
  by: string;
  wish: Wish;
  busy: boolean;
  onAgain: () => void;
  onLeave: () => void;
}

/** Two people at once: the second sees both, and nothing typed is lost. */
function Clash({ plain, by, wish, busy, onAgain, onLeave }: ClashProps) {
  const possible = moves[plain.state].includes(wish.state);
  return (
    <Notice kind="warning" role="alert">
      <p>
        <b>{by} heeft dit net ook veranderd. Bekijk beide en kies.</b>
      </p>
      <dl class="clash">
        <dt>Nu</dt>
        <dd>{stateWords[plain.state]}</dd>
        <dt>Jij koos</dt>
        <dd>{stateWords[wish.state]}</dd>
      </dl>
      <div class="row">
        {possible && (
          <Button disabled={busy} onClick={onAgain}>
            Toch {wish.state === "closed" ? "afronden" : "in behandeling nemen"}
          </Button>
        )}
        <Button kind="subtle" onClick={onLeave}>
          Laat het zo
        </Button>
      </div>
    </Notice>
  );
}

type Reason = NonNullable<Wish["reason"]>;

interface CloseWithoutProps {
  busy: boolean;
  onClose: (reason: Reason) => void;
  onStop: () => void;
}

/** Every reporter hears back; only three things excuse from that. */
function CloseWithout({ busy, onClose, onStop }: CloseWithoutProps) {
  const [reason, setReason] = useState<Reason | "">("");
  const [fault, setFault] = useState(false);
  const close = () => {
    if (reason) return onClose(reason);
    setFault(true);
    document.getElementById("zonder")?.focus();
  };
  return (
    <div class="states">
      <p role="status">
        De melder heeft nog geen antwoord. Stuur eerst een antwoord hierboven. ‘Gelezen’ of een
        vraag telt niet als antwoord.
      </p>
      <Choice<Reason>
        id="zonder"
        legend="Kan er geen antwoord komen? Kies waarom."
        value={reason}
        options={closeReasons}
        onValue={(value) => {
          setReason(value);
          setFault(false);
        }}
        {...(fault && { error: "Kies een reden, of stuur eerst een antwoord." })}
      />
      <div class="row">
        <Button disabled={busy} onClick={close}>
          Rond af zonder antwoord
        </Button>
        <Button kind="subtle" onClick={onStop}>
          Toch niet
        </Button>
      </div>
    </div>
  );
}
