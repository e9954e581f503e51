import type { GlyphShape } from "#components/ui/glyph.tsx";
import type { Message } from "#lib/contracts/messages.ts";

interface TransactionWords {
  readonly word: string;
  readonly glyph: GlyphShape | null;
  /** A class name. */
  readonly tone: string;
  readonly aside: string | null;
}

/** What became of the transaction that a message was written in. */
export function transactionWords(state: Message["transaction"]): TransactionWords {
  switch (state) {
    case null:
      return { word: "no transaction", glyph: null, tone: "text-ink-3", aside: null };
    case "committed":
      return { word: "committed", glyph: null, tone: "text-ink", aside: null };
    case "aborted":
      return {
        word: "aborted",
        glyph: "octagon",
        tone: "text-crit",
        aside: "consumers that read committed never see this message",
      };
    case "open":
      return {
        word: "transaction open",
        glyph: "arrows",
        tone: "text-info",
        aside: "consumers that read committed wait for its end",
      };
    case "unknown":
      return {
        word: "not known",
        glyph: "dash",
        tone: "text-ink-2",
        aside: "its marker lies too far behind to look for it",
      };
  }
}
