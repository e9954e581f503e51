import fc from "fast-check";
import { expect, test } from "vitest";
import { brokerDocumentationText, parseBrokerDocumentation } from "./broker-documentation.ts";

test("keeps code and strong words apart from the rest", () => {
  expect(parseBrokerDocumentation("Set <code>acks</code> to <b>all</b>.")).toEqual([
    {
      kind: "paragraph",
      spans: [
        { text: "Set ", style: "plain" },
        { text: "acks", style: "code" },
        { text: " to ", style: "plain" },
        { text: "all", style: "strong" },
        { text: ".", style: "plain" },
      ],
    },
  ]);
});

test("makes blocks of paragraphs and list items", () => {
  const blocks = parseBrokerDocumentation(
    "Policies:<ul><li><code>delete</code>: by age</li><li>compact</li></ul>Done.",
  );
  expect(blocks.map(({ kind, spans }) => [kind, spans.map(({ text }) => text).join("")])).toEqual([
    ["paragraph", "Policies:"],
    ["item", "delete: by age"],
    ["item", "compact"],
    ["paragraph", "Done."],
  ]);
});

test("a link is its words, an entity its character, an unknown tag the text it is", () => {
  expect(brokerDocumentationText('see <a href="#compaction">compaction</a> &lt;id&gt; &amp; &#8212;')).toBe(
    "see compaction <id> & —",
  );
  expect(brokerDocumentationText("listener.name.<listener name>.x")).toBe("listener.name.<listener name>.x");
  expect(brokerDocumentationText("&unheardof; &#0; &#xD800;")).toBe("&unheardof; &#0; &#xD800;");
});

test("whatever a broker sends comes out as text: every letter outside tags survives, nothing hangs", () => {
  const parts = fc.constantFrom(
    "<script>",
    "</",
    "<code>",
    "</code>",
    "<li>",
    "&lt;",
    "<",
    ">",
    "z",
    " ",
    "<a href='x'>",
    "<p",
  );
  const lettersOf = (text: string) => text.match(/z/g)?.length ?? 0;
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 200 }), (words) => {
      const html = words.join("");
      // Between an opening and the next closing bracket a letter may belong to a tag; anywhere else it can't.
      const outside = html.replaceAll(/<[^<>]*>/g, " ");
      return lettersOf(brokerDocumentationText(html)) >= lettersOf(outside);
    }),
  );
  expect(brokerDocumentationText("<script>alert(1)</script>")).toBe("<script>alert(1)</script>");
  expect(parseBrokerDocumentation("<p ".repeat(50_000)).length).toBeLessThanOrEqual(1);
});
