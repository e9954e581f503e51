"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { storedMomentText } from "../stored-moment.ts";
import type { Phrase } from "./phrase.ts";

/** A phrase on screen. */
export function PhraseText({ phrase }: { phrase: Phrase }) {
  const zone = useZone();
  return phrase.map((part, index) => {
    const key = `${index}`;
    if (typeof part === "string") return <span key={key}>{part}</span>;
    if ("number" in part) return <Offset key={key} value={part.number} />;
    if ("time" in part) {
      return (
        <span key={key} className="whitespace-nowrap" title={`${storedMomentText(part.time, zone)} ${zone}`}>
          {storedMomentText(part.time, zone)}
        </span>
      );
    }
    return (
      <span key={key} className="mono [overflow-wrap:anywhere]">
        {part.mono}
      </span>
    );
  });
}
