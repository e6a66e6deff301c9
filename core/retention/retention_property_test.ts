import assert from "node:assert/strict";
import fc from "fast-check";
import { isGood, type Proof } from "../artifact/backup_record.ts";
import { plan } from "./retention.ts";
import type { RetentionPolicy } from "./retention_policy.ts";
import type { RetentionBackup } from "./retention_timeline.ts";

const start = Temporal.Instant.from("2024-01-01T00:00:00Z").epochMilliseconds;
const hour = 3_600_000;
const instant = (hours: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(start + Math.round(hours * hour));

const proofs = fc.constantFrom<Proof>("stored", "hashed", "checked", "checked", "drilled");
const span = fc.integer({ min: 1, max: 400 }).map((days) => `${days}d`);
const amount = fc.option(fc.oneof(fc.integer({ min: 1, max: 9 }), span), { nil: undefined });

/** Backups in the order of taking, at gaps from seconds to half a year. */
const collections: fc.Arbitrary<readonly RetentionBackup[]> = fc.array(
  fc.record({
    gap: fc.oneof(
      fc.double({ min: 0.001, max: 30, noNaN: true }),
      fc.double({ min: 0.001, max: 4000, noNaN: true }),
    ),
    proof: proofs,
    safety: fc.integer({ min: 0, max: 6 }),
    pinned: fc.integer({ min: 0, max: 9 }),
    inferred: fc.integer({ min: 0, max: 12 }),
    present: fc.integer({ min: 0, max: 12 }),
    expires: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined, freq: 8 }),
    size: fc.nat(5000),
  }),
  { maxLength: 40 },
).map((items) => {
  let time = 0;
  return items.map((it, index): RetentionBackup => {
    time += it.gap;
    return {
      id: `b${index}`,
      name: `b${index}`,
      reason: it.safety === 0 ? "pre-restore" : "auto:timer",
      createdAt: instant(time).toString(),
      expiresAt: it.expires === undefined ? null : instant(it.expires).toString(),
      pinned: it.pinned === 0,
      proof: it.proof,
      metadata: it.inferred === 0 ? { inferred: true } : {},
      size: it.size,
      sequence: index,
      deletedAt: null,
      present: it.present !== 0,
    };
  });
});

const keeps = fc.record({
  keepLast: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  keepWithin: fc.option(span, { nil: undefined }),
  keepHourly: amount,
  keepDaily: amount,
  keepWeekly: amount,
  keepMonthly: amount,
  keepYearly: amount,
  minKeep: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});
const limits = fc.record({
  maxCount: fc.option(fc.integer({ min: 4, max: 20 }), { nil: undefined }),
  maxAgeDays: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
  maxTotalSize: fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined }),
});
const sane = (policy: RetentionPolicy): boolean =>
  Object.entries(policy).some(([key, value]) => key !== "minKeep" && value !== undefined);
const uncapped: fc.Arbitrary<RetentionPolicy> = keeps.filter(sane);
const policies: fc.Arbitrary<RetentionPolicy> = fc.tuple(keeps, limits)
  .map(([keep, limit]) => ({ ...keep, ...limit })).filter(sane);
const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia");

const late = instant(1e6);
const ids = (items: readonly { readonly backup: RetentionBackup }[]): string[] =>
  items.map(({ backup }) => backup.id).sort();
const good = (it: RetentionBackup): boolean => it.present && isGood(it);
const regular = (it: RetentionBackup): boolean => good(it) && it.reason !== "pre-restore";

Deno.test("plan gives every backup one fate", () => {
  fc.assert(fc.property(collections, policies, zones, (backups, policy, zone) => {
    const result = plan(backups, policy, late, zone);
    const all = [...ids(result.keep), ...ids(result.delete)].sort();
    assert.deepEqual(all, backups.map(({ id }) => id).sort());
    for (const { why } of [...result.keep, ...result.delete]) {
      assert.ok(!/undefined/.test(why), why);
    }
  }));
});

Deno.test("plan never breaks a floor", () => {
  fc.assert(fc.property(collections, policies, zones, (backups, policy, zone) => {
    const result = plan(backups, policy, late, zone);
    const stays = new Set(ids(result.keep));
    const newest = backups.findLast(regular);
    if (newest !== undefined) assert.ok(stays.has(newest.id), "newest good");
    for (const it of backups) {
      if (it.pinned || it.metadata.inferred === true || !it.present) assert.ok(stays.has(it.id));
      const week = Temporal.Instant.from(it.createdAt).add({ hours: 168 });
      const isYoung = newest === undefined ||
        Temporal.Instant.compare(week, newest.createdAt) > 0;
      if (it.reason === "pre-restore" && isYoung) assert.ok(stays.has(it.id), "safety");
    }
    const least = Math.min(policy.minKeep ?? 3, backups.filter(good).length);
    assert.ok(backups.filter((it) => good(it) && stays.has(it.id)).length >= least, "minKeep");
    assert.equal(result.goodAfter, backups.filter((it) => good(it) && stays.has(it.id)).length);
    const lost = result.goodBefore - result.goodAfter;
    assert.equal(result.massDelete, lost * 2 > result.goodBefore);
  }));
});

