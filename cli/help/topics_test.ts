import assert from "node:assert/strict";
import { readDuration } from "../../core/words/duration_expression.ts";
import { parseTime } from "../../core/words/time_expression.ts";
import { PROOFS } from "../../core/artifact/backup_record.ts";
import { retentionKeys } from "../../core/retention/retention_policy.ts";
import { commandTable } from "../command_table.ts";
import { exitCodes } from "../exit_code.ts";
import { topicText } from "./topic.ts";
import { topicNames } from "./topic_names.ts";
import { allTopics, moments, spans } from "./topics.ts";

function textOf(name: string, columns = 80): string {
  const topic = allTopics().find((each) => each.name === name);
  assert.ok(topic !== undefined, name);
  return topicText(topic, columns);
}

Deno.test("allTopics() are those of the list, and none has the name of a command", () => {
  assert.deepEqual(allTopics().map(({ name }) => name), topicNames);
  assert.deepEqual(commandTable.filter(({ name }) => topicNames.includes(name)), []);
});

Deno.test("the topic times shows only moments and spans that are read", () => {
  const now = Temporal.Instant.from("2026-01-03T12:00:00Z");
  for (const [text] of moments) parseTime(text, { now, zone: "Europe/Berlin" });
  for (const [text] of spans) assert.ok(readDuration(text) !== undefined, text);
});

Deno.test("the topics name every proof, exit code and key of a retention policy", () => {
  for (const proof of PROOFS) assert.ok(textOf("proof").includes(`  ${proof} `), proof);
  for (const [code] of exitCodes) {
    assert.match(textOf("exit-codes"), new RegExp(`^ +${code} `, "m"));
  }
  for (const key of retentionKeys) assert.ok(textOf("retention").includes(key), key);
});

Deno.test("topicText() keeps to the width of the window, from 40 columns on", () => {
  for (const { name } of allTopics()) {
    for (const columns of [40, 80, 200]) {
      const long = textOf(name, columns).split("\n").filter((line) =>
        line.length > columns && line.trim().includes(" ") && !line.startsWith("  $")
      );
      // A row of words that are typed stays whole.
      const wrapped = long.filter((line) => !/^ {2}\S/.test(line) && !line.includes(": "));
      assert.deepEqual(wrapped, [], `${name} in ${columns}`);
    }
  }
});
