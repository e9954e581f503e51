import type { GlyphShape } from "#components/ui/glyph.tsx";
import type { RecordedChange } from "#lib/contracts/changes.ts";
import type { Sentence } from "#lib/contracts/kafka.ts";
import { plural } from "#lib/format.ts";

type Told = Pick<
  RecordedChange,
  "action" | "actionText" | "target" | "state" | "partitionCount" | "targetText" | "undoes"
>;

/** What was done, or tried, in one sentence without its full stop: "Moved 6 partitions of orders-billing “to earliest”". */
export function changeSentence(change: Told): Sentence {
  const done = verbs[change.state];
  const { target } = change;
  const topic = target.topic === null ? "a topic" : { topic: target.topic };
  const group = target.group === null ? "a group" : { group: target.group };
  const broker = target.broker === null ? ["a broker"] : ["broker ", { broker: target.broker }];
  switch (change.action) {
    case "create-topic":
      return [done("Created", "create"), " topic ", topic];
    case "send-message":
      return [done("Sent", "send"), " a message to ", placeOf(target) ?? topic];
    case "start-broker":
      return [done("Started", "start"), " ", ...broker];
    case "stop-broker":
      return [done("Stopped", "stop"), " ", ...broker];
    case "reset-offsets":
      return [done("Moved", "move"), ` ${plural(change.partitionCount, "partition")} of `, group, whereTo(change)];
    case "delete-group":
      return [done("Deleted", "delete"), " group ", group];
    case "delete-group-offsets":
      return [done("Deleted", "delete"), " the offsets of ", group, " in ", topic];
    case "create-change-log":
      return [done("Created", "create"), " the change log"];
    case null:
      return [`${change.actionText || "Unnamed action"} `, ...targetParts(target)];
  }
}

/** The same where there is room for a few words: what tells one reset from another comes first. */
export function shortChangeSentence(change: Told): Sentence {
  if (change.action !== "reset-offsets" || change.target.group === null) return changeSentence(change);
  const { undoes, targetText } = change;
  const where =
    undoes !== null ? "an undo" : targetText === "" ? plural(change.partitionCount, "partition") : `“${targetText}”`;
  return [{ group: change.target.group }, `: ${where}`];
}

/** How the sentence starts, by how it ended. */
const verbs: Readonly<Record<RecordedChange["state"], (past: string, infinitive: string) => string>> = {
  done: (past) => past,
  partial: (past) => `Partly ${past.toLowerCase()}`,
  failed: (_, infinitive) => `Failed to ${infinitive}`,
  intent: (_, infinitive) => `Set out to ${infinitive}`,
};

/** Where to is told in the words of whoever asked: nobody has checked them. */
function whereTo({ undoes, targetText }: Told): string {
  if (undoes !== null) return " to take an earlier change back";
  return targetText === "" ? "" : ` “${targetText}”`;
}

function placeOf({ topic, partition }: Told["target"]) {
  return topic === null || partition === null ? null : { topic, partition };
}

function targetParts(target: Told["target"]): Sentence {
  const parts: Sentence = [];
  const place = placeOf(target);
  if (place !== null) parts.push(place);
  else if (target.topic !== null) parts.push({ topic: target.topic });
  if (target.group !== null) parts.push(parts.length > 0 ? " · " : "", { group: target.group });
  if (target.broker !== null) parts.push(parts.length > 0 ? " · broker " : "broker ", { broker: target.broker });
  return parts;
}

interface StateWords {
  readonly label: string;
  readonly glyph: GlyphShape;
  readonly tone: "plain" | "warn" | "crit";
}

/** How a change ended. */
export const changeStateWords: Readonly<Record<RecordedChange["state"], StateWords>> = {
  done: { label: "done", glyph: "tick", tone: "plain" },
  partial: { label: "partly done", glyph: "triangle", tone: "warn" },
  failed: { label: "failed", glyph: "octagon", tone: "crit" },
  intent: { label: "no outcome on record", glyph: "dash", tone: "plain" },
};
