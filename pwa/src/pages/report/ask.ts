import type { Faults } from "../../parts/ErrorSummary";
import type { Card } from "../../types";
import type { Form } from "./form";

/** What every part of the form gets. */
export interface Ask {
  card: Card;
  form: Form;
  faults: Faults;
  set: (some: Partial<Form>) => void;
}

export const faultOf = (faults: Faults, id: string): string | undefined =>
  faults.find(([field]) => field === id)?.[1];
