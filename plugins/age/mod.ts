/**
 * Encryption by age: only who holds the key can read the copies.
 *
 * @module
 */

import {
  type Codec,
  definePlugin,
  type Plugin,
  type PluginContext,
} from "../../core/extend/mod.ts";
import { ageCodec, type AgeKeys, type AgePurpose } from "./age_codec.ts";
import { identitiesIn, readIdentities } from "./identity_file.ts";
import { recipientProblem } from "./recipient_problem.ts";

export type { AgeKeys, AgePurpose } from "./age_codec.ts";
export { ageCodec, ageKeyOpens } from "./age_codec.ts";
export type { OpeningKeys, SealingKeys } from "./header.ts";
export type { AgeKey } from "./identity_file.ts";
export { identityFileText, newAgeKey, readIdentities, writeIdentityFile } from "./identity_file.ts";
export type { RecoverySheetOptions } from "./recovery_sheet.ts";
export { recoverySheet } from "./recovery_sheet.ts";

/**
 * The keys that the settings and the secrets name. To encrypt for recipients no
 * identity is read: it may lie elsewhere.
 */
export async function configuredAgeKeys(
  { settings, secrets }: Pick<PluginContext, "settings" | "secrets">,
  purpose: AgePurpose,
): Promise<AgeKeys> {
  const recipients = Array.isArray(settings.recipients) ? settings.recipients : [];
  const passphrase = await secrets.get("passphrase");
  if (purpose === "encode" && recipients.length > 0) return { recipients, passphrase };
  const { identityFile } = settings;
  const secret = await secrets.get("identity");
  const identities = [
    ...typeof identityFile === "string" ? await readIdentities(identityFile) : [],
    ...secret === undefined ? [] : identitiesIn(secret),
  ];
  return { recipients, identities, passphrase };
}

/** The plugin. */
const age: Plugin = definePlugin({
  name: "age",
  summary: "Encrypts copies with age: only who holds the key can read them.",
  codecs: {
    age: {
      summary: "age: only who holds the key can read the copies; `age -d` opens them too.",
      settings: [
        {
          name: "recipients",
          kind: "list",
          help: "For whom to encrypt (age1…): each can open the copies alone.",
          problem: recipientProblem,
        },
        {
          name: "identityFile",
          kind: "path",
          help: "The file with the identity that opens copies (`holdfast key new` makes one).",
        },
        { name: "identity", kind: "text", help: "The identity itself.", secret: true },
        {
          name: "passphrase",
          kind: "text",
          help: "A passphrase instead of recipients; each use takes 256 MiB and a second.",
          secret: true,
        },
      ],
      create: (context): Codec => ageCodec((purpose) => configuredAgeKeys(context, purpose)),
    },
  },
});

export default age;
