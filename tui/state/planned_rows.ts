/**
 * The decisions of the retention plan, as rows.
 *
 * @module
 */

import type { LocalBackup } from "../../mod.ts";
import type { State } from "./state.ts";

/** One decision. */
export interface PlannedRow {
  readonly id: string;
  readonly backup: LocalBackup;
  readonly keeps: boolean;
  readonly why: string;
  /** When time alone would let it go. */
  readonly until: string | undefined;
}

/** What goes first, then what stays, each newest first. */
export function plannedRows({ loaded }: State): readonly PlannedRow[] {
  const { plan } = loaded ?? {};
  if (plan === undefined) return [];
  return [
    ...plan.delete.map(({ backup, why }) => ({
      id: backup.id,
      backup,
      keeps: false,
      why,
      until: undefined,
    })),
    ...plan.keep.map(({ backup, why, until }) => ({
      id: backup.id,
      backup,
      keeps: true,
      why,
      until,
    })),
  ];
}
