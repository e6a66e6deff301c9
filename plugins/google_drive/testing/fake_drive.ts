/**
 * A strict server of the Google Drive protocol on loopback: it refuses what Google
 * refuses, remembers every breach, and goes wrong by a script.
 *
 * @module
 */

import { FakeFiles } from "./fake_files.ts";
import { type FakeAnswer, type FakeHttp, type FakeRequest, serveFake } from "./fake_http.ts";
import { FakeOAuth } from "./fake_oauth.ts";
import { answerDrive, stepOf } from "./fake_routes.ts";
import { FakeUploads } from "./fake_upload.ts";
import { type Fault, FaultScript, type Step } from "./fault_script.ts";
import { driveRefusal, Refusal, Violation } from "./refusal.ts";

/** One request, as it was seen. */
export interface Seen {
  readonly step: Step;
  readonly status: number;
}

/** The fake server. `await using` closes it. */
export class FakeDrive implements AsyncDisposable {
  /** Its clock, which a test moves. */
  now: Temporal.Instant = Temporal.Instant.from("2026-01-03T14:30:00Z");
  /** How far its `Date` header is off its clock, in seconds. */
  dateOffset = 0;
  readonly oauth: FakeOAuth = new FakeOAuth(() => this.now);
  readonly files: FakeFiles = new FakeFiles(() => this.#tick());
  readonly uploads: FakeUploads = new FakeUploads(this.files, () => this.now);
  readonly faults: FaultScript = new FaultScript();
  /** Every request, in order. */
  readonly seen: Seen[] = [];
  /** Breaches of the protocol. A test that expects none looks here at its end. */
  readonly violations: string[] = [];
  /** Connections are used again, as Google's are. */
  keepAlive = false;
  /** What the account is called. */
  email = "ada@example.com";
  #http: FakeHttp | undefined;

  /** Starts one. */
  static async start(): Promise<FakeDrive> {
    const fake = new FakeDrive();
    fake.#http = await serveFake({
      answer: (request) => fake.#answer(request),
      hashFor: (url) => fake.uploads.hashOf(url.searchParams.get("upload_id")),
    });
    return fake;
  }

  /** Its address. */
  get base(): string {
    return this.#http?.base ?? "";
  }

  /** How often a step was asked for. */
  count(step: Step): number {
    return this.seen.filter((one) => one.step === step).length;
  }

  /** Closes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http?.[Symbol.asyncDispose]();
  }

  /** Times of files differ, so that the newest is known. */
  #tick(): Temporal.Instant {
    this.now = this.now.add({ milliseconds: 1 });
    return this.now;
  }

  /** One request: its fault, its effect, its answer. */
  async #answer(request: FakeRequest): Promise<FakeAnswer> {
    const step = stepOf(request);
    const fault = this.faults.take(step);
    if (fault?.is === "hold") {
      fault.reached();
      await fault.until;
    }
    const answer = this.#dated(this.#outcome(step, request, fault));
    this.seen.push({ step, status: answer.cut === undefined ? answer.status : 0 });
    return answer;
  }

  /** The effect and the answer. */
  #outcome(step: Step, request: FakeRequest, fault: Fault | undefined): FakeAnswer {
    if (fault?.is === "portal") return { status: 200, body: "<html>Please sign in</html>" };
    const isLate = (fault?.is === "status" || fault?.is === "drop") && fault.after === true;
    if (fault?.is === "drop" && !isLate) return { status: 0, cut: "before" };
    if (fault?.is === "status" && !isLate) return failing(step, fault);
    const answer = this.#effect(step, request, fault);
    if (fault?.is === "drop") return { status: 0, cut: "before" };
    return fault?.is === "status" ? failing(step, fault) : answer;
  }

  /** What the step does. */
  #effect(step: Step, request: FakeRequest, fault: Fault | undefined): FakeAnswer {
    try {
      return answerDrive(this, { step, request, fault });
    } catch (error) {
      if (!(error instanceof Refusal)) {
        this.violations.push(`${step}: ${String(error)}`);
        throw error;
      }
      if (error instanceof Violation) this.violations.push(`${step}: ${error.message}`);
      return refused(step, error.status, error.reason);
    }
  }

  /** With the date. */
  #dated(answer: FakeAnswer): FakeAnswer {
    const at = this.now.add({ seconds: this.dateOffset }).epochMilliseconds;
    return {
      ...answer,
      keepAlive: this.keepAlive,
      headers: { date: new Date(at).toUTCString(), ...answer.headers },
    };
  }
}

/** The answer of a scripted status. */
function failing(step: Step, fault: Fault & { readonly is: "status" }): FakeAnswer {
  const { status, reason = "backendError", retryAfter } = fault;
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  return { ...refused(step, status, reason), headers };
}

/** A refusal in the form of the service that refuses. */
function refused(step: Step, status: number, reason: string): FakeAnswer {
  const isOAuth = ["token", "device_code", "revoke", "consent"].includes(step);
  const body = isOAuth
    ? { error: reason, error_description: "The fake server says no." }
    : driveRefusal(status, reason);
  return { status, body: JSON.stringify(body) };
}
