"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useId, useMemo, useRef, useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useIsChangeRefused } from "#components/changes/recording-note.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useDebounced } from "#components/ui/use-debounced.ts";
import { useLinkToForm } from "#components/ui/use-link-to-form.ts";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import type { NewTopic } from "#lib/contracts/topics.ts";
import { changeHref, topicHref, topicsHref } from "#lib/hrefs.ts";
import { createTopicCommand } from "#lib/kafka-commands.ts";
import { overviewQuery } from "#lib/queries/clusters.ts";
import { queryKeys } from "#lib/queries/keys.ts";
import { createTopicMutation } from "#lib/queries/topics.ts";
import { commonConfigs } from "./config-editor.ts";
import { ConfigRows, configCount } from "./config-rows.tsx";
import { fieldProblems, wrongFields } from "./field-problems.ts";
import { NameRow } from "./name-row.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { SizeRows } from "./size-rows.tsx";
import { type TopicForm, toNewTopic, topicFormFromQuery, topicFormSchema, topicFormToQuery } from "./topic-form.ts";
import { useFocusOnRefusal } from "./use-focus-on-refusal.ts";
import { useTopicPlan } from "./use-topic-plan.ts";

const SETTLES_AFTER_MS = 400;

/** A new topic: described, checked by the controller while it is typed, then created by one click. */
export function CreateTopicForm() {
  const cluster = useCluster();
  const query = useSearchParams();
  const [initial] = useState(() => topicFormFromQuery(new URLSearchParams(query.toString())));
  const form = useForm<TopicForm>({
    defaultValues: initial,
    resolver: zodResolver(topicFormSchema),
    mode: "onChange",
    // Configs are one field to it: useFocusOnRefusal knows each of them, and the controller's refusals too.
    shouldFocusError: false,
  });
  const { control, formState } = form;
  const values = useFormValues(control);
  const request = JSON.stringify(toNewTopic(values));
  const settled = useDebounced(request, SETTLES_AFTER_MS);
  const topic = useMemo(() => JSON.parse(request) as NewTopic, [request]);
  const settledTopic = useMemo(() => JSON.parse(settled) as NewTopic, [settled]);
  const plan = useTopicPlan({
    cluster: cluster.name,
    topic,
    settled: settledTopic,
    isSettled: request === settled,
    blocked: blockedBy(cluster, values),
  });
  const version = useQuery({ ...overviewQuery(cluster.name), refetchInterval: false, select: (it) => it.kafkaVersion });
  useLinkToForm(topicFormToQuery(values).toString());

  const { create, creating, creationError } = useCreation(cluster.name, request);
  const shown = useMemo(
    () => new Set([...commonConfigs.map(({ name }) => name), ...values.configs.map(({ name }) => name)]),
    [values.configs],
  );
  const refusals = fieldProblems(creationError ?? plan.refusal, shown);
  const problems = new Map(
    values.configs.flatMap(({ name }, index) => {
      const message = formState.errors.configs?.[index]?.value?.message;
      return message === undefined ? [] : [[name, message] as const];
    }),
  );
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  useFocusOnRefusal(element, formState.submitCount, creationError);
  const invalid = formState.submitCount > 0 && !formState.isValid;
  const inVain = invalid || creationError !== null ? wrongFields(refusals, formState.errors, problems) : [];
  const disabled = cluster.readOnly;
  const isRefused = useIsChangeRefused();
  const configProps = {
    definitions: plan.definitions?.definitions,
    refusals,
    problems,
    kafkaVersion: version.data ?? null,
    disabled,
  };
  return (
    <>
      <PageHead crumbs={[{ label: "Topics", href: topicsHref(cluster.name) }]} title="Create a topic" />
      <div className="grid flex-1 border-line-strong border-t lg:grid-cols-[minmax(0,1fr)_minmax(0,44%)] xl:grid-cols-[minmax(0,1fr)_560px]">
        <form
          id={formId}
          ref={element}
          noValidate
          onSubmit={form.handleSubmit((valid) => create(toNewTopic(valid)))}
          className="px-gutter pt-[18px] pb-7 lg:pr-7"
        >
          {cluster.readOnly && (
            <Notice title="This cluster is read-only here." className="mb-4">
              Its settings say readOnly: nothing is created from Tailrace. The command beside the form does it from a
              shell.
            </Notice>
          )}
          {plan.definitionsError !== null && (
            <ProblemNotice
              error={plan.definitionsError}
              title="The cluster's defaults could not be read; the form works without them."
              className="mb-4"
            />
          )}
          <Controller
            control={control}
            name="name"
            render={({ field, fieldState }) => (
              <NameRow
                cluster={cluster.name}
                value={field.value}
                onValueChange={field.onChange}
                onBlur={field.onBlur}
                inputRef={field.ref}
                problem={fieldState.error?.message ?? null}
                refusal={refusals.name}
                disabled={disabled}
              />
            )}
          />
          <SizeRows
            control={control}
            brokers={plan.brokers}
            defaultPartitions={plan.definitions?.defaultPartitions ?? null}
            defaultReplicationFactor={plan.definitions?.defaultReplicationFactor ?? null}
            refusals={refusals}
            placement={plan.placement?.rows ?? null}
            disabled={disabled}
          />
          <Controller
            control={control}
            name="configs"
            render={({ field }) => {
              const configs = { ...configProps, configs: field.value, onConfigsChange: field.onChange };
              return (
                <>
                  <ConfigRows section="size" {...configs} />
                  <SectionHead title="How long messages stay" />
                  <ConfigRows section="retention" {...configs} />
                  <SectionHead title="More configs" note={configCount(field.value, configs.definitions)} />
                  <ConfigRows section="more" {...configs} />
                </>
              );
            }}
          />
        </form>
        <aside
          aria-label="What this creates"
          className="border-line-strong px-gutter pt-[18px] pb-6 max-lg:border-t lg:border-l lg:pl-6"
        >
          <div className="lg:sticky lg:top-[calc(var(--bar)+18px)]">
            <PlanPanel
              check={plan.check}
              topic={plan.planned}
              brokers={plan.brokers}
              placement={plan.placement}
              command={createTopicCommand(cluster.bootstrap, { ...topic, name: topic.name || "NAME" })}
            />
          </div>
        </aside>
      </div>
      <footer className="sticky bottom-thumb-bar z-10 border-line-strong border-t bg-bg px-gutter py-3">
        <ProblemNotice
          error={creationError === null ? null : refusals.rest}
          title={`${topic.name} was not created.`}
          className="mb-3"
        />
        {inVain.length > 0 && (
          <Notice
            tone="crit"
            role="alert"
            title={topic.name === "" ? "Nothing was created." : `${topic.name} was not created.`}
            className="mb-3"
          >
            {inVain.join(", ")} {inVain.length === 1 ? "needs" : "need"} a correction.
          </Notice>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="text-ink-2 max-sm:hidden">
            {isRefused
              ? "Not without a change log: what there is to do stands beside the form."
              : "Creating only adds: nothing that exists changes."}
          </p>
          <div className="ml-auto flex min-w-0 gap-3">
            <LinkButton href={topicsHref(cluster.name)} tone="quiet" size="lg">
              Cancel
            </LinkButton>
            <Button
              type="submit"
              form={formId}
              tone="primary"
              size="lg"
              disabled={disabled || isRefused}
              pending={creating}
              className="min-w-0 shrink"
            >
              <span className="truncate">{topic.name === "" ? "Create topic" : `Create ${topic.name}`}</span>
            </Button>
          </div>
        </div>
      </footer>
    </>
  );
}

function SectionHead({ title, note }: { title: string; note?: string }) {
  return (
    <div className="flex items-baseline gap-2.5 pt-[22px] pb-2">
      <h2>{title}</h2>
      {note !== undefined && <span className="text-12 text-ink-3">{note}</span>}
    </div>
  );
}

/** The form's values, rendered again when one of them changes. */
function useFormValues(control: ReturnType<typeof useForm<TopicForm>>["control"]): TopicForm {
  const [name, sizing, partitions, replicationFactor, assignment, configs] = useWatch({
    control,
    name: ["name", "sizing", "partitions", "replicationFactor", "assignment", "configs"],
  });
  return { name, sizing, partitions, replicationFactor, assignment, configs };
}

function blockedBy(cluster: ClusterSummary, values: TopicForm): string | null {
  if (cluster.readOnly) return "The cluster is read-only here, so the controller isn't asked.";
  if (values.name.trim() === "") return "Give it a name: the controller then checks all of it while you type.";
  return topicFormSchema.safeParse(values).success ? null : "A field needs a correction first.";
}

function useCreation(cluster: string, request: string) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const mutation = useMutation({
    ...createTopicMutation(cluster),
    onSuccess: ({ name, change, recordProblem }) => {
      toast(
        <>
          Created <span className="mono">{name}</span>.{recordProblem !== null && ` ${recordProblem}`}
        </>,
        {
          ...(recordProblem !== null && { glyph: "triangle" }),
          ...(change !== null && {
            act: { label: "The change", onClick: () => router.push(changeHref(cluster, change)) },
          }),
        },
      );
      queryClient.invalidateQueries({ queryKey: queryKeys.changes(cluster), refetchType: "none" });
      queryClient.invalidateQueries({ queryKey: queryKeys.topics(cluster), refetchType: "none" });
      queryClient.removeQueries({ queryKey: queryKeys.topic(cluster, name) });
      router.push(topicHref(cluster, name));
    },
  });
  // An objection to an earlier request says nothing about this one.
  const isCurrent = JSON.stringify(mutation.variables) === request;
  return {
    create: (topic: NewTopic) => mutation.mutate(topic),
    // Until the new topic's page is there the button stays as it is.
    creating: mutation.isPending || mutation.isSuccess,
    creationError: isCurrent ? mutation.error : null,
  };
}
