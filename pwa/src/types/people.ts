/** Who signs in, and what the server says when it will not. */

export type Role =
  | "melder"
  | "contactpersoon"
  | "procesregisseur"
  | "adviseur-oov"
  | "kernteam"
  | "projectleider"
  | "bestuur"
  | "beheerder";

export interface Person {
  id: string;
  name: string;
  role: Role;
  role_label: string;
  organisation: string;
  card: string | null;
}

export interface Session {
  person: Person;
  device: string;
  push_key: string;
  expires_at: string;
  /** How many items this person's other devices last said they still held. */
  unsent_elsewhere?: number;
}

export interface NewInvitation {
  name: string;
  role: Role;
  organisation: { name: string; kind: string };
  card?: string;
  mail?: string;
}

export interface Invitation {
  id: string;
  link: string;
  code: string;
  qr: string[];
  expires_at: string;
  person: string;
}

export interface Problem {
  status: number;
  title: string;
  detail?: string;
  code?: string;
  invalid_params?: { name: string; reason: string }[];
}
