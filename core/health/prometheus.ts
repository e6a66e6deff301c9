/**
 * Health and counts as metrics in the text format of Prometheus
 * (prometheus.io/docs/instrumenting/exposition_formats).
 *
 * @module
 */

import type { Health } from "../health.ts";
import type { Stats } from "../stats.ts";

/** One metric of one database; `undefined` and `null` are left out. */
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly value: number | null | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** How one or several databases stand, as metrics. Instants are seconds since 1970. */
export function healthMetrics(all: readonly Health[]): string {
  return exposition(all.map(({ database, status, issues, facts, nextRun }) => ({
    database,
    metrics: [
      gauge("health", "0 healthy, 1 warning, 2 error", levels[status]),
      ...(["warning", "error"] as const).map((level) => ({
        ...gauge("issues", "Issues by level", issues.filter((it) => it.level === level).length),
        labels: { level },
      })),
      gauge("last_good_timestamp_seconds", "Newest good backup", seconds(facts.lastGood)),
      gauge("last_proven_timestamp_seconds", "Newest proof", seconds(facts.lastProven)),
      gauge(
        "last_offsite_timestamp_seconds",
        "Newest copy on a target",
        seconds(facts.lastOffsite),
      ),
      gauge("missing_files", "Backups whose file is gone or changed", facts.missing.length),
      gauge("failures_in_a_row", "Backups that failed up to now", facts.failuresInARow),
      gauge("free_bytes", "Room in the backup directory", facts.free),
      gauge("next_run_timestamp_seconds", "Next backup of the schedule", seconds(nextRun)),
    ],
  })));
}

/** Counts and sizes of one or several databases, as metrics. */
export function statsMetrics(all: readonly Stats[]): string {
  return exposition(all.map((stats) => ({
    database: stats.database,
    metrics: [
      gauge("backups", "Backups that are there", stats.count),
      gauge("backup_bytes", "Their bytes in all", stats.bytes),
      gauge("good_backups", "Backups that are good", stats.good),
      gauge("pinned_backups", "Backups that are pinned", stats.pinned),
      gauge("trash_bytes", "Bytes in the trash", stats.trash.bytes),
      gauge("oldest_timestamp_seconds", "Oldest backup", seconds(stats.oldest)),
      gauge("newest_timestamp_seconds", "Newest backup", seconds(stats.newest)),
      gauge("database_growth_bytes_per_day", "Growth of the database", stats.databaseGrowth),
      ...Object.entries(stats.reasons).map(([reason, tally]) => ({
        ...gauge("backups_by_reason", "Backups by reason", tally.count),
        labels: { reason },
      })),
    ],
  })));
}

const levels: Readonly<Record<Health["status"], number>> = { healthy: 0, warning: 1, error: 2 };

function gauge(name: string, help: string, value: number | null | undefined): Metric {
  return { name: `holdfast_${name}`, help, value };
}

/** All samples of a metric stand together, after its type, as the format wants it. */
function exposition(
  all: readonly { readonly database: string; readonly metrics: readonly Metric[] }[],
): string {
  const groups = new Map<string, string[]>();
  for (const { database, metrics } of all) {
    for (const { name, help, value, labels } of metrics) {
      if (value === null || value === undefined) continue;
      const head = [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`];
      const group = groups.get(name) ?? head;
      const pairs = Object.entries({ database, ...labels })
        .map(([key, text]) => `${key}="${escaped(text)}"`).join(",");
      group.push(`${name}{${pairs}} ${value}`);
      groups.set(name, group);
    }
  }
  return `${[...groups.values()].flat().join("\n")}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function seconds(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant) / 1000;
}
