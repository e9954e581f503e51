import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from "kafkajs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { applyPlan, planReset } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { deleteGroup } from "./delete-group.ts";
import { deleteGroupOffsets } from "./delete-group-offsets.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext({ as: "viewer", settings: { audit: "off" } });
const admin = topics.kafka.admin();
let orders: string;
let group: string;

type Right = { readonly topic?: string; readonly group?: string; readonly operation: AclOperationTypes };

/** Brokers learn of an ACL one after another: wait for what it allows. */
async function grant({ topic, group, operation }: Right): Promise<void> {
  const resourceType = topic === undefined ? AclResourceTypes.GROUP : AclResourceTypes.TOPIC;
  await admin.createAcls({
    acl: [
      {
        ...{ resourceType, resourceName: topic ?? group ?? "", resourcePatternType: ResourcePatternTypes.LITERAL },
        ...{ principal: "User:viewer", host: "*", operation, permissionType: AclPermissionTypes.ALLOW },
      },
    ],
  });
}

async function revoke(resourceType: AclResourceTypes, resourceName: string): Promise<void> {
  await admin.deleteAcls({
    filters: [
      {
        ...{ resourceType, resourceName, resourcePatternType: ResourcePatternTypes.LITERAL, principal: "User:viewer" },
        ...{ operation: AclOperationTypes.ANY, permissionType: AclPermissionTypes.ANY },
      },
    ],
  });
}

beforeAll(async () => {
  await admin.connect();
  orders = await topics.create({ prefix: "orders" });
  await topics.send(orders, [{ partition: 0, value: "v" }]);
  group = groups.name();
  await groups.commit(group, { [orders]: { 0: 0 } });
});

afterAll(async () => {
  await revoke(AclResourceTypes.TOPIC, orders);
  await revoke(AclResourceTypes.GROUP, group);
  await admin.disconnect();
  await groups.close();
  await topics.close();
  await close();
});

test("who may look may plan; each right that is missing for the change is named, and nothing is changed", async () => {
  await expect(planReset(ctx, group, { to: "latest" })).rejects.toMatchObject({ code: "kafka-forbidden" });
  await grant({ group, operation: AclOperationTypes.DESCRIBE });
  await grant({ topic: orders, operation: AclOperationTypes.DESCRIBE });
  const plan = await vi.waitFor(async () => {
    const read = await planReset(ctx, group, { to: "latest" });
    expect(read.moves).toMatchObject([{ from: "0", to: "1" }]);
    return read;
  }, 10_000);

  await expect(applyPlan(ctx, plan)).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining(`Read on Group ${group}`),
  });
  const input = { params: { cluster: "test", group }, body: undefined };
  await expect(deleteGroup(ctx, { ...input, query: {} })).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining(`Delete on Group ${group}`),
  });
  await expect(deleteGroupOffsets(ctx, { ...input, query: { topic: orders } })).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining(`Delete on Group ${group}`),
  });

  await grant({ group, operation: AclOperationTypes.READ });
  await vi.waitFor(async () => {
    const { outcomes } = await applyPlan(ctx, plan);
    const detail = expect.stringContaining(`Read on Topic ${orders}`);
    expect(outcomes).toMatchObject([{ outcome: "failed", committedOffset: "0", detail }]);
  }, 10_000);
  expect(await groups.committed(group)).toEqual({ [orders]: { 0: 0n } });
});

test("a group with offsets out of this user's sight is deleted with them, and the answer says that they are on no record", async () => {
  const hidden = await topics.create({ prefix: "hidden" });
  const both = groups.name();
  await groups.commit(both, { [orders]: { 0: 0 }, [hidden]: { 0: 0 } });
  await grant({ group: both, operation: AclOperationTypes.DELETE });
  await grant({ topic: orders, operation: AclOperationTypes.DESCRIBE });
  try {
    const input = { params: { cluster: "test", group: both }, query: {}, body: undefined };
    const { recordProblem } = await vi.waitFor(() => deleteGroup(ctx, input), 10_000);
    expect(recordProblem).toContain("Describe on Topic *");
  } finally {
    await revoke(AclResourceTypes.GROUP, both);
  }
  const admitted = serviceContext({ settings: { audit: "off" } });
  const whole = groups.name();
  await groups.commit(whole, { [orders]: { 0: 0 } });
  const input = { params: { cluster: "test", group: whole }, query: {}, body: undefined };
  expect(await deleteGroup(admitted.ctx, input)).toMatchObject({ recordProblem: null });
  await admitted.close();
});
