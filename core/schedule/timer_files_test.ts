import { deepStrictEqual as equal, match, throws } from "node:assert/strict";
import { requireProgram } from "../../tests/support/require_program.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { cronLine, cronLineIn, fleetingNote, systemdUnits, withCronLine } from "./timer_files.ts";

const strange = '/home/a b/100%/$HOME/it\'s "x"\\.json';
const job = { id: "a1", command: ["/bin/echo", strange], about: "holdfast: 100% of app" };

Deno.test("systemdUnits quotes what systemd would read as its own", () => {
  const { service, timer } = systemdUnits(job);
  match(
    service,
    /ExecStart="\/bin\/echo" "\/home\/a b\/100%%\/\$\$HOME\/it's \\"x\\"\\\\\.json"\n/,
  );
  match(timer, /Persistent=true/);
  throws(() => systemdUnits({ ...job, command: ["/bin/echo", "a\nb"] }), { code: "USAGE" });
});

Deno.test({
  ...requireProgram(["systemd-analyze"], "systemdUnits gives units that systemd takes"),
  fn: async () => {
    await using dir = await tempDir();
    const { service, timer } = systemdUnits(job);
    await Deno.writeTextFile(dir.join("holdfast-a1.service"), service);
    await Deno.writeTextFile(dir.join("holdfast-a1.timer"), timer);
    const { code, stderr } = await new Deno.Command("systemd-analyze", {
      args: ["verify", dir.join("holdfast-a1.service"), dir.join("holdfast-a1.timer")],
      stdout: "null",
      stderr: "piped",
    }).output();
    const told = new TextDecoder().decode(stderr).split("\n")
      .filter((line) => line.includes("holdfast-a1"));
    equal({ code, told }, { code: 0, told: [] });
  },
});

Deno.test("cronLine gives the program its arguments as they are", async () => {
  const line = cronLine(job);
  // As cron does: the fields go, \% becomes %, the shell gets the rest.
  const command = line.split(" ").slice(5).join(" ").replaceAll("\\%", "%");
  const { stdout } = await new Deno.Command("sh", { args: ["-c", command] }).output();
  equal(new TextDecoder().decode(stdout), `${strange}\n`);
});

Deno.test("fleetingNote tells of what npx runs from npm's cache", () => {
  match(
    fleetingNote("/home/ada/.npm/_npx/7a40/node_modules/deno/deno") ?? "",
    /npm's cache.*deno task compile/,
  );
  equal(fleetingNote("/usr/local/bin/deno"), undefined);
  equal(fleetingNote("/home/ada/dist/holdfast"), undefined);
});

Deno.test("withCronLine changes its own line only", () => {
  const others = "MAILTO=me\n0 1 * * * other # holdfast b2\n";
  const line = cronLine(job);
  const added = withCronLine(others, "a1", line);
  equal(added, `${others}${line}\n`);
  equal(withCronLine(added, "a1", line), added);
  equal(cronLineIn(added, "a1"), line);
  equal(withCronLine(added, "a1", undefined), others);
  equal(withCronLine("", "a1", undefined), "");
});
