"use client";
import { useState } from "react";
import { RecordingNote } from "#components/changes/recording-note.tsx";
import { Since } from "#components/ui/age.tsx";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import { Select } from "#components/ui/select.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { quantityText } from "#lib/format.ts";
import { PlacementGrid } from "./placement-grid.tsx";
import {
  assumedRates,
  type Consequence,
  type PlannedTopic,
  rateQuantity,
  topicConsequences,
} from "./topic-consequences.ts";

/** How far the controller's check has come. */
export type CheckState =
  | { readonly kind: "waiting"; readonly why: string }
  | { readonly kind: "checking" }
  | { readonly kind: "accepted" /** By the server's clock. */; readonly atMs: number }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

interface PlanPanelProps {
  check: CheckState;
  topic: PlannedTopic;
  brokers: readonly BrokerSummary[];
  placement: { readonly rows: readonly (readonly number[])[]; readonly possible: boolean } | null;
  command: string;
}

const DEFAULT_RATE = 1_000_000;
const glyphs = { note: "note", warning: "triangle", critical: "octagon" } as const satisfies Record<
  Consequence["severity"],
  GlyphShape
>;

/** What the form would do, before it does it: the controller's word, what follows, where it would lie, and the command. */
export function PlanPanel({ check, topic, brokers, placement, command }: PlanPanelProps) {
  const [rate, setRate] = useState(DEFAULT_RATE);
  const lines = topicConsequences(topic, brokers, rate);
  return (
    <div className="grid gap-5">
      <section aria-labelledby="plan-title">
        <h2 id="plan-title">What this creates</h2>
        <ul className="mt-3 border-line-strong border-t">
          <CheckLine check={check} />
          {lines.map((line) => (
            <Line key={line.key} glyph={glyphs[line.severity]} title={line.title}>
              {line.detail}
              {line.key === "disk" && (
                <span className="mt-1 flex items-center gap-2">
                  Assumed rate
                  <Select
                    aria-label="Assumed rate of writes"
                    options={assumedRates.map((each) => ({
                      value: String(each),
                      label: quantityText(rateQuantity(each)),
                    }))}
                    value={String(rate)}
                    onValueChange={(value) => setRate(Number(value))}
                    className="w-28"
                  />
                </span>
              )}
            </Line>
          ))}
        </ul>
      </section>
      {placement !== null && (
        <PlacementGrid placement={placement.rows} brokers={brokers} possible={placement.possible} />
      )}
      <RecordingNote />
      <section aria-labelledby="shell-title">
        <h3 id="shell-title" className="mb-2">
          The same from a shell
        </h3>
        <CopyCommand command={command} label="The same from a shell" />
      </section>
    </div>
  );
}

function CheckLine({ check }: { check: CheckState }) {
  return (
    <li>
      <div role="status">
        <CheckBody check={check} />
      </div>
    </li>
  );
}

function CheckBody({ check }: { check: CheckState }) {
  switch (check.kind) {
    case "waiting":
      return (
        <LineBody glyph="ring" title="Not checked yet.">
          {check.why}
        </LineBody>
      );
    case "checking":
      return (
        <LineBody glyph="arrows" title="The controller checks it.">
          A dry run: nothing is created.
        </LineBody>
      );
    case "accepted":
      return (
        <LineBody glyph="tick" title="The controller would create it.">
          Checked with a dry run{" "}
          <span aria-hidden>
            <Since sinceMs={check.atMs} /> ago
          </span>
          . Nothing was created.
        </LineBody>
      );
    case "refused":
      return (
        <LineBody glyph="octagon" title="The controller would refuse it.">
          “{check.reason}” Checked with a dry run; nothing was created.
        </LineBody>
      );
    case "failed":
      return (
        <LineBody glyph="octagon" title="The check failed.">
          {check.reason}
        </LineBody>
      );
  }
}

interface LineProps {
  glyph: GlyphShape;
  title: string;
  children: React.ReactNode;
}

function Line(props: LineProps) {
  return (
    <li>
      <LineBody {...props} />
    </li>
  );
}

function LineBody({ glyph, title, children }: LineProps) {
  return (
    <div className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5 border-line border-b py-2">
      <Glyph shape={glyph} className="mt-[3px]" />
      <div className="min-w-0 text-pretty break-words">
        {title}
        <div className="text-ink-2">{children}</div>
      </div>
    </div>
  );
}
