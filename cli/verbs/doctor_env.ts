/**
 * Says what is missing on this machine, and how to get it.
 *
 * @module
 */

import { dirname } from "node:path";
import { userConfigPath } from "../../core/config/find_config.ts";
import { configuredDatabases } from "../../core/config/load_config.ts";
import type { Surroundings } from "../../core/config/surroundings.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { Finding } from "../doctor/finding.ts";
import { folderFindings } from "../doctor/folder_findings.ts";
import { machineProbe } from "../doctor/machine_probe.ts";
import { permissionFindings } from "../doctor/permission_findings.ts";
import { programFindings } from "../doctor/program_findings.ts";
import { terminalFindings } from "../doctor/terminal_findings.ts";
import { versionFindings } from "../doctor/version_findings.ts";
import { escapeText } from "../escape.ts";
import { UNHEALTHY } from "../exit_code.ts";
import { paint } from "../paint.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { fitting, tableRows } from "../table.ts";
import { indented } from "../wrap_words.ts";
import { stateFolder } from "../targets/keeping_place.ts";

/** Looks at everything; opens no database. */
export async function doctorEnv(run: Run): Promise<Outcome> {
  const { around, screen } = run.session;
  const probe = machineProbe(around, run.signal);
  const { finding: configuration, programs } = await configurationFinding(run);
  const user = userConfigPath(around);
  const findings = [
    ...versionFindings(probe),
    ...await permissionFindings(probe),
    ...await programFindings(probe, programs),
    ...await folderFindings(probe, {
      configuration: user === undefined ? undefined : dirname(user),
      state: stateFolder(around),
      temporary: temporaryFolder(around),
    }),
    configuration,
    ...terminalFindings({
      stdinIsTerminal: Deno.stdin.isTerminal(),
      stdoutIsTerminal: screen.out.isTerminal,
      color: screen.color,
      env: around.env,
      os: around.os,
    }),
  ];
  const missing = findings.filter(({ status }) => status === "missing").length;
  return {
    verb: "doctor env",
    data: { ok: missing === 0, findings },
    text: await textOf(findings, run),
    note: missing === 0
      ? "nothing that is needed is missing"
      : `missing and needed: ${
        findings.filter(({ status }) => status === "missing").map(({ name }) => name).join(", ")
      }`,
    exitCode: missing === 0 ? 0 : UNHEALTHY,
  };
}

function temporaryFolder({ env, os }: Surroundings): string | undefined {
  return os === "windows" ? env.TEMP : env.TMPDIR || "/tmp";
}

/** Where the configuration is, and the programs that its targets start. */
async function configurationFinding(
  run: Run,
): Promise<{ readonly finding: Finding; readonly programs: ReadonlySet<string> }> {
  const about = { name: "configuration", use: "names, targets, schedule" };
  try {
    const config = await run.config();
    const databases = await configuredDatabases(config, {});
    const kinds = databases.flatMap(({ settings }) => Object.values(settings.targets))
      .filter(({ enabled }) => enabled !== false).map(({ kind }) => kind);
    const path = config.found?.path;
    return path === undefined
      ? {
        finding: { ...about, status: "ok", found: "none: not needed" },
        programs: new Set(),
      }
      : { finding: { ...about, status: "ok", found: path }, programs: new Set(kinds) };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    const { message: found, hint = "holdfast config check" } = error;
    return { finding: { ...about, status: "missing", found, hint }, programs: new Set() };
  }
}

async function textOf(findings: readonly Finding[], run: Run): Promise<string> {
  const { screen } = run.session;
  const room = fitting(screen);
  const [head = "", ...rows] = await tableRows(findings, [
    { title: "STATUS", cell: ({ status }) => status },
    { title: "WHAT", cell: ({ name }) => name },
    { title: "FOUND", cell: ({ found }) => escapeText(found) },
    { title: "FOR", cell: ({ use }) => use, drop: 1 },
  ], room);
  const colors = { ok: "green", optional: "yellow", missing: "red" } as const;
  const painted = findings.flatMap(({ status, hint }, index) => {
    const row = rows[index] ?? "";
    const shown = paint(status, colors[status], screen.color) + row.slice(status.length);
    return hint === undefined ? [shown] : [shown, indented(escapeText(hint), 10, room)];
  });
  return [head, ...painted].join("\n");
}
