/**
 * Secrets as a person gives them.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import type { Secrets } from "../../core/extend/plugin.ts";
import type { Setting } from "../../core/extend/setting.ts";
import { secretVariable } from "../../core/targets/secret_file.ts";
import { askSecret } from "../ask.ts";
import type { Run } from "../session.ts";

/** Secrets that were given just now, before those that are kept. */
export function withGiven(given: Readonly<Record<string, string>>, kept: Secrets): Secrets {
  return { ...kept, get: async (name) => given[name] ?? await kept.get(name) };
}

/** Which secrets there are, and where they come from. */
export interface GivenSecretsOptions {
  readonly declared: readonly Setting[];
  readonly fromStdin: boolean;
}

/**
 * Secrets come from standard input or a question, never from the arguments. Whose variable
 * is set is not asked for.
 *
 * @throws {HoldfastError} `USAGE` for a line that names no secret of it.
 */
export async function givenSecrets(
  run: Run,
  owner: string,
  { declared, fromStdin }: GivenSecretsOptions,
): Promise<Record<string, string>> {
  const wanted = declared.filter(({ secret }) => secret === true);
  if (fromStdin) {
    return secretLines(await new Response(Deno.stdin.readable).text(), wanted);
  }
  const secrets: Record<string, string> = {};
  if (!run.session.canAsk) return secrets;
  for (const { name, help } of wanted) {
    if (run.session.around.env[secretVariable(owner, name)]) continue;
    const answer = await askSecret(run, `${name} (empty for none): ${help}`);
    if (answer !== undefined) secrets[name] = answer;
  }
  return secrets;
}

function secretLines(text: string, wanted: readonly Setting[]): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, name = "", secret = ""] = /^\s*([A-Za-z0-9]+)=(.*?)\r?$/.exec(line) ?? [];
    if (name === "") continue;
    if (!wanted.some((setting) => setting.name === name)) {
      throw new HoldfastError("USAGE", `Cannot keep the secret "${name}": there is none`, {
        hint: `Wanted are lines name=value with ${wanted.map((each) => each.name).join(", ")}.`,
      });
    }
    secrets[name] = secret;
  }
  return secrets;
}
