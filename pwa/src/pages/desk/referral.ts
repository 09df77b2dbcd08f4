/** Whom the desk can bring in: asked once, and kept while the page is open. */

import { type Ground, type ReferralChoices, referralChoices } from "./calls";

let kept: ReferralChoices | null = null;

/** Asks anew after a failure. */
export async function loadChoices(): Promise<ReferralChoices> {
  kept ??= await referralChoices();
  return kept;
}

/** "veilig-thuis" as people say it: from the content, or else its id. */
export function receiverName(id: string | null | undefined): string {
  const found = kept?.to.find((one) => one.id === id)?.name;
  if (found) return found;
  const text = (id ?? "").replaceAll("-", " ");
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : "Iemand";
}

export function groundName(id: string): string {
  return kept?.grounds.find((one) => one.id === id)?.name ?? id.replaceAll("-", " ");
}

/** The grounds that fit who is brought in, in the order of the content. */
export function groundsFor({ to, grounds }: ReferralChoices, receiver: string): Ground[] {
  const fitting = to.find((one) => one.id === receiver)?.grounds ?? [];
  return grounds.filter((ground) => fitting.includes(ground.id));
}
