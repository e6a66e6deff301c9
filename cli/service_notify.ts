/**
 * Tells systemd how a service stands (sd_notify(3)), where it asks for that.
 *
 * Deno opens no datagram socket without an unstable flag, so systemd's own program
 * sends the message; the unit needs `NotifyAccess=all` for it.
 *
 * @module
 */

/** A line to systemd; does nothing where it does not listen. */
export interface ServiceNotify {
  /** `READY=1`, `STOPPING=1`, `STATUS=…`. */
  send(...assignments: readonly string[]): Promise<void>;
  /** Milliseconds between signs of life; `undefined` where none are wanted. */
  readonly watchdogMs: number | undefined;
}

/** Reads `NOTIFY_SOCKET` and `WATCHDOG_USEC`; `onFailure` hears once why it cannot be sent. */
export function serviceNotify(
  env: Readonly<Record<string, string | undefined>>,
  onFailure: (why: string) => void,
): ServiceNotify {
  const isWanted = env.NOTIFY_SOCKET !== undefined && env.NOTIFY_SOCKET !== "";
  const usec = Number(env.WATCHDOG_USEC);
  const isOurs = env.WATCHDOG_PID === undefined || Number(env.WATCHDOG_PID) === Deno.pid;
  let isBroken = false;
  return {
    // Half of what systemd allows, as sd_watchdog_enabled(3) advises.
    watchdogMs: isWanted && isOurs && usec > 0 ? usec / 2000 : undefined,
    async send(...assignments) {
      if (!isWanted || isBroken) return;
      try {
        const { success, stderr } = await new Deno.Command("systemd-notify", {
          args: [...assignments],
          stdin: "null",
          stdout: "null",
          stderr: "piped",
        }).output();
        if (success) return;
        isBroken = true;
        onFailure(new TextDecoder().decode(stderr).trim());
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        isBroken = true;
        onFailure(error.message);
      }
    },
  };
}
