/**
 * Identities and the files that hold them.
 *
 * @module
 */

import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { HoldfastError, isDenied, TargetError } from "../../core/extend/mod.ts";

/** A secret and what is public of it. */
export interface AgeKey {
  /** The secret: `AGE-SECRET-KEY-1…`. */
  readonly identity: string;
  /** What others encrypt for: `age1…`. */
  readonly recipient: string;
}

/** Makes a new key. */
export async function newAgeKey(): Promise<AgeKey> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The identities in the text of an identity file; comments begin with `#`. */
export function identitiesIn(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/**
 * Reads the identities of a file, as `age-keygen` writes it. Throws `denied` where
 * it cannot be read, `invalid` where it holds none.
 */
export async function readIdentities(path: string): Promise<readonly string[]> {
  try {
    const identities = identitiesIn(await Deno.readTextFile(path));
    if (identities.length > 0) return identities;
  } catch (cause) {
    const why = isDenied(cause) ? "not allowed" : cause instanceof Error ? cause.message : cause;
    throw new TargetError("denied", `Cannot read the identity file "${path}": ${why}`, {
      hint: "Give the path of the file that `holdfast key new` or age-keygen wrote.",
      cause,
    });
  }
  throw new TargetError("invalid", `Cannot use the identity file "${path}": it holds none`, {
    hint: "Its lines look like AGE-SECRET-KEY-1….",
  });
}

/** The text of an identity file, as `age-keygen` writes it. */
export function identityFileText(key: AgeKey, createdAt: Temporal.Instant): string {
  return `# created: ${createdAt.toString({ smallestUnit: "second" })}\n` +
    `# public key: ${key.recipient}\n${key.identity}\n`;
}

/**
 * Writes a key to a new file with mode 0600. Throws `DESTINATION_EXISTS` where
 * there is a file already: a key is never overwritten.
 */
export async function writeIdentityFile(
  path: string,
  key: AgeKey,
  createdAt: Temporal.Instant,
): Promise<void> {
  const text = new TextEncoder().encode(identityFileText(key, createdAt));
  using file = await newFile(path);
  try {
    for (let at = 0; at < text.length;) at += await file.write(text.subarray(at));
    await file.sync();
  } catch (cause) {
    await Deno.remove(path);
    throw cause;
  }
}

/** Opens a file that was not there. */
async function newFile(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
    throw new HoldfastError("DESTINATION_EXISTS", `Cannot write the key to "${path}": it exists`, {
      hint: "Choose another path. Never throw away a key that copies were encrypted for.",
      cause,
    });
  }
}
