import { Field } from "../../parts/Field";
import type { Ask } from "./ask";
import { AskWhen } from "./When";
import { AskWhere } from "./Where";

/** Step 2. */
export const Place = (ask: Ask) => (
  <>
    <AskWhen {...ask} />
    <AskWhere {...ask} />
    <Field
      id="plek"
      label="Plek in gewone woorden"
      optional
      value={ask.form.where}
      onValue={(where) => ask.set({ where })}
    />
  </>
);
