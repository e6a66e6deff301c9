/**
 * Checks, repairs and rebuilds the catalog.
 *
 * @module
 */

import {
  type CatalogCheck,
  type CatalogRepair,
  checkCatalog,
  renewCatalog,
  repairCatalog,
} from "../../core/catalog_care.ts";
import type { DirectoryJobOptions } from "../../core/directory/directory_job.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { UNHEALTHY } from "../exit_code.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";

/** What is done, and ends with 4 where something is left to be put right. */
export async function catalogVerb(
  run: Run,
  step: "check" | "repair" | "rebuild",
  name: string | undefined,
): Promise<Outcome> {
  const options = { ...await optionsFor(run, name), formats: formatsOf(run) };
  const steps = { check: checkCatalog, repair: repairCatalog, rebuild: renewCatalog };
  const result: CatalogCheck & Partial<CatalogRepair> = await steps[step](options);
  const { done = [], findings, directory } = result;
  const lines = [
    ...done.map((what) => escapeText(what)),
    ...findings.map(({ kind, message }) => `${kind}: ${escapeText(message)}`),
  ];
  const repairable = step === "check" && findings.some((finding) => finding.repairable);
  return {
    verb: `catalog ${step}`,
    data: result,
    text: lines.length === 0 ? "Everything is as the catalog says." : lines.join("\n"),
    note: findings.length === 0
      ? escapeText(directory)
      : `${plural(findings.length, "finding")} in ${escapeText(directory)}${
        repairable ? ". Put right with: holdfast catalog repair" : ""
      }`,
    exitCode: result.ok ? 0 : UNHEALTHY,
  };
}

/** A directory whose catalog is damaged cannot be asked for its database. */
async function optionsFor(run: Run, name: string | undefined): Promise<DirectoryJobOptions> {
  const { directory } = run.globals;
  const place = name === undefined && directory !== undefined
    ? { database: undefined, directory }
    : await choosePlace(run, name);
  const { clock, signal, printer } = run;
  return {
    database: place.database,
    directory: place.directory,
    clock,
    signal,
    onEvent: printer.event,
  };
}
