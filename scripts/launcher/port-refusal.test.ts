import { createServer, Server } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { freePorts } from "../local-kafka/ports.ts";
import { portRefusal } from "./port-refusal.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("a free port, one that is taken, and an address that isn't this machine's", async () => {
  const [port = 0] = await freePorts(1);
  expect(await portRefusal(port, "127.0.0.1")).toBeNull();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  expect(await portRefusal(port, "127.0.0.1")).toMatch(/is taken by another program.* PORT=\d+ npm start$/);
  await new Promise((resolve) => other.close(resolve));
  // TEST-NET-1 of RFC 5737: nobody's.
  expect(await portRefusal(port, "192.0.2.1")).toMatch(/^HOST: 192\.0\.2\.1 is no address of this machine/);
});

test.each([
  ["EACCES", /^This user may not listen on port 80 .* PORT=3000 npm start$/],
  ["EMFILE", /can't listen on port 80 of 127\.0\.0\.1 \(EMFILE\)/],
])("%s isn't called taken", async (code, words) => {
  vi.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server) {
    queueMicrotask(() => this.emit("error", Object.assign(new Error(code), { code })));
    return this;
  });
  expect(await portRefusal(80, "127.0.0.1")).toMatch(words);
});
