"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { Since } from "#components/ui/age.tsx";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes, Offset } from "#components/ui/quantity.tsx";
import type { PayloadFormat } from "#lib/contracts/message-row.ts";
import type { Message, Payload } from "#lib/contracts/messages.ts";
import { formatCount } from "#lib/format.ts";
import { FormatMenu } from "./format-menu.tsx";
import { MarkedText } from "./marked-text.tsx";
import { transactionWords } from "./message-words.ts";
import { timestampText } from "./timestamp-text.ts";

interface MessageFactsProps {
  message: Message;
  keyAs: PayloadFormat;
  valueAs: PayloadFormat;
  onKeyAs: (format: PayloadFormat) => void;
  onValueAs: (format: PayloadFormat) => void;
  highlight?: readonly string[] | undefined;
  /** Side by side where there is room: on a page of its own. */
  wide?: boolean;
}

/** What is known of a message besides what it says. */
export function MessageFacts({
  message,
  keyAs,
  valueAs,
  onKeyAs,
  onValueAs,
  highlight,
  wide = false,
}: MessageFactsProps) {
  const { key, value, batch } = message;
  return (
    <dl
      aria-label="Facts of the message"
      className={cn(
        "grid gap-x-8 gap-y-0.5 px-gutter pb-2.5 text-12 leading-[18px]",
        wide && "lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]",
      )}
    >
      <Fact label="Time">
        <Timestamp message={message} />
      </Fact>
      <Fact label="Key">
        {key === null ? (
          <span className="text-ink-3">none</span>
        ) : (
          <>
            <KeyText payload={key} highlight={highlight} />
            <PayloadFacts payload={key} format={keyAs} onFormat={onKeyAs} of="key" />
          </>
        )}
      </Fact>
      <Fact label="Value">
        {value === null ? (
          <span className="text-ink-2">null · a tombstone</span>
        ) : (
          <PayloadFacts payload={value} format={valueAs} onFormat={onValueAs} of="value" first />
        )}
      </Fact>
      <Fact label="Batch">
        <Offset value={batch.baseOffset} /> to <Offset value={batch.lastOffset} />
        <Aside>
          {formatCount(batch.records)} {batch.records === 1 ? "record" : "records"},{" "}
          {batch.codec === "none" ? "not compressed" : batch.codec}, <Bytes value={String(batch.sizeBytes)} />
        </Aside>
      </Fact>
      <Fact label="Producer">
        {batch.producerId === null ? (
          <span className="text-ink-2">not idempotent</span>
        ) : (
          <span className="mono">
            id {batch.producerId} · epoch {batch.producerEpoch ?? "—"} · seq {sequenceOf(message) ?? "—"}
          </span>
        )}
        <span className="text-ink-3"> · </span>
        <Transaction state={message.transaction} />
      </Fact>
      <Fact label="Stored">
        on leader {message.leader}
        <Aside>
          leader epoch {batch.leaderEpoch}, CRC-32C{" "}
          <span className="mono">{(batch.crc >>> 0).toString(16).padStart(8, "0")}</span>
          {batch.crcValid && " agrees"}
        </Aside>
        {!batch.crcValid && (
          <span className="ml-1.5 inline-flex items-center gap-1 align-bottom text-crit">
            <Glyph shape="octagon" className="size-3" />
            does not agree: the batch was damaged
          </span>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-2.5">
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

function Aside({ children }: { children: React.ReactNode }) {
  return <span className="text-ink-3"> · {children}</span>;
}

function Timestamp({ message }: { message: Message }) {
  const zone = useZone();
  const { text, ms } = timestampText(message.timestamp, zone);
  return (
    <>
      <span className={cn(ms !== null && "font-medium")}>{text}</span>
      {message.timestamp !== -1 && (
        <Aside>{message.timestampType === "CreateTime" ? "CreateTime" : "LogAppendTime"}</Aside>
      )}
      {ms !== null && ms <= message.observedAtMs && (
        <Aside>
          <Since sinceMs={ms} /> ago
        </Aside>
      )}
    </>
  );
}

/** A longer key is under Key, in all its forms. */
const SHOWN_KEY = 120;

function KeyText({ payload, highlight }: { payload: Payload; highlight: readonly string[] | undefined }) {
  if (payload.bytes === 0) return <span className="text-ink-2">empty</span>;
  const text = payload.text.length > SHOWN_KEY ? `${payload.text.slice(0, SHOWN_KEY)}…` : payload.text;
  return (
    <span className="mono text-ink">
      <MarkedText text={text} terms={highlight} />
    </span>
  );
}

interface PayloadFactsProps {
  payload: Payload;
  format: PayloadFormat;
  onFormat: (format: PayloadFormat) => void;
  of: "key" | "value";
  first?: boolean;
}

function PayloadFacts({ payload, format, onFormat, of, first = false }: PayloadFactsProps) {
  return (
    <>
      <span className={first ? undefined : "text-ink-3"}>
        {!first && " · "}
        <Bytes value={String(payload.bytes)} />
      </span>
      <span className="text-ink-3">, </span>
      <FormatMenu of={of} payload={payload} format={format} onFormat={onFormat} />
      {payload.why !== null && <span className="block text-pretty text-ink-3">{payload.why}</span>}
    </>
  );
}

function Transaction({ state }: { state: Message["transaction"] }) {
  const { glyph, word, tone, aside } = transactionWords(state);
  return (
    <>
      <span className={cn("inline-flex items-center gap-1 align-bottom", tone)}>
        {glyph !== null && <Glyph shape={glyph} className="size-3" />}
        {word}
      </span>
      {aside !== null && <Aside>{aside}</Aside>}
    </>
  );
}

/** A record's own sequence: its batch's first, and one more for each record before it. It wraps at 2^31. */
function sequenceOf({ batch, offset }: Message): number | null {
  if (batch.baseSequence === null) return null;
  return Number((BigInt(batch.baseSequence) + BigInt(offset) - BigInt(batch.baseOffset)) % 2_147_483_648n);
}
