/** All that is kept of who is signed in, and the file it becomes. */
import * as areas from "../../areas";
import * as cards from "../../cards";
import { json, request } from "../../request";
import type { Feedback, ObservationFields, ObservationState, ObservationText } from "../../types";
import { formatDay, formatMoment } from "../../words";
import { feedbackText } from "../mine/feedback";
import type { Paper, Section } from "../paper";
import { AGES, BASIS, INFORMED, URGENCY, wordFor } from "../report/words";
import { type Device, nameOf } from "./devices";
import { deedOf, type Look, whoOf } from "./looks";

type Written = Partial<Omit<ObservationText, "v">> & { text?: string };

export interface Everything {
  made_at: string;
  person: {
    id: string;
    name: string;
    mail: string | null;
    role_label: string;
    organisation: string;
    made_at: string;
  };
  devices: Pick<Device, "id" | "kind" | "made_at" | "synced_at" | "app_version">[];
  passkeys: { made_at: string; used_at: string | null }[];
  observations: {
    receipt: string;
    plain: ObservationFields & {
      id: string;
      state: ObservationState;
      received_at: string;
      keep_until: string | null;
    };
    opened: Written | null;
    additions: { at: string; text: string | null }[];
    feedback: Feedback[];
  }[];
  /** Whoever sits at a desk may keep filters. */
  filters?: { name: string; made_at: string }[];
  /** Half years in which the questions were answered or skipped; what was said is nowhere to be found. */
  asked?: string[];
  late_items: { receipt: string; kind: string; received_at: string; opened: Written | null }[];
  gone: { receipt: string; received_at: string; gone_at: string }[];
  looks: Look[];
}

// Everything somebody ever wrote is opened for this.
const PATIENCE = 60_000;

export const everything = () =>
  json<Everything>("POST", "/account/exports", { body: {}, limit: PATIENCE });

export const removeAccount = async () =>
  void (await request("POST", "/account/removals", { body: {} }));

const SHUT = "De sleutel hiervan is vernietigd. Niemand kan het meer lezen.";

function textsOf(opened: Written | null): (readonly [string, string])[] {
  if (!opened) return [["Wat je schreef", SHUT]];
  const persons = (opened.persons ?? []).map((one) =>
    [one.name, wordFor(AGES, one.age), one.description].filter(Boolean).join(", "),
  );
  const texts: (readonly [string, string])[] = [
    ["Wat je schreef", opened.what ?? opened.text ?? ""],
    ["Waar", opened.where ?? ""],
    ["Over wie", persons.join("\n")],
    ["Weet de jongere of ouder hiervan?", wordFor(INFORMED, opened.answers?.informed ?? "")],
  ];
  return texts.filter(([, text]) => text);
}

function observationOf({
  receipt,
  plain,
  opened,
  additions,
  feedback,
}: Everything["observations"][number]): Section {
  const card = cards.card(plain.card);
  const signals = plain.signals.map(
    (id) => card?.signals.find((signal) => signal.id === id)?.text ?? id,
  );
  return {
    title: `Melding ${receipt} van ${formatDay(plain.date)}`,
    facts: [
      ["Kaart", card?.title ?? plain.card],
      ["Buurt", (plain.area && (areas.name(plain.area) ?? plain.area)) || "Zonder buurt"],
      ["Zekerheid", wordFor(BASIS, plain.basis)],
      ["Spoed", wordFor(URGENCY, plain.urgency)],
      ...(plain.shielded ? [["Afgeschermd", "Ja"] as const] : []),
      ["Aangekomen", formatMoment(plain.received_at)],
      ...(plain.keep_until ? [["Wordt gewist op", formatDay(plain.keep_until)] as const] : []),
    ],
    texts: [
      ...(signals.length ? [["Aangetikt", signals.join("\n")] as const] : []),
      ...textsOf(opened),
      ...additions.map((one) => [`Aanvulling van ${formatDay(one.at)}`, one.text ?? SHUT] as const),
      ...feedback.map((one) => [`Antwoord van ${formatDay(one.at)}`, feedbackText(one)] as const),
    ],
  };
}

export function fileOf(all: Everything): Paper {
  const { person } = all;
  return {
    title: "Mijn gegevens in de signaalkaart",
    intro: [`Gemaakt op ${formatMoment(all.made_at)}.`],
    sections: [
      {
        title: "Mijn account",
        facts: [
          ["Naam", person.name],
          ...(person.mail ? [["Mail", person.mail] as const] : []),
          ["Rol", person.role_label],
          ["Organisatie", person.organisation],
          ["Uitgenodigd op", formatDay(person.made_at)],
          ...all.devices.map(
            (one) =>
              ["Toestel", `${nameOf(one as Device)}, sinds ${formatDay(one.made_at)}`] as const,
          ),
          ...all.passkeys.map((one) => ["Passkey", `van ${formatDay(one.made_at)}`] as const),
          ...(all.filters ?? []).map((one) => ["Bewaard filter", one.name] as const),
          ...(all.asked ?? []).map(
            (half) => ["Vragen gezien in", half.replace("-H", ", half jaar ")] as const,
          ),
        ],
        texts: [],
      },
      ...all.observations.map(observationOf),
      ...all.late_items.map((one) => ({
        title: `Bericht ${one.receipt}, nog zonder plek`,
        facts: [["Aangekomen", formatMoment(one.received_at)] as const],
        texts: textsOf(one.opened),
      })),
      ...(all.gone.length
        ? [
            {
              title: "Gewiste meldingen",
              facts: all.gone.map(
                (one) => [one.receipt, `gewist op ${formatDay(one.gone_at)}`] as const,
              ),
              texts: [],
            },
          ]
        : []),
      {
        title: "Wie keek er",
        facts: all.looks.map(
          (one) => [formatMoment(one.at), `${deedOf(one)} (${whoOf(one)})`] as const,
        ),
        texts: [],
      },
    ],
  };
}
