/**
 * Lists the targets of a database, and what the catalog knows of the copies there.
 *
 * @module
 */

import { Catalog } from "../../core/catalog/catalog.ts";
import type { TargetSettings } from "../../core/config/target_settings.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { type OffsiteState, offsiteStates } from "../../core/targets/offsite.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { plural, wallTime } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { fitting, table } from "../table.ts";

interface Line {
  readonly name: string;
  readonly target: TargetSettings;
  readonly copies: OffsiteState | undefined;
}

/** Lists them. */
export async function targetList(
  run: Run,
  flags: { readonly database?: string | undefined },
): Promise<Outcome> {
  const place = await choosePlace(run, flags.database);
  const { directory } = await resolvePlace(place);
  using catalog = Catalog.openToRead(directory);
  const states = catalog === undefined ? [] : offsiteStates(catalog);
  const { settings } = await place.configured();
  const lines: Line[] = Object.entries(settings.targets)
    .map(([name, target]) => ({
      name,
      target,
      copies: states.find((each) => each.target === name),
    }));
  const zone = run.clock.zone();
  const text = await table(lines, [
    { title: "NAME", cell: ({ name }) => name },
    { title: "KIND", cell: ({ target }) => escapeText(target.kind) },
    { title: "WAY", cell: ({ target }) => target.codecs.map(codecText).join(" ") || "plain" },
    { title: "STATE", cell: ({ target }) => stateText(target) },
    { title: "COPIES", cell: ({ copies }) => String(copies?.good ?? 0), align: "right" },
    {
      title: "NEWEST",
      cell: ({ copies }) => copies?.newestTakenAt ? wallTime(copies.newestTakenAt, zone) : "-",
    },
    { title: "BAD", cell: ({ copies }) => String(copies?.bad ?? 0), align: "right" },
  ], fitting(run.session.screen));
  return {
    verb: "target list",
    data: { targets: lines },
    text: lines.length === 0 ? "No targets." : text,
    note: lines.length === 0
      ? "Add one: holdfast target add usb folder:/media/usb"
      : plural(lines.length, "target"),
  };
}

function codecText(codec: TargetSettings["codecs"][number]): string {
  return escapeText(typeof codec === "string" ? codec : codec.kind);
}

function stateText({ enabled, required }: TargetSettings): string {
  if (!enabled) return "off";
  return required ? "required" : "on";
}
