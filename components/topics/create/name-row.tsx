"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useMemo } from "react";
import { TextField } from "#components/ui/text-field.tsx";
import { topicHref } from "#lib/hrefs.ts";
import { POLL_MS } from "#lib/queries/polling.ts";
import { topicsQuery } from "#lib/queries/topics.ts";
import { freeNameLike, mixesCollisionCharacters, type NameClash, topicNameClash } from "#lib/topic-name.ts";
import { FormRow } from "./form-row.tsx";

interface NameRowProps {
  cluster: string;
  value: string;
  onValueChange: (value: string) => void;
  onBlur: () => void;
  inputRef: React.Ref<HTMLInputElement>;
  /** The rules' own objection; null when there is none, or none to be shown yet. */
  problem: string | null;
  /** The controller's. */
  refusal: string | null;
  disabled: boolean;
}

/** The name, checked while it is typed: by Kafka's rules, against the names there are, and by the controller. */
export function NameRow({ cluster, value, onValueChange, onBlur, inputRef, problem, refusal, disabled }: NameRowProps) {
  // A refused name may have been taken since the list was read.
  const topics = useQuery({ ...topicsQuery(cluster), refetchInterval: refusal === null ? false : POLL_MS.topics });
  const { refetch } = topics;
  const names = useMemo(() => new Set(topics.data?.topics.map(({ name }) => name)), [topics.data]);
  const name = value.trim();
  const clash = name === "" ? null : topicNameClash(name, names);
  const unexplained = refusal !== null && clash === null;
  useEffect(() => {
    if (unexplained) void refetch();
  }, [unexplained, refetch]);
  const free = clash === null ? null : freeNameLike(name, names);
  const error =
    problem ??
    (clash !== null ? (
      <Clash cluster={cluster} name={name} clash={clash} refusal={refusal} free={free} onUse={onValueChange} />
    ) : (
      refusal && `The controller refuses it: “${refusal}”`
    ));
  return (
    <FormRow
      label="Name"
      error={error}
      hint={
        mixesCollisionCharacters(name) && !error ? (
          "Letters, digits, . _ -. It has both “.” and “_”, which metrics write alike: better use one of them."
        ) : (
          <>
            Letters, digits, <span className="mono">. _ -</span>. A name can never be changed.
          </>
        )
      }
      className="border-t-0 pt-0"
    >
      <TextField
        size="lg"
        mono
        ref={inputRef}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onBlur={onBlur}
        disabled={disabled}
        autoFocus
      />
    </FormRow>
  );
}

interface ClashProps {
  cluster: string;
  name: string;
  clash: NameClash;
  refusal: string | null;
  free: string | null;
  onUse: (name: string) => void;
}

function Clash({ cluster, name, clash, refusal, free, onUse }: ClashProps) {
  const existing = (
    <Link href={topicHref(cluster, clash.existing)} className="mono underline underline-offset-2">
      {clash.existing}
    </Link>
  );
  return (
    <>
      {refusal !== null ? (
        <>
          The controller refuses it: “{refusal}” See {existing}
        </>
      ) : clash.kind === "taken" ? (
        <>The topic {existing} exists already</>
      ) : (
        <>It collides with {existing}: metrics write “.” and “_” alike</>
      )}
      {free === null || free === name ? (
        "; use another name."
      ) : (
        <>
          ; use{" "}
          <button type="button" className="mono underline underline-offset-2" onClick={() => onUse(free)}>
            {free}
          </button>{" "}
          or another name.
        </>
      )}
    </>
  );
}
