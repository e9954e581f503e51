"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type Control, Controller, useFieldArray, useForm, useWatch } from "react-hook-form";
import { RecordingNote, useIsChangeRefused } from "#components/changes/recording-note.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { sendMessageMutation } from "#lib/queries/messages.ts";
import { topicQuery } from "#lib/queries/topics.ts";
import { PayloadField } from "./payload-field.tsx";
import { type SendForm as Form, sendFormSchema, toNewMessage } from "./send-form-model.ts";
import { SentList, type SentMessage } from "./sent-list.tsx";

interface SendFormProps {
  topic: string;
  initial: Form;
  /** What could not be filled in. */
  remarks: readonly string[];
  /** With what was typed and not sent, when the form is closed; null when there is nothing of the kind. */
  onLeave: (draft: Form | null) => void;
}

const SENT_SHOWN = 5;
/** The same message again within this time of the last is the second click of a double-click. */
const TWICE_MS = 1_000;

/** One message, written by hand. What it got, partition and offset, is said, and the form stays for the next one. */
export function SendForm({ topic, initial, remarks, onLeave }: SendFormProps) {
  const cluster = useCluster();
  const form = useForm<Form>({ defaultValues: initial, resolver: zodResolver(sendFormSchema) });
  const { control } = form;
  const element = useRef<HTMLFormElement>(null);
  const [sent, setSent] = useState<readonly SentMessage[]>([]);
  const send = useMutation({
    ...sendMessageMutation(cluster.name, topic),
    onSuccess: (place) => setSent((before) => [{ ...place, sentAtMs: Date.now() }, ...before].slice(0, SENT_SHOWN)),
  });
  /** Known at once, before anything is rendered again: a message can't be taken back. */
  const last = useRef({ text: "", pending: false, doneAt: Number.NEGATIVE_INFINITY });
  const sendOnce = (valid: Form) => {
    const text = JSON.stringify(form.getValues());
    const { pending, doneAt } = last.current;
    if (pending || (text === last.current.text && performance.now() - doneAt < TWICE_MS)) return;
    last.current = { text: last.current.text, pending: true, doneAt };
    send.mutate(toNewMessage(valid), {
      onSuccess: () => {
        last.current = { text, pending: true, doneAt: performance.now() };
      },
      onSettled: () => {
        last.current = { ...last.current, pending: false };
      },
    });
  };
  const leave = useRef(onLeave);
  useEffect(() => {
    const tell = leave.current;
    return () => {
      const values = form.getValues();
      tell(JSON.stringify(values) === last.current.text ? null : values);
    };
  }, [form]);
  const partitions = useQuery({
    ...topicQuery(cluster.name, topic),
    select: ({ partitions: all }) => all.length,
  });
  const disabled = cluster.readOnly;
  const isRefused = useIsChangeRefused();
  return (
    <form
      ref={element}
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit(sendOnce)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        element.current?.requestSubmit();
      }}
    >
      {disabled && (
        <Notice title="This cluster is read-only here.">
          Its settings say readOnly: nothing is sent from Tailrace.
        </Notice>
      )}
      {remarks.length > 0 && (
        <Notice tone="warn" title="Not all of it could be filled in.">
          {remarks.join(" ")}
        </Notice>
      )}
      <PayloadField control={control} part="key" disabled={disabled} />
      <PayloadField control={control} part="value" disabled={disabled} />
      <Headers control={control} disabled={disabled} />
      <PartitionField control={control} partitions={partitions.data ?? null} disabled={disabled} />
      <ProblemNotice error={send.error} title="The message was not sent." />
      <SentList cluster={cluster.name} sent={sent} />
      <RecordingNote />
      <div className="sticky -bottom-3 -mx-5 -mb-3 flex items-center gap-3 border-line border-t bg-raised px-5 py-3">
        <p className="text-12 text-ink-3 max-sm:hidden">A message can't be taken back.</p>
        <Button
          type="submit"
          tone="primary"
          pending={send.isPending}
          disabled={disabled || isRefused}
          className="ml-auto"
        >
          Send to {topic.length > 24 ? "the topic" : topic}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  control: Control<Form>;
  disabled: boolean;
}

function Headers({ control, disabled }: PartProps) {
  const { fields, append, remove } = useFieldArray({ control, name: "headers" });
  return (
    <section aria-label="Headers">
      <div className="flex items-center gap-2">
        <h3>Headers</h3>
        <Button
          tone="quiet"
          disabled={disabled}
          onClick={() => append({ name: "", value: "", isNull: false })}
          className="ml-auto"
        >
          <Plus aria-hidden strokeWidth={1.6} />
          Header
        </Button>
      </div>
      {fields.map((field, index) => (
        <HeaderRow key={field.id} control={control} index={index} disabled={disabled} onRemove={() => remove(index)} />
      ))}
    </section>
  );
}

function HeaderRow({ control, index, disabled, onRemove }: PartProps & { index: number; onRemove: () => void }) {
  const isNull = useWatch({ control, name: `headers.${index}.isNull` });
  const nth = `header ${index + 1}`;
  return (
    <div className="mt-1.5 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto_auto] items-start gap-1.5">
      <Controller
        control={control}
        name={`headers.${index}.name`}
        render={({ field, fieldState }) => (
          <Field label={`Name of ${nth}`} labelHidden error={fieldState.error?.message}>
            <TextField mono placeholder="name" disabled={disabled} {...field} />
          </Field>
        )}
      />
      <Controller
        control={control}
        name={`headers.${index}.value`}
        render={({ field, fieldState }) => (
          <Field label={`Value of ${nth}`} labelHidden error={fieldState.error?.message}>
            <TextField
              mono
              placeholder={isNull ? "null" : "value"}
              {...field}
              value={isNull ? "" : field.value}
              disabled={disabled || isNull}
            />
          </Field>
        )}
      />
      <Controller
        control={control}
        name={`headers.${index}.isNull`}
        render={({ field }) => (
          <span className="flex h-ctl items-center">
            <Switch checked={field.value} onCheckedChange={field.onChange} label="null" />
          </span>
        )}
      />
      <IconButton label={`Remove ${nth}`} disabled={disabled} onClick={onRemove}>
        <X aria-hidden strokeWidth={1.6} />
      </IconButton>
    </div>
  );
}

function PartitionField({ control, partitions, disabled }: PartProps & { partitions: number | null }) {
  return (
    <Controller
      control={control}
      name="partition"
      render={({ field, fieldState }) => (
        <Field
          label="Partition"
          error={fieldState.error?.message}
          hint={`Left empty: by the key's hash (murmur2, as Java's producer), or any without a key.${
            partitions === null ? "" : ` The topic has ${partitions}, from 0.`
          }`}
        >
          <NumberField
            min={0}
            {...(partitions !== null && { max: partitions - 1 })}
            value={field.value}
            onValueChange={field.onChange}
            onBlur={field.onBlur}
            inputRef={field.ref}
            placeholder="by key"
            disabled={disabled}
            className="w-36"
          />
        </Field>
      )}
    />
  );
}
