"use client";
import { useState } from "react";
import type { ReadableReplica } from "#components/segments/shown-replica.ts";
import { Button } from "#components/ui/button.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { plural } from "#lib/format.ts";
import { Findings } from "./findings.tsx";
import { brokersText, isBroken } from "./run-words.ts";
import { SameByKafka } from "./same-by-kafka.tsx";
import type { VerificationControl } from "./use-verification.ts";
import { scopeOf, type VerificationScope } from "./verification-run.ts";
import { VerifyProgress } from "./verify-progress.tsx";
import { VerifyResult } from "./verify-result.tsx";
import { bytesOf, paceText, verifyButtonText } from "./verify-words.ts";

interface VerifyPanelProps {
  list: SegmentList;
  replica: ReadableReplica;
  verification: VerificationControl;
}

/** Checks the replicas' files from end to end: says what it will do, how far it is, what it found. */
export function VerifyPanel({ list, replica, verification }: VerifyPanelProps) {
  const { run, start, retry, cancel } = verification;
  const [which, setWhich] = useState<"all" | "one">("all");
  const all = scopeOf(list, null);
  const scope = which === "all" ? all : scopeOf(list, replica.brokerId);
  const broken = run.parts.filter(isBroken);
  const [firstBroken] = broken;
  return (
    <div className="grid content-start gap-3 px-gutter pt-3 pb-5">
      <h2 className="sr-only">Verify the files</h2>
      {run.phase === "running" ? (
        <>
          <VerifyProgress run={run} list={list} onCancel={cancel} />
          <Findings run={run} place={list} />
        </>
      ) : (
        <>
          <VerifyResult run={run} list={list} />
          {firstBroken !== undefined && (
            <ProblemNotice
              error={firstBroken.state.problem}
              title={brokenTitle(
                broken.map(({ replica: { brokerId } }) => brokerId),
                firstBroken.state.bytes === null,
              )}
              onRetry={() => retry(broken)}
            />
          )}
          <Findings run={run} place={list} />
          <WhatIsChecked scope={scope} />
          <div className="flex flex-wrap items-center gap-2">
            <Button
              size="lg"
              tone={run.phase === "idle" ? "primary" : "plain"}
              disabled={scope.replicas.every(({ segments }) => segments === 0)}
              onClick={() => start(scope)}
            >
              {verifyButtonText(scope)}
            </Button>
            {all.replicas.length > 1 && (
              <SegmentedControl
                aria-label="Which replicas"
                value={which}
                onValueChange={setWhich}
                options={[
                  { value: "all", label: `All ${all.replicas.length} replicas` },
                  { value: "one", label: `Only broker ${replica.brokerId}'s` },
                ]}
              />
            )}
          </div>
          <SameByKafka replica={replica} />
        </>
      )}
    </div>
  );
}

function brokenTitle(brokers: readonly number[], isUnread: boolean): string {
  return `The verification of ${brokersText(brokers)} ${isUnread ? "did not begin" : "broke off"}.`;
}

function WhatIsChecked({ scope }: { scope: VerificationScope }) {
  const { replicas, leftOut } = scope;
  const whose = replicas.length === 1 ? `Reads broker ${replicas[0]?.brokerId}'s files` : "Reads the files";
  const where =
    replicas.length === 1 ? "" : ` on ${brokersText(replicas.map(({ brokerId }) => brokerId))}, one after the other,`;
  return (
    <div className="max-w-[64ch] text-pretty text-12 text-ink-2 leading-[18px]">
      <p>{`${whose} of this partition${where} from end to end, ${paceText(bytesOf(replicas))}, and checks`}</p>
      <ul className="my-1 list-disc pl-4 marker:text-ink-3">
        <li>the CRC-32C of every batch,</li>
        <li>that offsets only grow, and stay within their segment,</li>
        <li>each entry of the offset and time indexes against the batch that it is about.</li>
      </ul>
      <p>
        Nothing is written. What the broker appends meanwhile is not read. The server runs one verification at a time;
        leaving this page ends it.
        {leftOut.length > 0 && ` ${plural(leftOut.length, "replica")} not looked at: ${brokersText(leftOut)}.`}
      </p>
    </div>
  );
}
