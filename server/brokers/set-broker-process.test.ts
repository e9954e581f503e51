import { afterEach, expect, test } from "vitest";
import { type ControlledBrokers, startControlServer } from "#scripts/local-kafka/control-server.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import type { LocalControl } from "../settings/cluster-settings.ts";
import type { BrokerProcess } from "./local-control.ts";
import { setBrokerProcess } from "./set-broker-process.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A launcher whose brokers change their state at once, and a context that uses it. */
async function launcher(processes: Record<number, BrokerProcess>) {
  const brokers: ControlledBrokers = {
    list: () => Object.entries(processes).map(([id, process]) => ({ id: Number(id), process })),
    set: (id, state) => {
      processes[id] = state === "stopped" ? "stopping" : "starting";
      return processes[id];
    },
  };
  const control = await startControlServer(brokers);
  closing.push(control.close);
  return { processes, set: settled(control) };
}

function settled(local: LocalControl | null) {
  const { ctx, close } = serviceContext({ settings: { local } });
  closing.push(close);
  return (brokerId: number, state: "running" | "stopped") =>
    setBrokerProcess(ctx, { params: { cluster: "test", brokerId }, query: {}, body: { state } });
}

test("stops and starts a broker, and answers with the state right after", async () => {
  const { set, processes } = await launcher({ 1: "running", 2: "running", 3: "running" });
  expect(await set(2, "stopped")).toEqual({ brokerId: 2, state: "stopping" });
  processes[2] = "stopped";
  expect(await set(2, "running")).toEqual({ brokerId: 2, state: "starting" });
});

test.each(["stopped", "stopping", "starting"] as const)(
  "refuses to stop a second broker while one is %s",
  async (away) => {
    const { set, processes } = await launcher({ 1: "running", 2: "running", 3: away });
    await expect(set(2, "stopped")).rejects.toMatchObject({
      code: "quorum-at-risk",
      message: expect.stringContaining("Broker 3 isn't running."),
    });
    expect(processes[2]).toBe("running");
  },
);

test("of two who stop different brokers at the same moment, one is refused", async () => {
  const { set, processes } = await launcher({ 1: "running", 2: "running", 3: "running" });
  const outcomes = await Promise.allSettled([set(2, "stopped"), set(3, "stopped")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(Object.values(processes)).toEqual(["running", "stopping", "running"]);
});

test("names a broker that isn't there, a cluster that isn't local, and a launcher that doesn't answer", async () => {
  const { set } = await launcher({ 1: "running" });
  await expect(set(9, "stopped")).rejects.toMatchObject({ code: "broker-not-found" });
  await expect(settled(null)(1, "stopped")).rejects.toMatchObject({ code: "not-local-cluster" });
  const gone = { url: "http://127.0.0.1:9", token: "none" };
  await expect(settled(gone)(1, "stopped")).rejects.toMatchObject({ code: "broker-unreachable" });
});
