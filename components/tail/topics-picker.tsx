"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { formatCount, plural } from "#lib/format.ts";
import { topicsQuery } from "#lib/queries/topics.ts";
import { type PatternState, useTopicPattern } from "./use-topic-pattern.ts";

export interface ChosenTopics {
  readonly topics: readonly string[];
  readonly pattern: string;
  readonly internal: boolean;
}

interface TopicsPickerProps {
  chosen: ChosenTopics;
  onApply: (chosen: ChosenTopics) => void;
  /** What the button says. */
  act: string;
}

/** As many as the API takes. */
const MAX_TOPICS = 100;
const NAMED = 4;

/** Topics by name, or all that match a regular expression, also those that are made later. */
export function TopicsPicker({ chosen, onApply, act }: TopicsPickerProps) {
  const [by, setBy] = useState<"names" | "pattern">(chosen.pattern === "" ? "names" : "pattern");
  const [topics, setTopics] = useState(chosen.topics);
  const [pattern, setPattern] = useState(chosen.pattern);
  const [internal, setInternal] = useState(chosen.internal);
  const query = useQuery(topicsQuery(useCluster().name));
  const all = query.data?.topics ?? [];
  const state = useTopicPattern(by === "pattern" ? pattern : "");
  const ready = by === "names" ? topics.length > 0 : state.kind === "ready" || state.kind === "waiting";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        onApply(by === "names" ? { topics, pattern: "", internal: false } : { topics: [], pattern, internal });
      }}
    >
      <SegmentedControl
        aria-label="Choose topics"
        options={[
          { value: "names", label: "by name" },
          { value: "pattern", label: "by regular expression" },
        ]}
        value={by}
        onValueChange={setBy}
        className="mb-3"
      />
      {by === "names" ? (
        <>
          <Field label="Add a topic" labelHidden>
            <Combobox
              // A new one for each choice: what was typed is done with.
              key={topics.length}
              options={all
                .filter(({ name }) => !topics.includes(name))
                .toSorted((a, b) => Number(a.internal) - Number(b.internal) || (a.name < b.name ? -1 : 1))
                .map(({ name, partitionCount, internal: isInternal }) => ({
                  value: name,
                  label: name,
                  hint: `${plural(partitionCount, "partition")}${isInternal ? " · internal" : ""}`,
                }))}
              value={null}
              onValueChange={(name) => name !== null && topics.length < MAX_TOPICS && setTopics([...topics, name])}
              mono
              size="lg"
              placeholder={query.isPending ? "Reading topics…" : "A topic's name"}
              emptyText={query.isPending ? "Reading topics…" : "No topic is called so."}
            />
          </Field>
          {topics.length > 0 && (
            <ul className="mt-2 grid gap-0.5" aria-label="Chosen topics">
              {topics.map((name) => (
                <li key={name} className="flex items-center gap-2">
                  <span className="mono min-w-0 flex-1 truncate">{name}</span>
                  <IconButton
                    label={`Remove ${name}`}
                    size="sm"
                    onClick={() => setTopics(topics.filter((one) => one !== name))}
                  >
                    <X aria-hidden strokeWidth={1.6} />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <>
          <Field
            label="Regular expression"
            labelHidden
            error={state.kind === "invalid" ? `It is ${state.reason}.` : undefined}
          >
            <TextField
              mono
              size="lg"
              value={pattern}
              maxLength={500}
              onChange={(event) => setPattern(event.target.value)}
              aria-label="Regular expression"
              placeholder="^orders\..*"
              before={<span className="text-ink-3">/</span>}
              after={<span className="text-ink-3">/</span>}
            />
          </Field>
          <PatternMatches
            state={state}
            names={all.filter((topic) => internal || !topic.internal).map(({ name }) => name)}
          />
          <Switch checked={internal} onCheckedChange={setInternal} label="Internal topics too" className="mt-1" />
        </>
      )}
      <div className="mt-4 flex items-center gap-3">
        <Button type="submit" tone="primary" size="lg" disabled={!ready}>
          {act}
        </Button>
        {query.isError && <span className="text-12 text-crit">The topics could not be read.</span>}
      </div>
    </form>
  );
}

/** How many topics match now, and the first of them. */
function PatternMatches({ state, names }: { state: PatternState; names: readonly string[] }) {
  const matching = state.kind === "ready" ? names.filter((name) => state.matches(name)) : [];
  return (
    <p role="status" className="mt-1.5 min-h-10 text-pretty text-12 text-ink-2">
      {state.kind === "ready" && (
        <>
          <b className="text-ink">{formatCount(matching.length)}</b> of {plural(names.length, "topic")} match
          {matching.length > 0 && ": "}
          <span className="mono break-all">{matching.slice(0, NAMED).join(", ")}</span>
          {matching.length > NAMED && " …"}
          {matching.length === 0 && ". Those that are made later are read when they appear."}
        </>
      )}
      {state.kind === "none" && "Found anywhere in the name (RE2). Topics that are made later are read too."}
    </p>
  );
}
