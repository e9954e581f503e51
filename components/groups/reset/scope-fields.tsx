"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { plural } from "#lib/format.ts";
import { topicsQuery } from "#lib/queries/topics.ts";
import { Choice } from "./choice.tsx";
import { chosenTopics, type PartitionsOf, partitionsProblem, type ResetForm, scopeOf } from "./reset-form.ts";

interface ScopeFieldsProps {
  form: ResetForm;
  onChange: (change: Partial<ResetForm>) => void;
  /** What the group has committed or is assigned. */
  ofGroup: readonly string[];
  /** False while it isn't known yet what the group has. */
  isKnown: boolean;
  disabled: boolean;
}

const MAX_TOPICS = 1_000;

/** What to move: topics, all that the group has, or single partitions. */
export function ScopeFields({ form, onChange, ofGroup, isKnown, disabled }: ScopeFieldsProps) {
  const inForce = scopeOf(form);
  // Edits by hand belong to the partitions that were in sight.
  const choose = (change: Partial<ResetForm>) => onChange({ scope: inForce, ...change, edits: [] });
  const isGiven = form.to === "csv" || form.to === "group";
  const topics = chosenTopics(form, ofGroup);
  const choice = (scope: ResetForm["scope"]) => ({
    name: "scope",
    checked: inForce === scope,
    onChoose: () => choose({ scope }),
  });
  return (
    <fieldset disabled={disabled} className="min-w-0 border-line pb-4 max-md:border-b xl:border-b">
      <legend className="mb-1.5">
        <h2>
          <span className="mr-2 font-regular text-ink-3">1</span>What to move
        </h2>
      </legend>
      <Choice {...choice("topics")} label="All partitions of topics">
        <TopicPicker
          label="Add a topic"
          keepsFocus
          exclude={topics}
          ofGroup={ofGroup}
          disabled={disabled}
          onPick={(topic) => topics.length < MAX_TOPICS && choose({ topics: [...topics, topic] })}
        />
        {topics.length > 0 && (
          <ul aria-label="Chosen topics" className="mt-1">
            {topics.map((topic) => (
              <li key={topic} className="flex min-h-hit items-center gap-2">
                <span className="mono min-w-0 flex-1 break-all leading-5">{topic}</span>
                <IconButton
                  label={`Remove ${topic}`}
                  size="sm"
                  onClick={() => choose({ topics: topics.filter((one) => one !== topic) })}
                >
                  <X aria-hidden strokeWidth={1.6} />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </Choice>
      <Choice
        {...choice("group")}
        label="Every topic of the group"
        aside={groupAside(isKnown ? ofGroup.length : null, form.to)}
        disabled={isKnown && ofGroup.length === 0 && !isGiven && inForce !== "group"}
      />
      <Choice {...choice("partitions")} label="Chosen partitions">
        <TopicPicker
          label="Add a topic to choose its partitions"
          exclude={form.partitions.map(({ topic }) => topic)}
          ofGroup={ofGroup}
          disabled={disabled}
          onPick={(topic) => choose({ partitions: [...form.partitions, { topic, list: "" }] })}
        />
        {form.partitions.map((each) => (
          <PartitionList
            key={each.topic}
            value={each}
            onChange={(list) =>
              choose({ partitions: form.partitions.map((one) => (one === each ? { ...each, list } : one)) })
            }
            onRemove={() => choose({ partitions: form.partitions.filter((one) => one !== each) })}
          />
        ))}
      </Choice>
    </fieldset>
  );
}

/** @param topics null: not known yet */
function groupAside(topics: number | null, to: ResetForm["to"]): string | undefined {
  if (to === "csv") return "and all that the file names";
  if (to === "group") return "and all of the other group";
  if (topics === null) return undefined;
  return topics === 0 ? "it has none" : plural(topics, "topic");
}

interface PartitionListProps {
  value: PartitionsOf;
  onChange: (list: string) => void;
  onRemove: () => void;
}

function PartitionList({ value: { topic, list }, onChange, onRemove }: PartitionListProps) {
  return (
    <Field
      label={
        <>
          Partitions of <span className="mono break-all">{topic}</span>
        </>
      }
      hint="Numbers and ranges: 0,3,5-7"
      error={list.trim() === "" ? undefined : sentenceOf(partitionsProblem(list))}
      className="mt-2"
    >
      <span className="flex gap-1">
        <TextField
          mono
          size="lg"
          value={list}
          onChange={(event) => onChange(event.target.value)}
          frameClassName="min-w-0 flex-1"
          // A topic that was just chosen wants its partitions next.
          autoFocus={list === ""}
        />
        <IconButton label={`Remove ${topic}`} className="size-ctl-lg" onClick={onRemove}>
          <X aria-hidden strokeWidth={1.6} />
        </IconButton>
      </span>
    </Field>
  );
}

function sentenceOf(problem: string | null): string | undefined {
  return problem === null ? undefined : `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
}

interface TopicPickerProps {
  label: string;
  exclude: readonly string[];
  ofGroup: readonly string[];
  onPick: (topic: string) => void;
  /** What was picked wants nothing more: the next one may be typed at once. */
  keepsFocus?: boolean;
  disabled: boolean;
}

/** Any topic of the cluster, those of the group first: a group may be moved where it never was. */
function TopicPicker({ label, exclude, ofGroup, onPick, keepsFocus = false, disabled }: TopicPickerProps) {
  const query = useQuery({ ...topicsQuery(useCluster().name), refetchInterval: false });
  const hints = new Map(
    (query.data?.topics ?? []).map(({ name, partitionCount, internal }) => [
      name,
      `${plural(partitionCount, "partition")}${internal ? " · internal" : ""}`,
    ]),
  );
  const names = [...new Set([...ofGroup, ...[...hints.keys()].sort()])].filter((name) => !exclude.includes(name));
  const field = useRef<HTMLDivElement>(null);
  const picked = useRef(false);
  useEffect(() => {
    // The one that was typed in is gone: the next topic is chosen in its successor.
    if (picked.current && exclude.length > 0) field.current?.querySelector("input")?.focus();
    picked.current = false;
  }, [exclude.length]);
  const hintOf = (name: string) =>
    [hints.get(name) ?? (query.data && "no longer there"), ofGroup.includes(name) && "of this group"]
      .filter(Boolean)
      .join(" · ");
  return (
    <div ref={field}>
      <Field label={label} labelHidden>
        <Combobox
          // A new one for each choice: what was typed is done with.
          key={exclude.length}
          options={names.map((name) => ({ value: name, label: name, hint: hintOf(name) }))}
          value={null}
          onValueChange={(name) => {
            if (name === null) return;
            picked.current = keepsFocus;
            onPick(name);
          }}
          mono
          size="lg"
          disabled={disabled}
          placeholder={exclude.length === 0 ? "A topic's name" : "Another topic"}
          emptyText={query.isPending ? "Reading topics…" : "No topic is called so."}
        />
      </Field>
    </div>
  );
}
