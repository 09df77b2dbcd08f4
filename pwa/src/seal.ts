/** Closing an envelope that only the server can open. */
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { fromBase64, toBase64 } from "./base64";
import type { SealKey } from "./types";

const VERSION = 1;
const STEP = 256;
const LARGEST = 12_032;
const SPACE = 0x20;

export type SealedKind = "observation" | "addition";

/** The suite of the envelope; exported so that the RFC's vectors run on the code that ships. */
export const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

/**
 * Seals `value` for the server. Kind, id and author are bound into it, so that the envelope cannot
 * be moved to another item or person.
 */
export async function seal(
  key: SealKey,
  kind: SealedKind,
  id: string,
  person: string,
  value: unknown,
): Promise<string> {
  const text = pad(encode(value));
  if (text.length > LARGEST) throw new RangeError("too much text for one envelope");
  const point = fromBase64(key.public_key);
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(point.buffer),
    info: encode(`signaalkaart/1|${kind}|${id}|${person}`, false).buffer,
  });
  const enc = new Uint8Array(sender.enc);
  const ciphertext = new Uint8Array(await sender.seal(text.buffer));
  const name = encode(key.id, false);
  return toBase64(Uint8Array.of(VERSION, name.length, ...name, ...enc, ...ciphertext));
}

/** Whether `value` does not fit in one envelope. */
export function tooLong(value: unknown): boolean {
  return pad(encode(value)).length > LARGEST;
}

function encode(value: unknown, asJson = true): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(asJson ? JSON.stringify(value) : String(value));
}

// The length of what was written says something about it, so it is rounded up.
function pad(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.max(1, Math.ceil(bytes.length / STEP)) * STEP).fill(SPACE);
  padded.set(bytes);
  return padded;
}
