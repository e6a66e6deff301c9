/**
 * The formats of packed files, for one that is named by its path.
 *
 * @module
 */

import type { Format } from "../../core/extend/format.ts";
import { contextOf } from "../../core/targets/open_target.ts";
import type { Run } from "../session.ts";
import { loadRegistry } from "./load_registry.ts";
import { surroundingsOf } from "./open_targets.ts";

/**
 * The formats that a file of this name may have; none for a plain database, so that
 * nothing is imported for it. The password of an archive is the secret `password` of
 * `zip`: `HOLDFAST_SECRET_ZIP_PASSWORD`.
 */
export async function openFormats(run: Run, file: string | undefined): Promise<readonly Format[]> {
  if (file === undefined || !/\.zip$/i.test(file)) return [];
  const registry = await loadRegistry(run, ["zip"]);
  return await Promise.all(
    registry.entries("formats").map(async ({ name, kind }) =>
      await kind.create(contextOf(name, {
        declared: kind.settings,
        given: {},
        ...await surroundingsOf(run, name),
      }))
    ),
  );
}
