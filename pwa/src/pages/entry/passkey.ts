/** A passkey of this device: made, used to come in, and used to show again that it is you. */
import { ApiError, bearer, type SignedIn } from "../../api";
import { fromBase64, toBase64 } from "../../base64";
import { json, request } from "../../request";
import * as session from "../../session";

/** Nothing was chosen, or this device has none; the text says so. */
export class NoPasskey extends Error {
  override name = "NoPasskey";
}

export interface Passkey {
  id: string;
  made_at: string;
  used_at: string | null;
  synced: boolean;
  here: boolean;
}

// As the browser takes them, with text where bytes go.
type Creation = Omit<
  PublicKeyCredentialCreationOptions,
  "challenge" | "user" | "excludeCredentials"
> & {
  challenge: string;
  user: PublicKeyCredentialUserEntityJSON;
  excludeCredentials?: PublicKeyCredentialDescriptorJSON[];
};
type Asked = Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & {
  challenge: string;
  allowCredentials?: PublicKeyCredentialDescriptorJSON[];
};

interface Question<Options> {
  options: Options;
}

/** Whether this browser knows passkeys at all. */
export const able = () => "PublicKeyCredential" in globalThis;

/** Whether this device itself can keep one, behind a finger, face or PIN. */
export async function ready(): Promise<boolean> {
  try {
    return able() && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
  } catch {
    // A browser that forbids asking has none for us.
    return false;
  }
}

/** Makes a passkey for who is signed in. */
export async function create(): Promise<void> {
  const asked = await post<Question<Creation>>("/passkeys/questions");
  const { challenge, user, excludeCredentials = [], ...rest } = asked.options;
  const made = await choose(() =>
    navigator.credentials.create({
      publicKey: {
        ...rest,
        challenge: fromBase64(challenge),
        user: { ...user, id: fromBase64(user.id) },
        excludeCredentials: excludeCredentials.map(known),
      },
    }),
  );
  await post("/passkeys", { credential: written(made) });
}

/** Comes in with a passkey; who it is, the passkey says. */
export function signIn() {
  return session.enter(async (caller, key) => {
    const asked = await post<Question<Asked>>("/passkeys/sign-in-questions", {
      device: caller.device,
    });
    const credential = await answer(asked.options);
    return json<SignedIn>("POST", "/passkeys/sessions", {
      body: { ...caller, credential },
      ...bearer(key),
    });
  });
}

/** Does what asks for proof; when that is too long ago, asks for it and does it then. */
export async function proven<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError && error.problem?.code === "confirm")) throw error;
  }
  const asked = await post<Question<Asked>>("/session/questions");
  await post("/session/confirmations", { credential: await answer(asked.options) });
  return work();
}

export const list = async () => (await json<{ items: Passkey[] }>("GET", "/passkeys")).items;

export const remove = (id: string) =>
  proven(async () => void (await request("DELETE", `/passkeys/${encodeURIComponent(id)}`)));

const post = <T>(path: string, body: unknown = {}) => json<T>("POST", path, { body });

async function answer(options: Asked) {
  const { challenge, allowCredentials = [], ...rest } = options;
  const given = await choose(() =>
    navigator.credentials.get({
      publicKey: {
        ...rest,
        challenge: fromBase64(challenge),
        allowCredentials: allowCredentials.map(known),
      },
    }),
  );
  return written(given);
}

async function choose(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const found = await ask();
    if (found) return found as PublicKeyCredential;
  } catch (error) {
    // The browser tells us no more than that: whoever asks may not learn what a device holds.
    if (!(error instanceof DOMException)) throw error;
    if (error.name === "InvalidStateError") {
      throw new NoPasskey("Dit toestel heeft al een passkey voor jou.");
    }
  }
  throw new NoPasskey("Er is geen passkey gebruikt. Probeer het nog eens, of kies anders.");
}

const known = (one: PublicKeyCredentialDescriptorJSON): PublicKeyCredentialDescriptor => ({
  id: fromBase64(one.id),
  type: "public-key",
});

/** The same as `toJSON`, which not every browser has. */
function written({ rawId, response }: PublicKeyCredential) {
  const part = (name: string) => {
    const bytes = (response as unknown as Record<string, ArrayBuffer | null | undefined>)[name];
    return bytes ? { [name]: toUrlBase64(bytes) } : {};
  };
  const id = toUrlBase64(rawId);
  return {
    id,
    rawId: id,
    type: "public-key",
    response: {
      ...part("clientDataJSON"),
      ...part("attestationObject"),
      ...part("authenticatorData"),
      ...part("signature"),
      ...part("userHandle"),
    },
  };
}

const toUrlBase64 = (bytes: ArrayBuffer) =>
  toBase64(new Uint8Array(bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
