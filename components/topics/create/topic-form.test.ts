import fc from "fast-check";
import { expect, test } from "vitest";
import {
  assignmentLines,
  emptyTopicForm,
  type TopicForm,
  toNewTopic,
  topicFormFromQuery,
  topicFormSchema,
  topicFormToQuery,
  withConfig,
} from "./topic-form.ts";

const form = (change: Partial<TopicForm>): TopicForm => ({ ...emptyTopicForm, name: "orders", ...change });
const issuesOf = (value: TopicForm) =>
  topicFormSchema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

test("counts left alone are the broker's default", () => {
  expect(toNewTopic(form({}))).toMatchObject({ name: "orders", partitions: -1, replicationFactor: -1, configs: {} });
});

test("an assignment takes the place of both counts", () => {
  const topic = toNewTopic(form({ sizing: "assignment", partitions: 5, assignment: "1:2\n2:1" }));
  expect(topic).toMatchObject({
    partitions: -1,
    replicationFactor: -1,
    assignment: [
      [1, 2],
      [2, 1],
    ],
  });
});

test("names the field that is wrong", () => {
  expect(issuesOf(form({}))).toEqual([]);
  expect(issuesOf(form({ name: "" }))[0]).toMatch(/^name: A topic needs a name/);
  expect(issuesOf(form({ name: "a b" }))[0]).toMatch(/^name: .*a space/);
  expect(issuesOf(form({ sizing: "assignment", assignment: "1:x" }))[0]).toMatch(/^assignment: Partition 0/);
  expect(issuesOf(form({ partitions: 0 }))[0]).toMatch(/^partitions: /);
  expect(issuesOf(form({ configs: [{ name: "x", value: "v".repeat(40_000) }] }))[0]).toMatch(/^configs\.0\.value: /);
});

test("a link brings back the form it was made of", () => {
  const configs = fc.uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-z.]{1,20}$/), value: fc.string({ maxLength: 20 }) }),
    { selector: ({ name }) => name, maxLength: 6 },
  );
  const count = fc.option(fc.integer({ min: 1, max: 99_999 }), { nil: null });
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), count, count, configs, (name, partitions, replicationFactor, set) => {
      const given = form({ name, partitions, replicationFactor, configs: set });
      expect(topicFormFromQuery(new URLSearchParams(topicFormToQuery(given).toString()))).toEqual(given);
    }),
  );
});

test("a link that was tampered with sets only what can be used", () => {
  const query = new URLSearchParams("partitions=1e9&replicationFactor=-1&config==1&config=a&config=b=c=d&name=x");
  expect(topicFormFromQuery(query)).toEqual(form({ name: "x", configs: [{ name: "b", value: "c=d" }] }));
});

test("sets a config in place, and takes it back to the default", () => {
  const two = withConfig(withConfig([], "a", "1"), "b", "2");
  expect(withConfig(two, "a", "3")).toEqual([
    { name: "a", value: "3" },
    { name: "b", value: "2" },
  ]);
  expect(withConfig(two, "a", null)).toEqual([{ name: "b", value: "2" }]);
});

test("an assignment is shown a line a partition", () => {
  expect(
    assignmentLines([
      [1, 2],
      [2, 1],
    ]),
  ).toBe("1:2\n2:1");
});
