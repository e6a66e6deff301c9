/**
 * Encryption in the format of age: `age -d` reads ours, and we read its.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import { identityToRecipient } from "age-encryption";
import {
  ByteSource,
  type ByteTransform,
  byteTransform,
  type Codec,
  TargetError,
} from "../../core/extend/mod.ts";
import { ageMagic, newHeader, openHeader, type OpeningKeys, type SealingKeys } from "./header.ts";
import { damaged, opened, payloadKey, saltSize, sealed } from "./payload.ts";

/**
 * The keys of a codec: recipients, identities, or a passphrase. Without recipients
 * it encrypts for the identities; without identities it cannot decrypt.
 */
export interface AgeKeys extends SealingKeys, OpeningKeys {}

/** What keys are wanted for. */
export type AgePurpose = "encode" | "decode";

/**
 * Encryption by age. Decoding throws `denied` where no key at hand opens it (the
 * host says `KEY_WRONG`), `corrupt` where it is damaged.
 *
 * @param keys The keys, or how to get them, asked each time: identities may lie
 * elsewhere as long as nothing is decrypted.
 *
 * @example
 * ```ts
 * import { bytesBody } from "@holdfast/holdfast/plugin";
 * import { ageCodec, newAgeKey } from "@holdfast/holdfast/plugins/age";
 *
 * const { identity, recipient } = await newAgeKey();
 * const { signal } = new AbortController();
 * const secret = bytesBody(new TextEncoder().encode("hello")).stream()
 *   .pipeThrough(await ageCodec({ recipients: [recipient] }).encode(signal));
 * const plain = secret.pipeThrough(await ageCodec({ identities: [identity] }).decode(signal));
 * console.log(await new Response(plain).text()); // hello
 * ```
 */
export function ageCodec(keys: AgeKeys | ((purpose: AgePurpose) => Promise<AgeKeys>)): Codec {
  const get = async (purpose: AgePurpose): Promise<AgeKeys> =>
    typeof keys === "function" ? await keys(purpose) : keys;
  return {
    suffix: ".age",
    encrypts: true,
    magic: ageMagic,
    async encode(signal): Promise<ByteTransform> {
      const sealing = await sealingKeys(await get("encode"));
      return byteTransform(signal, (source) => encrypted(source, sealing));
    },
    async decode(signal): Promise<ByteTransform> {
      const opening = await get("decode");
      return byteTransform(signal, (source) => decrypted(source, opening));
    },
  };
}

/** For whom to encrypt: without recipients for the identities at hand. */
async function sealingKeys(keys: AgeKeys): Promise<SealingKeys> {
  const { recipients = [], identities = [], passphrase, work } = keys;
  if (recipients.length > 0 || passphrase !== undefined) return { recipients, passphrase, work };
  try {
    return { recipients: await Promise.all(identities.map(identityToRecipient)) };
  } catch {
    // The library's error may show a part of the secret: it is not kept.
    throw new TargetError("invalid", "Cannot use an identity: it is no age identity", {
      hint: "An identity looks like AGE-SECRET-KEY-1…, one a line.",
    });
  }
}

/** Header, salt and sealed chunks. */
async function* encrypted(
  source: ByteSource,
  keys: SealingKeys,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { header, fileKey } = await newHeader(keys);
  const salt = new Uint8Array(randomBytes(saltSize));
  yield header;
  yield salt;
  yield* sealed(source, payloadKey(fileKey, salt));
}

/** What was sealed. */
async function* decrypted(
  source: ByteSource,
  keys: OpeningKeys,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const fileKey = await openHeader(source, keys);
  const salt = await source.read(saltSize);
  if (salt.length < saltSize) throw damaged("it is cut off");
  yield* opened(source, payloadKey(fileKey, salt));
}

/**
 * Whether the keys at hand open a copy: its head and its first bytes are read, no
 * more. Throws `corrupt` where it is damaged there.
 *
 * @param encoded The copy from its first byte; cancelled afterwards.
 */
export async function ageKeyOpens(
  encoded: ReadableStream<Uint8Array<ArrayBuffer>>,
  keys: OpeningKeys,
): Promise<boolean> {
  const source = new ByteSource(encoded);
  try {
    await decrypted(source, keys).next();
    return true;
  } catch (error) {
    if (error instanceof TargetError && error.kind === "denied") return false;
    throw error;
  } finally {
    await source.cancel("enough was read");
  }
}
