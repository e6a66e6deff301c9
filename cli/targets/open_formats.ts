/**
 * The formats of packed backups, loaded when one is met.
 *
 * @module
 */

import type { Formats } from "../../core/artifact/formats.ts";
import type { DatabaseSettings } from "../../core/config/database_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { Format } from "../../core/extend/format.ts";
import type { Secrets } from "../../core/extend/plugin.ts";
import { contextOf } from "../../core/targets/open_target.ts";
import type { Run } from "../session.ts";

/** What the configuration says of archives. */
export type ArchiveSettings = Partial<Pick<DatabaseSettings, "zipLevel" | "zipEncrypt">>;

/** What of an archive is packed; all by default. */
export interface ArchiveParts {
  readonly includeDatabase?: boolean | undefined;
  readonly includeFiles?: boolean | undefined;
  readonly includeMetadata?: boolean | undefined;
}

/** The formats for the verbs of the library: a plugin is imported when a file needs it. */
export function formatsOf(run: Run, settings: ArchiveSettings = {}): Formats {
  return (file) => openFormats(run, file, settings);
}

/**
 * The formats that a file of this name may have; none for a plain database, so that
 * nothing is imported for it. The password of an archive is the secret `password` of
 * `zip`: `HOLDFAST_SECRET_ZIP_PASSWORD`, the file of secrets, or asked for.
 */
export async function openFormats(
  run: Run,
  file: string | undefined,
  settings: ArchiveSettings & ArchiveParts = {},
): Promise<readonly Format[]> {
  if (file === undefined || !/\.zip$/i.test(file)) return [];
  const { loadRegistry } = await import("./load_registry.ts");
  const { surroundingsOf } = await import("./open_targets.ts");
  const registry = await loadRegistry(run, ["zip"]);
  const { zipLevel: level, zipEncrypt: encrypt } = settings;
  const { includeDatabase, includeFiles, includeMetadata } = settings;
  const given = { level, encrypt, includeDatabase, includeFiles, includeMetadata };
  const zip = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return await Promise.all(
    registry.entries("formats").map(async ({ name, kind }) => {
      const around = await surroundingsOf(run, name);
      return await kind.create(contextOf(name, {
        ...around,
        declared: kind.settings,
        given: name === "zip" ? zip : {},
        secrets: asking(run, around.secrets),
      }));
    }),
  );
}

/** The secrets, and where there is a person, the question for one that is not set. */
function asking(run: Run, secrets: Secrets): Secrets {
  if (!run.session.canAsk) return secrets;
  let known: string | undefined;
  return {
    get: async (name) => known ?? await secrets.get(name),
    async ask(_name, { again = false } = {}) {
      run.printer.clear();
      const { askSecret } = await import("../ask.ts");
      const password = await askSecret(run, "Password of the archive");
      if (again && password !== await askSecret(run, "The same password again")) {
        throw new HoldfastError("USAGE", "Cannot use the password: it was typed in two ways", {
          hint: "Run it again. Nothing was written.",
        });
      }
      known = password;
      return password;
    },
  };
}
