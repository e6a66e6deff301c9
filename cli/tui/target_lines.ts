/**
 * The configured targets as the terminal UI lists them.
 *
 * @module
 */

import { Catalog } from "../../core/catalog/catalog.ts";
import type { DatabaseSettings } from "../../core/config/database_settings.ts";
import { offsiteStates } from "../../core/targets/offsite.ts";
import type { TargetLine } from "../../tui/target_actions.ts";

/** Each with what the catalog knows of the copies there; no target is asked. */
export function targetLines(
  directory: string,
  { targets }: Pick<DatabaseSettings, "targets">,
): readonly TargetLine[] {
  const configured = Object.entries(targets);
  if (configured.length === 0) return [];
  using catalog = Catalog.openToRead(directory);
  const states = catalog === undefined ? [] : offsiteStates(catalog);
  return configured.map(([name, { kind, codecs, enabled, required }]) => {
    const copies = states.find(({ target }) => target === name);
    return {
      name,
      kind,
      codecs: codecs.map((codec) => typeof codec === "string" ? codec : codec.kind),
      enabled,
      required,
      copies: copies?.good ?? 0,
      bad: copies?.bad ?? 0,
      newest: copies?.newestTakenAt ?? null,
    };
  });
}
