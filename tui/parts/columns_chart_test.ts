import { deepEqual, equal } from "node:assert/strict";
import { columnsChart } from "./columns_chart.ts";

Deno.test("columnsChart() draws each value as a column from the ground", () => {
  deepEqual(columnsChart([8, 16, 4], { width: 10, height: 2 }), [" █ ", "██▄"]);
});

Deno.test("columnsChart() keeps the newest where not all have room, and shows small ones", () => {
  deepEqual(columnsChart([1, 2, 1000], { width: 2, height: 1 }), ["▁█"]);
  equal(columnsChart([], { width: 5, height: 1 })[0], "");
});
