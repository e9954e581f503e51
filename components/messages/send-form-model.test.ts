import { describe, expect, test } from "vitest";
import { newMessage, type Payload } from "#lib/contracts/messages.ts";
import { emptySendForm, formLike, payloadProblem, sendFormSchema, toNewMessage } from "./send-form-model.ts";

function payload(bytes: Uint8Array | string, as: Payload["as"], over: Partial<Payload> = {}): Payload {
  const raw = Buffer.from(bytes);
  const text = typeof bytes === "string" ? bytes : raw.toString("hex");
  return { bytes: raw.length, as, guessed: true, why: null, text, cut: false, head: raw.toString("base64"), ...over };
}

describe("what is typed", () => {
  test.each([
    ["json", '{"a":', /^Not JSON\. Line 1, column 6: a value is expected, but the text ends\.$/],
    ["base64", "AA", /base64/],
    ["int32", "2147483648", /32 bits/],
    ["int64", "9223372036854775808", /64 bits/],
    ["int64", "1e3", /64 bits/],
  ] as const)("%s %s is refused where it is wrong", (as, text, words) => {
    expect(payloadProblem(text, as)).toMatch(words);
    const parsed = sendFormSchema.safeParse({ ...emptySendForm, valueAs: as, value: text });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["value"]]);
  });

  test.each([
    ["json", ' {"a":9007199254740993} '],
    ["base64", "AAEC\n/w=="],
    ["int32", "-2147483648"],
    ["int64", " 9223372036854775807 "],
    ["text", ""],
    ["none", "whatever"],
  ] as const)("%s %j is taken", (as, text) => {
    expect(payloadProblem(text, as)).toBeNull();
  });
});

test("a tombstone is a choice of its own; an empty text is sent as an empty one", () => {
  expect(toNewMessage({ ...emptySendForm, valueAs: "none", value: "typed before" })).toMatchObject({ value: null });
  expect(toNewMessage({ ...emptySendForm, valueAs: "text" })).toMatchObject({ key: null, value: "" });
});

test("what it sends is what the contract takes", () => {
  const sent = toNewMessage({
    ...emptySendForm,
    keyAs: "int64",
    key: "1",
    value: "{}",
    headers: [
      { name: "a", value: "1", isNull: false },
      { name: "a", value: "", isNull: true },
    ],
    partition: 2,
  });
  expect(newMessage.parse(sent)).toEqual(sent);
  expect(sent.headers).toEqual([
    { name: "a", value: "1" },
    { name: "a", value: null },
  ]);
});

describe("sending a message again", () => {
  test("takes over text, JSON, numbers and bytes as they were", () => {
    const bytes = Uint8Array.of(0, 255, 7);
    const { form, leftOut } = formLike({
      key: payload(bytes, "hex"),
      value: payload('{"a":1,"a":2}', "json"),
      headers: [
        { name: "n", value: payload("1", "text") },
        { name: "n", value: null },
      ],
    });
    expect(form).toMatchObject({
      keyAs: "base64",
      key: "AP8H",
      valueAs: "json",
      value: '{"a":1,"a":2}',
      partition: null,
    });
    expect(form.headers).toEqual([
      { name: "n", value: "1", isNull: false },
      { name: "n", value: "", isNull: true },
    ]);
    expect(leftOut).toEqual([]);
    expect(formLike({ key: null, value: null, headers: [] }).form).toMatchObject({ keyAs: "none", valueAs: "none" });
  });

  test("says what it can't take over", () => {
    const { form, leftOut } = formLike({
      key: null,
      value: payload("x".repeat(10), "text", { bytes: 10_485_760, cut: true, head: "eHg=" }),
      headers: [{ name: "signature", value: payload(Uint8Array.of(255), "hex") }],
    });
    expect(form.value).toBe("");
    expect(form.headers).toEqual([]);
    expect(leftOut.join(" ")).toMatch(/The value is too large.*“signature”/);
  });
});
