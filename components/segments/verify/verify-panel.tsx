"use client";
import { useQueryState } from "nuqs";
import { segmentsUrl } from "#components/segments/segments-url.ts";
import { isReadable, type ReadableReplica } from "#components/segments/shown-replica.ts";
import { Button } from "#components/ui/button.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import type { Segment, SegmentList } from "#lib/contracts/segments.ts";
import { Findings } from "./findings.tsx";
import { SameByKafka } from "./same-by-kafka.tsx";
import type { VerificationControl } from "./use-verification.ts";
import { isUnderWay } from "./verification.ts";
import { VerifyProgress } from "./verify-progress.tsx";
import { VerifyResult } from "./verify-result.tsx";
import { paceText, verifyButtonText } from "./verify-words.ts";

interface VerifyPanelProps {
  list: SegmentList;
  replica: ReadableReplica;
  verification: VerificationControl;
}

/** Checks a replica's files from end to end: says what it will do, how far it is, what it found. */
export function VerifyPanel({ list, replica, verification }: VerifyPanelProps) {
  const { state, start, cancel } = verification;
  const bytes = replica.segments.reduce((sum, { sizeBytes }) => sum + BigInt(sizeBytes), 0n);
  // The page may show another replica by now.
  const verified = state.brokerId ?? replica.brokerId;
  const findings = <Findings findings={state.findings} place={list} brokerId={verified} />;
  return (
    <div className="grid content-start gap-3 px-gutter pt-3 pb-5">
      <h2 className="sr-only">Verify the files</h2>
      {isUnderWay(state) ? (
        <>
          <VerifyProgress state={state} segments={segmentsOn(list, verified)} onCancel={cancel} />
          {findings}
        </>
      ) : (
        <>
          <VerifyResult state={state} list={list} />
          {state.phase === "broken" && (
            <ProblemNotice
              error={state.problem}
              title={state.bytes === null ? "The verification did not begin." : "The verification broke off."}
              onRetry={() => start(verified)}
            />
          )}
          {findings}
          <WhatIsChecked brokerId={replica.brokerId} bytes={bytes} />
          <div className="flex flex-wrap items-center gap-2">
            <Button
              size="lg"
              tone={state.phase === "idle" ? "primary" : "plain"}
              disabled={replica.segments.length === 0}
              onClick={() => start(replica.brokerId)}
            >
              {verifyButtonText(replica.segments.length, bytes)}
            </Button>
            <OtherReplicas list={list} brokerId={replica.brokerId} />
          </div>
          <SameByKafka replica={replica} />
        </>
      )}
    </div>
  );
}

function segmentsOn({ replicas }: SegmentList, brokerId: number): readonly Segment[] {
  return replicas.find((one) => one.role !== "future" && one.brokerId === brokerId)?.segments ?? [];
}

function WhatIsChecked({ brokerId, bytes }: { brokerId: number; bytes: bigint }) {
  return (
    <div className="max-w-[64ch] text-pretty text-12 text-ink-2 leading-[18px]">
      <p>
        Reads broker {brokerId}'s files of this partition from end to end, {paceText(bytes)}, and checks
      </p>
      <ul className="my-1 list-disc pl-4 marker:text-ink-3">
        <li>the CRC-32C of every batch,</li>
        <li>that offsets only grow, and stay within their segment,</li>
        <li>each entry of the offset and time indexes against the batch that it is about.</li>
      </ul>
      <p>
        Nothing is written. What the broker appends meanwhile is not read. The server runs one verification at a time;
        leaving this page ends it.
      </p>
    </div>
  );
}

function OtherReplicas({ list, brokerId }: { list: SegmentList; brokerId: number }) {
  const [, setBroker] = useQueryState("broker", segmentsUrl.broker.withOptions({ history: "push" }));
  const others = list.replicas.filter((one) => one.role !== "future" && isReadable(one) && one.brokerId !== brokerId);
  if (others.length === 0) return null;
  return (
    <span className="flex flex-wrap items-center gap-1 text-12 text-ink-2">
      Choose another replica:
      {others.map((one) => (
        <Button key={one.brokerId} tone="quiet" onClick={() => void setBroker(one.brokerId)}>
          Broker {one.brokerId}
        </Button>
      ))}
    </span>
  );
}
