/** Sealing an entry on this browser and handing it in: one id, so that twice is once. */

import * as cards from "../../../cards";
import { json } from "../../../request";
import { seal } from "../../../seal";
import type { ObservationPlain } from "../../../types";
import { codeOf } from "../problems";
import { type Form, plainPart, sealedPart } from "./form";

/** A body that was made is sent again as it is, until the server says what became of it. */
export type Body = Readonly<Record<string, unknown>>;

export async function sealEntry(form: Form, id: string, person: string): Promise<Body> {
  const card = cards.card(form.card);
  const key = cards.sealKey();
  if (!card || !key) throw new Error("the cards are not there yet");
  const sealed = await seal(key, "observation", id, person, sealedPart(form));
  return { id, made_at: new Date().toISOString(), ...plainPart(form, card), sealed };
}

const post = (body: Body) => json<ObservationPlain>("POST", "/observations", { body });

/** A key that changed meanwhile is fetched once; nothing was stored under the id then. */
export async function handIn(body: Body, again: () => Promise<Body>): Promise<ObservationPlain> {
  try {
    return await post(body);
  } catch (error) {
    if (codeOf(error) !== "sealed") throw error;
    await cards.refresh();
    return post(await again());
  }
}
