"use client";
import { useQuery } from "@tanstack/react-query";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { MomentField } from "#components/ui/moment-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { formatDuration, plural } from "#lib/format.ts";
import { groupsQuery } from "#lib/queries/groups.ts";
import { parseDuration, parseInt64 } from "#lib/typed-values.ts";
import { Choice } from "./choice.tsx";
import { CsvField } from "./csv-field.tsx";
import type { ResetForm, TargetKind } from "./reset-form.ts";

interface TargetFieldsProps {
  form: ResetForm;
  onChange: (change: Partial<ResetForm>) => void;
  group: string;
  disabled: boolean;
}

/** Where to. */
export function TargetFields({ form, onChange, group, disabled }: TargetFieldsProps) {
  const choice = (to: TargetKind) => ({
    name: "target",
    checked: form.to === to,
    onChoose: () => onChange({ to }),
  });
  return (
    <fieldset disabled={disabled} className="min-w-0 max-md:pt-3.5 xl:pt-3.5">
      <legend className="float-left mb-1.5 w-full">
        <h2>
          <span className="mr-2 font-regular text-ink-3">2</span>Where to
        </h2>
      </legend>
      <div className="clear-both" />
      <Choice {...choice("earliest")} label="Earliest" aside="log start offset" />
      <Choice {...choice("latest")} label="Latest" aside="high watermark" />
      <Choice {...choice("timestamp")} label="A point in time">
        <MomentField value={form.at} onChange={(at) => onChange({ at })} disabled={disabled} />
      </Choice>
      <Choice {...choice("ago")} label="A duration back">
        <DurationField value={form.ago} onChange={(ago) => onChange({ ago })} disabled={disabled} />
      </Choice>
      <Choice {...choice("offset")} label="An offset">
        <WholeField
          label="Offset"
          value={form.offset}
          onChange={(offset) => onChange({ offset })}
          disabled={disabled}
          placeholder="48195998"
          hint="The same in each partition; where a partition doesn't reach it, the nearest that it has."
          problem="Not an offset: it is a whole number."
        />
      </Choice>
      <Choice {...choice("shift")} label="Shift by ± messages">
        <WholeField
          label="Messages to shift by"
          value={form.by}
          onChange={(by) => onChange({ by })}
          disabled={disabled}
          placeholder="−1000"
          hint="−1000 goes back, 1000 forward. A partition without a commit stays without."
          problem="Not a number of messages: −1000 goes back, 1000 forward."
        />
      </Choice>
      <Choice {...choice("group")} label="Where another group is">
        <GroupField value={form.from} onChange={(from) => onChange({ from })} except={group} disabled={disabled} />
      </Choice>
      <Choice {...choice("csv")} label="From a file" aside="topic,partition,offset">
        <CsvField value={form.csv} onChange={(csv) => onChange({ csv })} disabled={disabled} />
      </Choice>
    </fieldset>
  );
}

interface TextInputProps {
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
}

function DurationField({ value, onChange, disabled }: TextInputProps) {
  const ms = parseDuration(value);
  const typed = value.trim() !== "";
  return (
    <Field
      label="Duration"
      labelHidden
      hint={ms === null ? "15 min, 1 d 12 h, PT15M" : `${formatDuration(ms)} before the plan is made.`}
      error={typed && ms === null ? "Not a span of time: 15 min, 1 d 12 h or PT15M would be." : undefined}
    >
      <TextField
        size="lg"
        value={value}
        disabled={disabled}
        placeholder="15 min"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

interface WholeFieldProps extends TextInputProps {
  label: string;
  placeholder: string;
  hint: string;
  problem: string;
}

/** An int64: text on screen and on the wire. */
function WholeField({ label, value, onChange, disabled, placeholder, hint, problem }: WholeFieldProps) {
  return (
    <Field
      label={label}
      labelHidden
      hint={hint}
      error={value.trim() !== "" && parseInt64(value) === null ? problem : undefined}
    >
      <TextField
        mono
        size="lg"
        inputMode="text"
        value={value}
        disabled={disabled}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

interface GroupFieldProps {
  value: string | null;
  onChange: (group: string | null) => void;
  except: string;
  disabled: boolean;
}

function GroupField({ value, onChange, except, disabled }: GroupFieldProps) {
  const query = useQuery({ ...groupsQuery(useCluster().name), refetchInterval: false });
  const known = (query.data?.groups ?? []).filter(({ group, type }) => group !== except && type !== "share");
  const options = known.map(({ group, partitionCount, topicCount }) => ({
    value: group,
    label: group === "" ? "(empty id)" : group,
    hint: `${plural(partitionCount, "partition")} of ${plural(topicCount, "topic")}`,
  }));
  // One that a link names may be gone: it stays chosen, and the plan says so.
  const missing = value !== null && !known.some(({ group }) => group === value);
  return (
    <Field label="The other group" labelHidden hint="Partitions that it never committed stay as they are.">
      <Combobox
        options={missing && value !== null ? [...options, { value, label: value }] : options}
        value={value}
        onValueChange={onChange}
        mono
        size="lg"
        disabled={disabled}
        placeholder="A group's id"
        emptyText={query.isPending ? "Reading groups…" : "No group is called so."}
      />
    </Field>
  );
}
