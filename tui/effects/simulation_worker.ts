/**
 * Tries retention policies beside the UI: a year of backups takes longer than a key press
 * may wait.
 *
 * @module
 */

import { parentPort } from "node:worker_threads";
import { simulate, type SimulationOptions } from "../../mod.ts";
import { problemOf } from "../state/problem.ts";
import type { Forecast, SimulationRequest } from "../state/simulation.ts";

function forecast({ policy, every, size, start, zone }: SimulationRequest): Forecast {
  const options: Omit<SimulationOptions, "for"> = {
    every,
    size,
    zone,
    start: Temporal.Instant.fromEpochMilliseconds(start),
  };
  try {
    const year = simulate(policy, { ...options, for: "1y" });
    return {
      week: simulate(policy, { ...options, for: "7d" }).end,
      month: simulate(policy, { ...options, for: "1mo" }).end,
      year: year.end,
      months: year.months,
    };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

parentPort?.on("message", (request: SimulationRequest) => {
  parentPort?.postMessage({ of: request.of, forecast: forecast(request) });
});
