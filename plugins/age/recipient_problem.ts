/**
 * What is wrong with a recipient, told before anything is encrypted for it.
 *
 * @module
 */

import { Encrypter } from "age-encryption";

/** Characters that are shown of one: enough to find it among others. */
const shown = 12;

/**
 * Why nothing can be encrypted for this recipient, by the library itself, which knows its
 * checksum (BIP 173); `undefined` where it is one. An identity that was taken for one is not
 * repeated.
 */
export function recipientProblem(text: string): string | undefined {
  if (/^age-secret-key-/i.test(text)) {
    return "it is an identity, a secret: give what is public of it (age1…)";
  }
  try {
    new Encrypter().addRecipient(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const short = text.length > shown ? `${text.slice(0, shown)}…` : text;
    return text.startsWith("age1")
      ? `the recipient "${short}" is mistyped or not whole`
      : `"${short}" is no recipient: one looks like age1…`;
  }
}
