import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { Notification } from "../../core/extend/mod.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import mail from "./mod.ts";
import { mailNotifier } from "./mail_notifier.ts";

const { signal } = new AbortController();
const news: Notification = {
  kind: "failure",
  job: "backup",
  database: "shop.db",
  title: "Backup of grün failed\r\nBcc: eve@example.org",
  text: "The disk is full\n.\nThe end",
  at: "2026-01-03T14:30:00.000Z",
  code: "NO_SPACE",
};
const people = { from: "holdfast@example.org", to: ["ann@example.org", "Bob <bob@example.org>"] };

/** A mail that a server took. */
interface Taken {
  readonly recipients: readonly string[];
  readonly text: string;
}

/** An SMTP server on loopback, and what it took. */
async function smtpServer(options: SMTPServerOptions) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    onData(stream, session, callback): void {
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk: Uint8Array) => chunks.push(Uint8Array.from(chunk)));
      stream.on("end", () => {
        const text = chunks.map((chunk) => new TextDecoder().decode(chunk)).join("");
        taken.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), text });
        callback();
      });
    },
    ...options,
  });
  server.on("error", () => {}); // A client that leaves in the middle is no failure of the test.
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  ok(address !== null && typeof address === "object");
  return {
    taken,
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Without TLS and without signing in. */
const open: SMTPServerOptions = { authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] };

Deno.test("mailNotifier sends one mail to all, whose headers nobody can add to", async () => {
  await using server = await smtpServer(open);
  const settings = { host: "127.0.0.1", port: server.port, security: "none", ...people };
  const notifier = await mail.notifiers?.mail?.create(pluginContext(settings));
  await notifier?.notify(news, { signal });
  const [taken] = server.taken;
  deepEqual(taken?.recipients, ["ann@example.org", "bob@example.org"]);
  const [head = "", ...body] = taken?.text.split("\r\n\r\n") ?? [];
  ok(!/^Bcc:/mi.test(head), head);
  match(head, /^X-Holdfast-Kind: failure$/m);
  match(body.join("\n\n"), /The disk is full\s+\.\s+The end/);
  match(body.join("\n\n"), /Code: NO_SPACE/);
});

Deno.test({
  ...requireProgram(["openssl"], "mailNotifier signs in over TLS and trusts only who it should"),
  async fn(): Promise<void> {
    await using dir = await tempDir();
    const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const files = ["-keyout", dir.join("key"), "-out", dir.join("cert")];
    const made = await new Deno.Command("openssl", {
      args: [...request, ...names, ...files],
      stderr: "null",
    }).output();
    ok(made.success);
    const tls = {
      key: await Deno.readTextFile(dir.join("key")),
      cert: await Deno.readTextFile(dir.join("cert")),
    };
    const onAuth: SMTPServerOptions["onAuth"] = ({ username, password }, _session, callback) => {
      if (username === "ann" && password === "open sesame") callback(null, { user: "ann" });
      else callback(new Error("wrong credentials"));
    };
    for (const security of ["starttls", "tls"]) {
      await using server = await smtpServer({ ...tls, onAuth, secure: security === "tls" });
      const settings = { host: "localhost", port: server.port, security, user: "ann", ...people };
      const notify = (more: Record<string, string>, password: string): Promise<void> =>
        mailNotifier(pluginContext({ ...settings, ...more }, { secrets: { password } }))
          .notify(news, { signal });
      const ca = dir.join("cert");
      await notify({ ca }, "open sesame");
      equal(server.taken.length, 1);
      await rejects(notify({}, "open sesame"), { name: "TargetError", kind: "denied" });
      await rejects(notify({ ca }, "another word"), (error: Error) => {
        ok("kind" in error && error.kind === "denied", error.message);
        ok(!Deno.inspect(error).includes("another word"), "shows the password");
        return true;
      });
      equal(server.taken.length, 1);
    }
  },
});

Deno.test("mailNotifier never sends unencrypted unless it is told to", async () => {
  await using server = await smtpServer(open);
  const settings = { host: "127.0.0.1", port: server.port, ...people };
  const notifying = mailNotifier(pluginContext(settings)).notify(news, { signal });
  await rejects(notifying, { name: "TargetError", kind: "denied" });
  equal(server.taken.length, 0);
});

Deno.test("mailNotifier tells the kind by the answer of the server", async () => {
  for (const [code, kind] of [[550, "invalid"], [451, "unavailable"]] as const) {
    await using server = await smtpServer({
      ...open,
      onRcptTo: (_address, _session, callback) =>
        callback(Object.assign(new Error("not now"), { responseCode: code })),
    });
    const settings = { host: "127.0.0.1", port: server.port, security: "none", ...people };
    const notifying = mailNotifier(pluginContext(settings)).notify(news, { signal });
    await rejects(notifying, { name: "TargetError", kind });
  }
});

Deno.test("mailNotifier gives up in time on a server that is silent, and at once when aborted", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const settings = { host: "127.0.0.1", port: listener.addr.port, security: "none", ...people };
  const slow = mailNotifier(pluginContext({ ...settings, timeout: 1 })).notify(news, { signal });
  await rejects(slow, { name: "TargetError", kind: "unavailable" });
  const abort = new AbortController();
  const reason = new Error("enough");
  const sending = mailNotifier(pluginContext(settings)).notify(news, abort);
  abort.abort(reason);
  await rejects(sending, reason);
});

Deno.test("mailNotifier tells unavailable where nobody listens", async () => {
  const settings = { host: "127.0.0.1", port: 1, security: "none", ...people };
  const notifying = mailNotifier(pluginContext(settings)).notify(news, { signal });
  await rejects(notifying, { name: "TargetError", kind: "unavailable" });
});

Deno.test("mailNotifier refuses impossible settings by name when it is made", () => {
  const good = { host: "mail.example.org", ...people };
  const wrong = [
    [{ ...good, host: "not a host" }, "host"],
    [{ ...good, from: "ann@" }, "from"],
    [{ ...good, to: ["ann@example.org", "bob"] }, "to"],
    [{ ...good, to: [] }, "to"],
  ] as const;
  for (const [settings, name] of wrong) {
    throws(() => mailNotifier(pluginContext(settings)), {
      name: "TargetError",
      kind: "invalid",
      message: new RegExp(`"${name}"`),
    });
  }
});