Deno.test("plan keeps to maxCount where no floor stands against it", () => {
  fc.assert(fc.property(collections, policies, zones, (backups, policy, zone) => {
    const most = policy.maxCount ?? Infinity;
    const counted = plan(backups, policy, late, zone).keep.filter(({ rules, backup }) =>
      regular(backup) && !backup.pinned && !rules.includes("dated") && !rules.includes("inferred")
    );
    assert.ok(counted.length <= most);
  }));
});

Deno.test("plan deletes nothing more when it is applied again", () => {
  fc.assert(fc.property(collections, policies, zones, (backups, policy, zone) => {
    const kept = plan(backups, policy, late, zone).keep.map(({ backup }) => backup);
    assert.deepEqual(ids(plan(kept, policy, late, zone).delete), []);
  }));
});

Deno.test("plan does not depend on the order of its input", () => {
  const shuffled = collections.chain((backups) =>
    fc.tuple(fc.constant(backups), fc.shuffledSubarray([...backups], { minLength: backups.length }))
  );
  fc.assert(fc.property(shuffled, policies, zones, ([backups, other], policy, zone) => {
    assert.deepEqual(plan(other, policy, late, zone), plan(backups, policy, late, zone));
  }));
});

Deno.test("plan with a more generous uncapped policy never keeps less", () => {
  const more = (a: string | number | undefined, b: number): string | number | undefined => {
    if (a === undefined) return undefined;
    return typeof a === "number" ? a + b : `${Number(a.slice(0, -1)) + b}d`;
  };
  const extra = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 8, maxLength: 8 });
  fc.assert(fc.property(collections, uncapped, extra, zones, (backups, policy, plus, zone) => {
    const keys = ["keepHourly", "keepDaily", "keepWeekly", "keepMonthly", "keepYearly"] as const;
    const generous: RetentionPolicy = {
      keepLast: (policy.keepLast ?? 0) + (plus[0] ?? 0),
      keepWithin: policy.keepWithin === undefined
        ? `${plus[1]}d`
        : `${Number(policy.keepWithin.slice(0, -1)) + (plus[1] ?? 0)}d`,
      minKeep: (policy.minKeep ?? 3) + (plus[2] ?? 0),
      ...Object.fromEntries(
        keys.map((key, index) => [key, more(policy[key], plus[index + 3] ?? 0) ?? plus[index + 3]]),
      ),
    };
    const kept = new Set(ids(plan(backups, generous, late, zone).keep));
    for (const id of ids(plan(backups, policy, late, zone).keep)) assert.ok(kept.has(id), id);
  }));
});

Deno.test("plan deletes nothing because of a clock", () => {
  const clocks = fc.oneof(
    fc.double({ min: -1e5, max: 40_000, noNaN: true }),
    fc.double({ min: 1e5, max: 1e7, noNaN: true }),
  );
  fc.assert(fc.property(collections, policies, clocks, zones, (backups, policy, clock, zone) => {
    const now = instant(clock);
    const right = new Set(ids(plan(backups, policy, late, zone).delete));
    for (const { backup } of plan(backups, policy, now, zone).delete) {
      assert.ok(right.has(backup.id), "a wrong clock deletes what the right one keeps");
      assert.ok(Temporal.Instant.compare(backup.createdAt, now) <= 0, "from the future");
    }
  }));
});

Deno.test("plan survives any disorder of times and sequences with its floors", () => {
  const disorder = collections.chain((backups) =>
    fc.tuple(
      fc.constant(backups),
      fc.array(fc.nat(30), { minLength: backups.length, maxLength: backups.length }),
    )
  ).map(([backups, sequences]) =>
    backups.map((it, index) => ({ ...it, sequence: sequences[index] ?? 0 }))
  );
  fc.assert(fc.property(disorder, policies, fc.nat(9000), (backups, policy, clock) => {
    const result = plan(backups, policy, instant(clock), "UTC");
    const least = Math.min(policy.minKeep ?? 3, backups.filter(good).length);
    assert.ok(result.goodAfter >= least);
    const order = result.keep.map(({ backup }) => backup.sequence);
    assert.deepEqual(order, order.toSorted((a, b) => b - a), "newest first");
    assert.equal(result.keep.length + result.delete.length, backups.length);
  }));
});
