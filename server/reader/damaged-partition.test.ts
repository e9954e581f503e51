import { afterAll, expect, test } from "vitest";
import { FollowedReader } from "#scripts/testing/follow-reader.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { ReaderConnections } from "./reader-connections.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();

afterAll(async () => {
  await close();
  await topics.close();
});

/** Of the answers' records, only zeros arrive, until they are `mended`. */
class Damaging extends ReaderConnections {
  mended = false;

  override async lease(...[brokerId, signal]: Parameters<ReaderConnections["lease"]>) {
    const connection = await super.lease(brokerId, signal);
    const ask = connection.ask.bind(connection);
    connection.ask = async (request, input, what, inner) => {
      const answer = await ask(request, input, what, inner);
      if (!this.mended) for (const records of recordsIn(answer)) records.fill(0);
      return answer;
    };
    return connection;
  }
}

function recordsIn(answer: unknown): Buffer[] {
  if (Buffer.isBuffer(answer)) return [answer];
  return typeof answer === "object" && answer !== null ? Object.values(answer).flatMap(recordsIn) : [];
}

test("a damaged partition is told within seconds, named with its offset, and read when it is mended", async () => {
  const topic = await topics.create({ partitions: 1 });
  await topics.send(topic, [{ value: "first" }]);
  const reading = new Damaging(ctx.kafka);
  const followed = await FollowedReader.open(reading, {
    selection: { topics: [topic], partitions: null },
    start: { kind: "earliest" },
    isolation: "uncommitted",
  });
  await followed.until("the word about it", () => followed.told("waiting").length === 1, 5_000);
  expect(followed.told("waiting")[0]?.waiting).toMatchObject({
    partitions: 1,
    why: { message: expect.stringContaining(`${topic}-0 from offset 0 is no record batch`) },
  });
  expect(followed.seen).toEqual([]);
  reading.mended = true;
  await followed.until("the record", ({ values }) => values.includes("first"));
  await followed.until("the end of it", () => followed.told("waiting").at(-1)?.waiting === null);
  await followed.close();
  reading.close();
});
