/**
 * Fills a new catalog from the manifest beside it: somebody lost `catalog.db`.
 *
 * @module
 */

import { isMissing } from "../files/file_error.ts";
import { join } from "node:path";
import type { Report } from "../report.ts";
import type { Catalog } from "./catalog.ts";
import { type Manifest, MANIFEST_FILE, recordOfManifest } from "./manifest.ts";
import { readInstant } from "../retention/retention_timeline.ts";
import { isPlainName } from "./plain_name.ts";

/** Takes the records and the directory's id from the manifest, if there is one. */
export async function adoptManifest(catalog: Catalog, report: Report): Promise<number> {
  const manifest = await readManifest(catalog.directory);
  if (manifest === undefined) return 0;
  catalog.transaction(() => {
    catalog.setFact("id", manifest.directoryId);
    for (const entry of manifest.backups) catalog.put(recordOfManifest(entry, catalog.directory));
  });
  report.warn({
    code: "CATALOG_REBUILT",
    message:
      `The catalog was missing: ${manifest.backups.length} backups were taken on from the manifest`,
    hint: "Run `holdfast verify --all` to prove them.",
  });
  return manifest.backups.length;
}

/** The manifest of a directory; `undefined` where there is none or it is damaged. */
export async function readManifest(
  directory: string,
  name: string = MANIFEST_FILE,
): Promise<Manifest | undefined> {
  try {
    const value: unknown = JSON.parse(await Deno.readTextFile(join(directory, name)));
    return isManifest(value) ? value : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== "object" || value === null) return false;
  if (!("backups" in value) || !Array.isArray(value.backups)) return false;
  if (!("directoryId" in value) || typeof value.directoryId !== "string") return false;
  return value.backups.every((entry) =>
    typeof entry?.id === "string" && isPlainName(entry?.filename) &&
    isInstant(entry?.createdAt) && typeof entry?.sequence === "number"
  );
}

function isInstant(value: unknown): boolean {
  return typeof value === "string" && readInstant(value) !== undefined;
}
