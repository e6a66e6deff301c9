/**
 * What was last found of a place and of what people did there, kept in the catalog, so
 * that `health` tells it without asking.
 *
 * @module
 */

import type { Catalog } from "../catalog/catalog.ts";
import type { TargetFinding } from "../extend/target_report.ts";
import { throwIfCancelled } from "../report.ts";
import { copiesOf } from "./copies_table.ts";
import { recordKey } from "./copy_record.ts";
import { targetFailure } from "./target_failure.ts";
import type { TargetWork } from "./target_work.ts";

/** What was last found of a target. */
export function keptFindings(catalog: Catalog, target: string): readonly TargetFinding[] {
  const value: unknown = JSON.parse(catalog.fact(factOf(target)) ?? "[]");
  return Array.isArray(value) ? value.filter(isFinding) : [];
}

/**
 * Looks at a place that can tell more than its five verbs do, and warns of each finding. A
 * place that cannot be asked is a warning too. Throws `CANCELLED`.
 *
 * @param expected The keys that should be there; without them nothing is told to be missing.
 */
export async function lookAround(
  catalog: Catalog | undefined,
  { place, report, signal }: TargetWork,
  expected?: readonly string[],
): Promise<readonly TargetFinding[]> {
  if (place.inspect === undefined) return [];
  let findings: readonly TargetFinding[];
  try {
    findings = await place.inspect({ expected }, signal);
  } catch (error) {
    throwIfCancelled(signal);
    const { message, hint } = targetFailure(error, { name: place.name, doing: "list" });
    report.warn({ code: "TARGET_UNREACHABLE", message, hint });
    return keptIn(catalog, place.name);
  }
  for (const { kind, message, hint } of findings) {
    report.warn({ code: findingCode(kind), message: `Target "${place.name}": ${message}`, hint });
  }
  // What was found before still counts where the place did not answer now.
  return findings.some(({ kind }) => kind === "unreachable")
    ? keptIn(catalog, place.name)
    : findings.filter(({ kind }) => kind !== "missing");
}

/** Keeps them for `health`. A copy that is gone stands in the table of copies. */
export function keepFindings(
  catalog: Catalog,
  target: string,
  findings: readonly TargetFinding[],
): void {
  const text = JSON.stringify(findings);
  if ((catalog.fact(factOf(target)) ?? "[]") !== text) catalog.setFact(factOf(target), text);
}

/** The word for programs: `renamed` is `TARGET_RENAMED`. */
export function findingCode(kind: string): string {
  return `TARGET_${kind.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}`;
}

function keptIn(catalog: Catalog | undefined, target: string): readonly TargetFinding[] {
  return catalog === undefined ? [] : keptFindings(catalog, target);
}

/** The keys of the copies that the catalog takes to be there. */
export function expectedKeys(catalog: Catalog, target: string): readonly string[] {
  return copiesOf(catalog, target).filter(({ state }) => state === "stored")
    .flatMap(({ key }) => [key, recordKey(key)]);
}

function factOf(target: string): string {
  return `findings:${target}`;
}

function isFinding(value: unknown): value is TargetFinding {
  return typeof value === "object" && value !== null && "kind" in value && "level" in value &&
    "message" in value && typeof value.kind === "string" && typeof value.message === "string" &&
    (value.level === "warning" || value.level === "problem");
}
