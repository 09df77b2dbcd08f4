import { useState } from "preact/hooks";
import { Confirm } from "../../parts/Confirm";
import { Icon } from "../../parts/Icon";
import { go } from "../../router";
import { signOut } from "../../session";
import { unsentText } from "../Unsent";

/** Asks first, because the list and drafts go; what is sealed always stays and is sent. */
export function SignOut({ unsent }: { unsent: number }) {
  const [asking, ask] = useState(false);
  const leave = async () => {
    await signOut();
    go("/kaarten");
  };
  return (
    <li>
      {asking ? (
        <Confirm
          question="Wil je uitloggen?"
          yes="Ja, log uit"
          onYes={leave}
          onNo={() => ask(false)}
        >
          {unsent > 0 &&
            `Er ${unsent === 1 ? "is" : "zijn"} nog ${unsentText(unsent)}. Wat verzegeld is, blijft op dit toestel staan en wordt gewoon verstuurd. `}
          Je concepten en je lijst gaan van dit toestel af. Terugkomen kan met je passkey, of met
          een nieuwe uitnodiging.
        </Confirm>
      ) : (
        <button type="button" class="card-row" onClick={() => ask(true)}>
          <Icon name="out" />
          <span>
            <b>Uitloggen</b>
            <span class="meta block">
              Wat niet verstuurd is, blijft verzegeld staan en wordt verstuurd.
            </span>
          </span>
          <Icon name="go" />
        </button>
      )}
    </li>
  );
}
