import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { json, request } from "../../../request";
import { formatDay } from "../../../words";
import { explain } from "../problems";

interface Refused {
  person: string;
  name: string;
  role_label: string;
  at: string;
  status: number | null;
}

const PATH = "/notifications/mail-refusals";

/** Whose mail does not arrive; the address itself is nobody else's to see. */
export function Refusals() {
  const [list, setList] = useState<Refused[]>([]);
  const [said, say] = useState("");
  useEffect(() => {
    json<{ items: Refused[] }>("GET", PATH).then(
      ({ items }) => setList(items),
      (error) => say(explain(error)),
    );
  }, []);
  const again = async (one: Refused) => {
    try {
      await request("DELETE", `${PATH}/${encodeURIComponent(one.person)}`);
      setList((now) => now.filter(({ person }) => person !== one.person));
      say(`We proberen het opnieuw: ${one.name}.`);
    } catch (error) {
      say(explain(error));
    }
  };
  return (
    <section aria-labelledby={list.length ? "geweigerd" : undefined}>
      {list.length > 0 && (
        <>
          <h2 class="utrecht-heading-2" id="geweigerd">
            Mail die niet aankomt
          </h2>
          <p>
            De mailserver nam de mail niet aan. Vraag of het adres klopt. Bij Instellingen, onder
            Seintjes, kan iemand zelf een ander adres invullen.
          </p>
          <ul class="late">
            {list.map((one) => (
              <li key={one.person}>
                <p>
                  <b>{one.name}</b>, {one.role_label}
                  <span class="meta block">
                    Geweigerd op {formatDay(one.at)}
                    {one.status !== null && `, code ${one.status}`}
                  </span>
                </p>
                <div class="row">
                  <Button onClick={() => void again(one)}>
                    Probeer opnieuw<span class="vh">: {one.name}</span>
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <p role="status">{said}</p>
    </section>
  );
}
