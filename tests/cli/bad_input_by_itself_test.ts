import { type BadInput, refusesEach } from "../support/bad_input.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

const mail = ["notify", "add", "ops", "mail", "--set", "host=mail.example.org"];

const rows: readonly BadInput[] = [
  // the schedule
  [["schedule"], 2, 'Cannot run "holdfast schedule" alone'],
  [["schedule", "sett"], 2, "Did you mean set?"],
  [["schedule", "set", "--at", "25:00"], 2, 'Cannot use "25:00" for "schedule.at"'],
  [["schedule", "set", "--at", ""], 2, '"schedule.at"'],
  [["schedule", "set", "--day", "sundy"], 2, 'perhaps "sunday"'],
  [["schedule", "set", "--cron", "0 25 * * *"], 2, 'Cannot use "0 25 * * *"'],
  [["schedule", "set", "--cron", "0 0 31 2 *"], 2, "a date that exists"],
  [["schedule", "set", "--cron", "* * * * * *"], 2, "at most once a minute"],
  [["schedule", "set", "--cron", "0 2 * * *", "--at", "03:00"], 2, "--cron together with"],
  [["schedule", "set", "--zone", "Mars/Base"], 2, 'Cannot use "Mars/Base"'],
  [["schedule", "set", "--jitter", "soon"], 2, "a duration of at most a day"],
  [["schedule", "set", "--jitter", "30h"], 2, "a duration of at most a day"],
  [["schedule", "set", "--quiet-window", "9-5"], 2, 'like "09:00-17:30"'],
  [["schedule", "set", "--retention-days", "0"], 2, "a whole number from 1"],
  [["schedule", "set", "--database", "apq"], 2, 'Did you mean "app"?'],
  [["schedule", "off", "--database", "nope"], 2, 'the database "nope"'],
  [["schedule", "show", "apq"], 10, 'Did you mean "app"?'],
  [["schedule", "next", "--count", "0"], 2, "a whole number from 1"],
  [["schedule", "run", "nope"], 10, 'Cannot find the database "'],
  [["schedule", "run", "--verify-every", "never"], 2, 'Cannot read the duration "never"'],
  [["schedule", "install", "--by", "launchd"], 2, "Wanted is one of systemd, cron"],
  // the process that stays
  [["watch", "--every", "soon"], 2, 'Cannot read the duration "soon"'],
  [["watch", "--every", "0s"], 2, "it is no time at all"],
  [["watch", "--at-most-every", "x"], 2, 'Cannot read the duration "x"'],
  [["watch", "--quiet-for", ""], 2, "Cannot read the duration"],
  [["watch", "--verify-every", "-1d"], 2, "Cannot"],
  [["watch", "none-*.db"], 10, 'fits "none-*.db"'],
  // the news
  [["notify"], 2, 'Cannot run "holdfast notify" alone'],
  [["notify", "add", "ops"], 2, 'missing required argument "kind"'],
  [["notify", "add", "ops", "webhok"], 2, "webhook"],
  [["notify", "add", "a b", "webhook"], 2, 'Cannot use the name "a b"'],
  [["notify", "add", "ops", "webhook", "--set", "url=https://example.org/x"], 2, "it is a secret"],
  [["notify", "add", "ops", "webhook", "--set", "shap=slack"], 2, 'there is no "shap"'],
  [["notify", "add", "ops", "webhook", "--set", "timeout=soon"], 2, '"timeout"'],
  [["notify", "add", "ops", "webhook", "--on", "always"], 2, "Wanted are some of failure"],
  [mail, 2, '"from" is missing'],
  [[...mail, "--set", "from=me@example.org", "--set", "to=a@b,nobody"], 2, '"nobody"'],
  [[...mail, "--set", "from=me@example.org"], 2, '"to" is missing'],
  [["notify", "secret", "desk"], 2, 'Cannot find the notifier "desk"'],
  [["notify", "remove", "desk"], 2, 'Cannot find the notifier "desk"'],
  [["config", "set", "notifiers.x.kind", "carrier"], 2, "carrier"],
  // health and the rest
  [["health", "app", "--max-age", "soon"], 2, 'Cannot read the duration "soon"'],
  [["log", "app", "--since", "never"], 2, 'Cannot read the time "never"'],
  [["completions", "tcsh"], 2, "bash, zsh, fish"],
  [["tui", "app"], 2, "is no terminal"],
];

Deno.test(`holdfast refuses each of ${rows.length} wrong schedules, watches and notifiers by name, and writes nothing`, async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const config = { databases: { app: { path: "app.db" } } };
  await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
  await refusesEach(rows, dir.path);
});
