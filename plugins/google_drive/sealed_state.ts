/**
 * A state store whose values are encrypted with age.
 *
 * @module
 */

import type { StateStore } from "../../core/extend/plugin.ts";
import { TargetError } from "../../core/extend/target_error.ts";

/** How values are made unreadable and readable again. */
export interface StateCipher {
  /** Makes a text unreadable. */
  encrypt(text: string): Promise<string>;
  /** Makes it readable again. */
  decrypt(text: string): Promise<string>;
}

/** How an encrypted value starts (the armor of age). */
const sealedStart = "-----BEGIN AGE ENCRYPTED FILE-----";

/** The cipher of an age identity (`AGE-SECRET-KEY-1…`). Throws `invalid` where it is none. */
export async function ageCipher(identity: string): Promise<StateCipher> {
  // Loaded only where it is asked for.
  const { armor, Decrypter, Encrypter, identityToRecipient } = await import("age-encryption");
  const encrypter = new Encrypter();
  const decrypter = new Decrypter();
  try {
    encrypter.addRecipient(await identityToRecipient(identity));
    decrypter.addIdentity(identity);
  } catch {
    // Not passed on: its message may quote the identity.
    throw new TargetError("invalid", 'Cannot use the setting "tokenIdentity": it is no identity', {
      hint: "`holdfast key new` or `age-keygen` makes one.",
    });
  }
  return {
    encrypt: async (text) => armor.encode(await encrypter.encrypt(text)),
    decrypt: async (text) => await decrypter.decrypt(armor.decode(text), "text"),
  };
}

/**
 * A store that keeps its values encrypted. Values from before, in the clear, are
 * still read. Without a cipher, reading an encrypted value throws `denied`.
 */
export function sealedState(state: StateStore, cipher: StateCipher | undefined): StateStore {
  const sealed = async (value: string): Promise<string> => await (cipher?.encrypt(value) ?? value);
  const { update } = state;
  return {
    get: async (key) => await opened(await state.get(key), cipher),
    set: async (key, value) => await state.set(key, await sealed(value)),
    delete: async (key) => await state.delete(key),
    ...update !== undefined && {
      update: async (key, change) =>
        await update.call(state, key, async (value) => {
          const changed = await change(await opened(value, cipher));
          return changed === undefined ? undefined : await sealed(changed);
        }),
    },
  };
}

/** A value as it was before it was sealed. */
async function opened(
  value: string | undefined,
  cipher: StateCipher | undefined,
): Promise<string | undefined> {
  if (value === undefined || !value.startsWith(sealedStart)) return value;
  if (cipher === undefined) throw unreadable("its key is not set");
  try {
    return await cipher.decrypt(value);
  } catch (cause) {
    throw unreadable("its key is another one", cause);
  }
}

/** The error for a value that cannot be decrypted. */
function unreadable(why: string, cause?: unknown): TargetError {
  return new TargetError("denied", `Cannot read the kept sign-in: ${why}`, {
    hint: 'Set "tokenIdentity" to the age identity that it was encrypted to, or connect again.',
    cause,
  });
}
