import { formatDuration } from "#lib/format.ts";
import { partWords } from "./run-words.ts";
import type { RunPart } from "./verification-run.ts";
import { countsText, verdictOf } from "./verify-words.ts";

/** A replica that was read, or was begun: how it is, how much that was, and what is not as one expects. */
export function PartLine({ part }: { part: RunPart }) {
  const { replica, state } = part;
  const verdict = verdictOf(state);
  return (
    <li className="text-pretty">
      <b className="font-strong text-ink">{`Broker ${replica.brokerId}: ${partWords(part)}`}</b>
      {state.bytes !== null && ` · ${countsText(state)} · ${formatDuration(state.elapsedMs)}`}
      {verdict !== null && (verdict.tone !== "sound" || (state.end?.vanished ?? 0) > 0) && ` · ${verdict.sentence}`}
    </li>
  );
}
