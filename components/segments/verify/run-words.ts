import { plural } from "#lib/format.ts";
import { isUnderWay } from "./verification.ts";
import { currentPart, type RunPart, runPace, type VerificationRun } from "./verification-run.ts";
import { type Verdict, verdictOf, wrongOf } from "./verify-words.ts";

/** "broker 3", "brokers 1 and 2", "brokers 1, 2 and 3". */
export function brokersText(ids: readonly number[]): string {
  const [last] = ids.slice(-1);
  if (ids.length <= 1) return `broker ${last ?? "—"}`;
  return `brokers ${ids.slice(0, -1).join(", ")} and ${last}`;
}

/** Replicas by what is known of them now. */
interface Sorted {
  /** With findings. */
  readonly damaged: readonly RunPart[];
  /** Read to the end, and nothing wrong. */
  readonly sound: readonly number[];
  /** Begun, no finding, and not read to the end. */
  readonly unfinished: readonly number[];
  readonly notLookedAt: readonly number[];
}

function sorted({ parts, leftOut }: VerificationRun): Sorted {
  const damaged = parts.filter(({ state }) => wrongOf(state) > 0);
  const rest = parts.filter((part) => !damaged.includes(part));
  const idsOf = (wanted: (part: RunPart) => boolean) => rest.filter(wanted).map(({ replica }) => replica.brokerId);
  const isSound = ({ state }: RunPart) => verdictOf(state)?.tone === "sound";
  const isUnread = ({ state }: RunPart) => state.bytes === null;
  return {
    damaged,
    sound: idsOf(isSound),
    unfinished: idsOf((part) => !isSound(part) && !isUnread(part)),
    notLookedAt: [...idsOf((part) => !isSound(part) && isUnread(part)), ...leftOut].sort((a, b) => a - b),
  };
}

/** How a run turned out, each replica named; null while it is under way, or before the first. */
export function runVerdict(run: VerificationRun): Verdict | null {
  if (run.phase !== "over") return null;
  const { damaged, sound, unfinished, notLookedAt } = sorted(run);
  const said = [
    ...(run.cancelled ? ["cancelled"] : []),
    ...damaged.map((part) => `${plural(wrongOf(part.state), "finding")} on broker ${part.replica.brokerId}`),
    ...(sound.length > 0 ? [`nothing wrong on ${brokersText(sound)}`] : []),
    ...(unfinished.length > 0 ? [`${brokersText(unfinished)} not read to the end`] : []),
    ...(notLookedAt.length > 0 ? [`${brokersText(notLookedAt)} not looked at`] : []),
  ].join("; ");
  const title = said.charAt(0).toUpperCase() + said.slice(1);
  if (damaged.length > 0) return { tone: "damage", title, sentence: whatToDo(sorted(run)) };
  if (sound.length > 0 && unfinished.length === 0 && !run.cancelled && !run.parts.some(isBroken)) {
    return {
      tone: "sound",
      title,
      sentence: "Every checksum, every offset and every index entry that was read is as it should be.",
    };
  }
  return { tone: "unfinished", title, sentence: "Nothing wrong was found in what was read. The rest is not known." };
}

function whatToDo({ damaged, sound, unfinished, notLookedAt }: Sorted): string {
  if (sound.length > 0) {
    const whose = brokersText(damaged.map(({ replica }) => replica.brokerId));
    return `Before anything is repaired: what was lost on ${whose} can be had from ${brokersText(sound)}.`;
  }
  if (unfinished.length + notLookedAt.length > 0) {
    return "Verify the other replicas before anything is repaired: what was lost here can be had from a sound one.";
  }
  return "No replica is without a finding. Keep a copy of the files before anything is repaired.";
}

export function isBroken({ state }: RunPart): boolean {
  return state.phase === "broken";
}

/** How one replica is, in a few words: "nothing wrong", "2 findings, not read to the end", "waits for its turn". */
export function partWords({ state }: RunPart): string {
  const wrong = wrongOf(state);
  const found = wrong > 0 ? plural(wrong, "finding") : null;
  if (isUnderWay(state)) return found ?? "being read";
  if (state.bytes === null) return "not looked at";
  const tone = verdictOf(state)?.tone;
  if (tone === "sound") return "nothing wrong";
  if (found === null) return "not read to the end";
  return state.phase === "ended" && state.end?.how === "complete" ? found : `${found}, not read to the end`;
}

/** Beside the tab's name, so that it is seen from the other tab; undefined before the first verification. */
export function tabWord(run: VerificationRun): string | undefined {
  if (run.phase === "idle") return undefined;
  if (run.phase === "running") {
    const isWaiting = currentPart(run)?.state.bytes === null && run.parts.every(({ state }) => state.bytesDone === 0n);
    const { permille } = runPace(run);
    return isWaiting || permille === null ? "waiting" : `${Math.floor(permille / 10)}%`;
  }
  const { damaged, sound, notLookedAt } = sorted(run);
  const wrong = damaged.reduce((sum, { state }) => sum + wrongOf(state), 0);
  if (wrong > 0) return plural(wrong, "finding");
  if (run.cancelled) return "cancelled";
  if (run.parts.some(isBroken)) return "broken off";
  if (runVerdict(run)?.tone !== "sound") return "stopped";
  return notLookedAt.length === 0 ? "nothing wrong" : `nothing wrong on ${brokersText(sound)}`;
}
