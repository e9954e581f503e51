"use client";
import { type Control, Controller, useFormState, useWatch } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { plural } from "#lib/format.ts";
import { parseAssignment } from "#lib/replica-assignment.ts";
import type { FieldProblems } from "./field-problems.ts";
import { FormRow } from "./form-row.tsx";
import { assignmentLines, type TopicForm } from "./topic-form.ts";

interface SizeRowsProps {
  control: Control<TopicForm>;
  brokers: readonly BrokerSummary[];
  defaultPartitions: number | null;
  defaultReplicationFactor: number | null;
  refusals: FieldProblems;
  /** To start an assignment from; null when there is none. */
  placement: readonly (readonly number[])[] | null;
  disabled: boolean;
}

const MAX_PARTITIONS = 10_000;

/** How many partitions and replicas, or exactly where each one goes. */
export function SizeRows(props: SizeRowsProps) {
  const { control, disabled } = props;
  const sizing = useWatch({ control, name: "sizing" });
  return (
    <>
      <Controller
        control={control}
        name="sizing"
        render={({ field }) => (
          <FormRow label="Placement">
            <SegmentedControl
              aria-label="Placement"
              value={field.value}
              onValueChange={field.onChange}
              disabled={disabled}
              options={[
                { value: "counts", label: "Kafka spreads it" },
                { value: "assignment", label: "By broker" },
              ]}
            />
          </FormRow>
        )}
      />
      {sizing === "counts" ? <CountRows {...props} /> : <AssignmentRow {...props} />}
    </>
  );
}

function CountRows({
  control,
  brokers,
  defaultPartitions,
  defaultReplicationFactor,
  refusals,
  disabled,
}: SizeRowsProps) {
  const { errors } = useFormState({ control });
  return (
    <>
      <Controller
        control={control}
        name="partitions"
        render={({ field }) => (
          <FormRow
            label="Partitions"
            error={errors.partitions?.message ?? quoted(refusals.partitions)}
            hint={`${defaultText(field.value, defaultPartitions)}Can grow later, never shrink. Growing moves keys to other partitions.`}
          >
            <NumberField
              size="lg"
              min={1}
              max={MAX_PARTITIONS}
              value={field.value}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              inputRef={field.ref}
              placeholder={placeholder(defaultPartitions)}
              disabled={disabled}
              className="w-44"
            />
          </FormRow>
        )}
      />
      <Controller
        control={control}
        name="replicationFactor"
        render={({ field }) => (
          <FormRow
            label="Replication factor"
            error={errors.replicationFactor?.message ?? quoted(refusals.replicationFactor)}
            hint={`${defaultText(field.value, defaultReplicationFactor)}${brokersText(brokers)}`}
          >
            <NumberField
              size="lg"
              min={1}
              max={32_767}
              value={field.value}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              inputRef={field.ref}
              placeholder={placeholder(defaultReplicationFactor)}
              disabled={disabled}
              className="w-44"
            />
          </FormRow>
        )}
      />
    </>
  );
}

function AssignmentRow({ control, brokers, refusals, placement, disabled }: SizeRowsProps) {
  const { errors } = useFormState({ control });
  return (
    <Controller
      control={control}
      name="assignment"
      render={({ field }) => (
        <FormRow
          label="Brokers of each partition"
          error={errors.assignment?.message ?? quoted(refusals.assignment) ?? unknownBroker(field.value, brokers)}
          hint={
            <>
              A line a partition, from 0: its brokers with “:” between, the preferred leader first. Or as{" "}
              <span className="mono">--replica-assignment</span> writes it. {brokersText(brokers)}
            </>
          }
        >
          <TextArea
            mono
            rows={5}
            placeholder={"1:2:3\n2:3:1"}
            value={field.value}
            onChange={field.onChange}
            onBlur={field.onBlur}
            ref={field.ref}
            disabled={disabled}
          />
          {placement !== null && field.value.trim() === "" && !disabled && (
            <Button className="mt-2" onClick={() => field.onChange(assignmentLines(placement))}>
              Start from a possible placement
            </Button>
          )}
        </FormRow>
      )}
    />
  );
}

/** What the controller would object to, said before it is asked. */
function unknownBroker(text: string, brokers: readonly BrokerSummary[]): string | undefined {
  if (text.trim() === "" || brokers.length === 0) return undefined;
  const parsed = parseAssignment(text, new Set(brokers.map(({ id }) => id)));
  return parsed.ok ? undefined : parsed.problem;
}

function quoted(reason: string | null): string | undefined {
  return reason === null ? undefined : `The controller refuses it: “${reason}”`;
}

function placeholder(count: number | null): string {
  return count === null ? "default" : `${count}, the default`;
}

function defaultText(value: number | null, standard: number | null): string {
  if (value !== null) return standard === null ? "" : `The brokers' default is ${standard}. `;
  return standard === null ? "Left to the brokers' default. " : `Left to the brokers' default, ${standard}. `;
}

function brokersText(brokers: readonly BrokerSummary[]): string {
  if (brokers.length === 0) return "";
  const racks = [...new Set(brokers.map(({ rack }) => rack).filter((rack) => rack !== null))];
  const ids = brokers.map(({ id }) => id).join(", ");
  return racks.length > 1
    ? `${plural(brokers.length, "broker")} (${ids}) in ${racks.length} racks: ${racks.join(", ")}.`
    : `${plural(brokers.length, "broker")}: ${ids}.`;
}
