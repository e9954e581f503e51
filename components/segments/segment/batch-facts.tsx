"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { Bytes, Offset, Unknown } from "#components/ui/quantity.tsx";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import { formatCount } from "#lib/format.ts";
import { storedTime } from "../stored-moment.ts";
import { CodecCell, CrcCell, KindCell, ProducerCell } from "./batch-cells.tsx";
import { crcInDecimal, sequencesText } from "./batch-words.ts";

/** All that a batch's header says, a value a line. */
export function BatchFacts({ batch }: { batch: StoredBatch }) {
  const zone = useZone();
  const clock = { create: "the producer's clock", append: "the broker's clock" };
  const none = <span className="text-ink-3">none</span>;
  return (
    <dl
      aria-label="Facts of the batch"
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 px-gutter pb-2.5 text-12 leading-[18px] [&>dt]:text-ink-2"
    >
      <dt>Position</dt>
      <dd>
        byte <Offset value={batch.position} />, <Bytes value={String(batch.sizeBytes)} />
      </dd>
      <dt>Kind</dt>
      <dd>
        <KindCell batch={batch} />
        <span className="text-ink-3">
          {batch.control && batch.transactional && batch.controlType !== null && " marker"},{" "}
          {batch.records === null ? "—" : formatCount(batch.records)} {batch.records === 1 ? "record" : "records"} by
          its header
        </span>
      </dd>
      <dt>Codec</dt>
      <dd>
        <CodecCell batch={batch} />
      </dd>
      <dt>First timestamp</dt>
      <dd>{storedTime(batch.baseTimestampMs, zone) ?? <Unknown />}</dd>
      <dt>Largest</dt>
      <dd>
        {storedTime(batch.maxTimestampMs, zone) ?? <Unknown />}{" "}
        <span className="text-ink-3">
          {zone}
          {batch.timestampType !== null && `, ${clock[batch.timestampType]}`}
        </span>
      </dd>
      <dt>Producer</dt>
      <dd>
        <ProducerCell batch={batch} />
      </dd>
      <dt>Sequence</dt>
      <dd>{sequencesText(batch) ?? none}</dd>
      <dt>Leader epoch</dt>
      <dd>{batch.leaderEpoch ?? <Unknown />}</dd>
      <dt>CRC-32C</dt>
      <dd>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <CrcCell batch={batch} />
          {batch.crc !== null && (
            <span className="text-11 text-ink-3" title="As DumpLogSegments prints it">
              <span className="mono text-11">{crcInDecimal(batch.crc)}</span> in decimal
            </span>
          )}
        </span>
      </dd>
    </dl>
  );
}
