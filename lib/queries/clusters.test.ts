import { focusManager, onlineManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { diagnosisQuery } from "./clusters.ts";

/** A machine may be busy with other tests. */
const WAIT = { timeout: 10_000 };

test("a diagnosis is not repeated by focus or by a network that returns, only when asked", async () => {
  const client = new QueryClient();
  client.mount();
  const ask = vi.fn(async () => ({ healthy: false, verdict: "", chains: [], observedAtMs: 0 }));
  const askUsual = vi.fn(async () => 0);
  const observer = new QueryObserver(client, { ...diagnosisQuery("c"), queryFn: ask });
  const usual = new QueryObserver(client, { queryKey: ["usual"], queryFn: askUsual });
  const leave = [usual.subscribe(() => {}), observer.subscribe(() => {})];
  await vi.waitFor(() => expect(observer.getCurrentResult().isSuccess).toBe(true), WAIT);

  focusManager.setFocused(false);
  focusManager.setFocused(true);
  await vi.waitFor(() => expect(askUsual).toHaveBeenCalledTimes(2), WAIT);
  onlineManager.setOnline(false);
  onlineManager.setOnline(true);
  await vi.waitFor(() => expect(askUsual).toHaveBeenCalledTimes(3), WAIT);
  expect(ask).toHaveBeenCalledTimes(1);

  await observer.refetch();
  expect(ask).toHaveBeenCalledTimes(2);
  for (const each of leave) each();
  client.unmount();
});
