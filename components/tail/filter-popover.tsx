"use client";
import { ListFilter } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { type PayloadFormat, payloadFormat } from "#lib/contracts/message-row.ts";
import { parsePartitionList } from "#lib/tail/partition-list.ts";
import type { TailQueryUrl } from "./tail-url.ts";

type Filters = Pick<
  TailQueryUrl,
  "without" | "key" | "header" | "partitions" | "case" | "keyAs" | "valueAs" | "isolation" | "quiet"
>;

interface FilterPopoverProps {
  url: TailQueryUrl;
  singleTopic: boolean;
  onApply: (filters: Filters) => void;
}

const MAX_QUIET_S = 86_400;

const formatLabels: Record<PayloadFormat, string> = {
  auto: "guessed",
  json: "JSON",
  text: "text",
  int16: "int16",
  int32: "int32",
  int64: "int64",
  float32: "float32",
  float64: "float64",
  hex: "hex",
};
const formatOptions = payloadFormat.options.map((value) => ({ value, label: formatLabels[value] }));

/** Everything that a search box has no place for. Applied together: each change begins another reading. */
export function FilterPopover({ url, singleTopic, onApply }: FilterPopoverProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title="Which messages, read how"
      className="w-[min(30rem,calc(100vw-16px))]"
      trigger={
        <Button tone="quiet" aria-label="Filter">
          <ListFilter aria-hidden strokeWidth={1.6} />
          <span className="max-md:hidden">Filter</span>
        </Button>
      }
    >
      <FilterForm
        url={url}
        singleTopic={singleTopic}
        onApply={(filters) => {
          setOpen(false);
          onApply(filters);
        }}
      />
    </Popover>
  );
}

function FilterForm({ url, singleTopic, onApply }: FilterPopoverProps) {
  const [draft, setDraft] = useState<Filters>(url);
  const [partitionsError, setPartitionsError] = useState("");
  const change = (part: Partial<Filters>) => setDraft({ ...draft, ...part });
  const text = (name: "without" | "key" | "header" | "partitions") => ({
    value: draft[name] ?? "",
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      change({ [name]: event.target.value === "" ? null : event.target.value }),
  });
  const id = useId();
  return (
    <form
      className="grid grid-cols-2 gap-x-3 gap-y-3.5 max-sm:grid-cols-1"
      onSubmit={(event) => {
        event.preventDefault();
        const error = draft.partitions === null ? "" : partitionsProblem(draft.partitions);
        setPartitionsError(error);
        if (error === "") onApply(draft);
      }}
    >
      <Field label="Without" hint="in key, value and headers">
        <TextField {...text("without")} maxLength={1_000} />
      </Field>
      <Field label="Key is" hint="the whole key">
        <TextField mono {...text("key")} maxLength={1_000} />
      </Field>
      <Field label="Header" hint="name, or name=value">
        <TextField mono {...text("header")} maxLength={1_000} />
      </Field>
      <Field
        label="Partitions"
        hint={singleTopic ? "0,3,5-7" : "of one topic only"}
        error={partitionsError}
        disabled={!singleTopic}
      >
        <TextField mono {...text("partitions")} disabled={!singleTopic} />
      </Field>
      <Field label="Read keys as">
        <Select options={formatOptions} value={draft.keyAs} onValueChange={(keyAs) => change({ keyAs })} />
      </Field>
      <Field label="Read values as">
        <Select options={formatOptions} value={draft.valueAs} onValueChange={(valueAs) => change({ valueAs })} />
      </Field>
      <fieldset className="min-w-0">
        <legend id={id} className="mb-1 font-medium">
          Transactions
        </legend>
        <SegmentedControl
          aria-label="Transactions"
          options={[
            { value: "uncommitted", label: "all" },
            { value: "committed", label: "committed only" },
          ]}
          value={draft.isolation}
          onValueChange={(isolation) => change({ isolation })}
        />
      </fieldset>
      <Field label="End by itself" hint="after so long without a message">
        <NumberField
          value={draft.quiet}
          onValueChange={(quiet) => change({ quiet })}
          min={1}
          max={MAX_QUIET_S}
          unit="s"
          placeholder="never"
        />
      </Field>
      <div className="col-span-full flex flex-wrap items-center gap-3">
        <Switch
          checked={draft.case}
          onCheckedChange={(on) => change({ case: on })}
          label="Upper and lower case differ"
        />
        <span className="flex-1" />
        <Button type="submit" tone="primary">
          Apply
        </Button>
      </div>
    </form>
  );
}

function partitionsProblem(text: string): string {
  try {
    parsePartitionList(text);
    return "";
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : "Not understood.";
  }
}
