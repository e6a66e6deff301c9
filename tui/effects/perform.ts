/**
 * From a task as data to the verb that does it.
 *
 * @module
 */

import { HoldfastError } from "../../mod.ts";
import type { DatabaseActions, Outcome } from "../actions.ts";
import type { Task } from "../state/command.ts";
import type { Talk } from "../target_actions.ts";

/** Does it. */
export async function perform(
  task: Task,
  actions: DatabaseActions,
  talk: Talk,
): Promise<Outcome> {
  const { targets } = actions;
  switch (task.verb) {
    case "backup":
      return await actions.backup(task.choice, talk);
    case "verify":
      return await actions.verify(task.ids, talk);
    case "restore":
      return await actions.restore({ ...task.choice, force: task.force }, talk);
    case "undo":
      return await actions.undo(talk);
    case "edit":
      return await actions.edit(task.change, talk);
    case "delete":
      return await actions.remove(task, talk);
    case "undelete":
      return await actions.undelete(task.ids, talk);
    case "prune":
      return await actions.prune(task, talk);
    case "drill":
      return await actions.drill(task.backup, talk);
    case "compare":
      return await actions.compare(task.backup, talk);
    case "peek":
      return await actions.peek(task.backup, task.table, talk);
    case "look":
      return await actions.missing(task.backup, task.table, talk);
    case "rescue":
      return await actions.rescue(task.choice, talk);
    case "export":
      return await actions.exportTo(task.choice, talk);
    case "move":
      return await actions.move(task.to, talk);
    case "add target":
      return await targets.add(task.target, talk);
    case "connect":
      return await targets.connect(task.target, talk);
    case "check":
      return await targets.check(task.target, talk);
    case "push":
      return await targets.push(task.target, talk);
    case "pull":
      return await targets.pull(task.target, talk);
    case "fetch":
      return await targets.fetch(task, talk);
    case "delete copies":
      return await targets.deleteCopies(task, talk);
    case "switch on":
      return await targets.enable(task.target, true, talk);
    case "switch off":
      return await targets.enable(task.target, false, talk);
    case "remove target":
      return await targets.remove(task.target, talk);
    default:
      return await save(task, actions, talk);
  }
}

/** What needs a configuration file. */
async function save(
  task: Extract<Task, { verb: `save ${string}` | "write configuration" }>,
  actions: DatabaseActions,
  talk: Talk,
): Promise<Outcome> {
  const done = task.verb === "save setting"
    ? actions.saveSetting?.(task.key, task.text, talk)
    : task.verb === "save policy"
    ? actions.savePolicy?.(task.policy, talk)
    : task.verb === "save schedule"
    ? actions.saveSchedule?.(task.schedule, talk)
    : actions.writeConfig?.(talk);
  if (done !== undefined) return await done;
  throw new HoldfastError(
    "CONFIG_INVALID",
    `Cannot ${task.verb}: no configuration can be written`,
    {
      hint: "Write one first: holdfast init",
    },
  );
}
