import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "./base64";
import { seal, suite, tooLong } from "./seal";
import envelopes from "./testing/server-envelopes.json";

const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const utf8 = (text: string) => new TextEncoder().encode(text);

// RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
const RFC = {
  info: "4f6465206f6e2061204772656369616e2055726e",
  ikmE: "4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e",
  pkRm: "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
  enc: "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4",
  text: "Beauty is truth, truth beauty",
  aad: ["Count-0", "Count-1"],
  ciphertext: [
    "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434",
    "fa6f037b47fc21826b610172ca9637e82d6e5801eb31cbd3748271affd4ecb06646e0329cbdf3c3cd655b28e82",
  ],
};

interface Vector {
  private_key_pkcs8_b64: string;
  seal_key: { id: string; public_key: string };
  kind: string;
  id: string;
  person: string;
  value: unknown;
  sealed: string;
}

interface Envelope {
  version: number;
  keyId: string;
  enc: ArrayBuffer;
  ciphertext: ArrayBuffer;
}

function takeApart(sealed: string): Envelope {
  const all = fromBase64(sealed);
  const text = 2 + (all[1] ?? 0);
  return {
    version: all[0] ?? 0,
    keyId: new TextDecoder().decode(all.slice(2, text)),
    enc: all.slice(text, text + 65).buffer,
    ciphertext: all.slice(text + 65).buffer,
  };
}

async function open(sealed: string, privateKey: CryptoKey, info: string): Promise<Uint8Array> {
  const { enc, ciphertext } = takeApart(sealed);
  const recipient = await suite.createRecipientContext({
    recipientKey: privateKey,
    enc,
    info: utf8(info).buffer,
  });
  return new Uint8Array(await recipient.open(ciphertext));
}

async function serverKey() {
  const pair = await suite.kem.generateKeyPair();
  const point = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey));
  return { privateKey: pair.privateKey, key: { id: "2026-11-3f9c", public_key: toBase64(point) } };
}

test("the suite that ships gives what RFC 9180 A.3.1 says", async () => {
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(bytes(RFC.pkRm).buffer),
    info: bytes(RFC.info).buffer,
    ekm: await suite.kem.deriveKeyPair(bytes(RFC.ikmE).buffer),
  });
  expect(hex(sender.enc)).toBe(RFC.enc);
  for (const [count, aad] of RFC.aad.entries()) {
    const ciphertext = await sender.seal(utf8(RFC.text).buffer, utf8(aad).buffer);
    expect(hex(ciphertext)).toBe(RFC.ciphertext[count]);
  }
});

describe("an envelope", () => {
  const value = { v: 1, what: "Drie jongens bij de fietsenstalling", persons: [] };

  test("holds version, key id, a P-256 point and the ciphertext", async () => {
    const { key } = await serverKey();
    const envelope = takeApart(await seal(key, "observation", "id", "person", value));
    expect(envelope).toMatchObject({ version: 1, keyId: "2026-11-3f9c" });
    expect(new Uint8Array(envelope.enc)[0]).toBe(4);
    expect(envelope.ciphertext.byteLength).toBe(256 + 16);
  });

  test("opens with the private key to the same value", async () => {
    const { key, privateKey } = await serverKey();
    const sealed = await seal(key, "observation", "id", "person", value);
    const text = await open(sealed, privateKey, "signaalkaart/1|observation|id|person");
    expect(JSON.parse(new TextDecoder().decode(text))).toEqual(value);
  });

  test.each([
    "signaalkaart/1|addition|id|person",
    "signaalkaart/1|observation|other|person",
    "signaalkaart/1|observation|id|other",
    "signaalkaart/2|observation|id|person",
  ])("does not open as %s", async (info) => {
    const { key, privateKey } = await serverKey();
    const sealed = await seal(key, "observation", "id", "person", value);
    await expect(open(sealed, privateKey, info)).rejects.toThrow();
  });

  test("says little about the length of what is in it", async () => {
    const { key } = await serverKey();
    const lengths = [1, 100, 200].map(
      async (length) =>
        (await seal(key, "addition", "id", "person", { v: 1, text: "a".repeat(length) })).length,
    );
    expect(new Set(await Promise.all(lengths)).size).toBe(1);
  });

  test("is never longer than the server takes", async () => {
    const { key } = await serverKey();
    const longest = { v: 1, text: "é".repeat(6_000) };
    expect(tooLong(longest)).toBe(false);
    expect((await seal(key, "addition", "id", "person", longest)).length).toBeLessThanOrEqual(
      16_384,
    );
    const longer = { v: 1, text: "é".repeat(6_020) };
    expect(tooLong(longer)).toBe(true);
    await expect(seal(key, "addition", "id", "person", longer)).rejects.toThrow(RangeError);
  });
});

// Made with seal() of server/sealing.py; the keys in it were made for this file only.
describe("envelopes that the server's code sealed", () => {
  test.each(envelopes as Vector[])("$kind opens here", async (vector) => {
    const privateKey = await crypto.subtle.importKey(
      "pkcs8",
      fromBase64(vector.private_key_pkcs8_b64),
      { name: "ECDH", namedCurve: "P-256" },
      true,
      ["deriveBits"],
    );
    const info = `signaalkaart/1|${vector.kind}|${vector.id}|${vector.person}`;
    const text = await open(vector.sealed, privateKey, info);
    expect(JSON.parse(new TextDecoder().decode(text))).toEqual(vector.value);
    expect(text.length % 256).toBe(0);
    expect(takeApart(vector.sealed).keyId).toBe(vector.seal_key.id);
  });
});
