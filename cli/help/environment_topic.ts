/**
 * The environment variables that count.
 *
 * @module
 */

import { listSettings } from "../../core/config/setting_list.ts";
import type { Topic } from "./topic.ts";

/** Those that are no settings. */
const others: readonly (readonly [string, string])[] = [
  ["HOLDFAST_CONFIG", "the configuration file"],
  ["HOLDFAST_SECRET_<NAME>_<SETTING>", "a secret of a target or notifier, before the kept one"],
  ["HOLDFAST_CACHE", "where the self-extracting file unpacks"],
  ["HOME, XDG_CONFIG_HOME, XDG_STATE_HOME", "where the user's configuration and secrets lie"],
  ["USERPROFILE, APPDATA, LOCALAPPDATA", "the same, on Windows"],
  ["VISUAL, EDITOR", "the editor of holdfast config edit"],
  ["NO_COLOR, TERM", "no colours; TERM=dumb: no moving cursor either"],
  ["COLUMNS", "the width of the output where it is no terminal"],
  ["INK_SCREEN_READER", "true: the terminal UI for screen readers"],
  ["NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID", "set by systemd for holdfast watch"],
];

/** The page. */
export function environmentTopic(): Topic {
  const settings = listSettings().flatMap(({ variable, help }): [string, string][] =>
    variable === undefined ? [] : [[variable, help]]
  );
  return {
    name: "environment",
    summary: "the variables that count",
    blocks: [
      { rows: others },
      {
        text: "Settings: a variable counts before the configuration file, a flag before the " +
          "variable. A list is JSON, or its only item.",
      },
      { rows: settings },
    ],
  };
}
