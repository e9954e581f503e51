import { expect, test } from "vitest";
import { DELETE, GET } from "./other-requests.ts";

const address = "http://127.0.0.1:3000/api/clusters/local/topics";

async function answer(response: Promise<Response>): Promise<{ status: number; code: unknown; detail: unknown }> {
  const { status, body } = { status: (await response).status, body: await (await response).json() };
  return { status, code: body.code, detail: body.detail };
}

test("a method that an address doesn't take is told which it does", async () => {
  const refused = await answer(DELETE(new Request(address, { method: "DELETE" })));
  expect(refused).toMatchObject({ status: 405, code: "method-not-allowed" });
  expect(refused.detail).toMatch(/^This address takes .*GET.*, not DELETE\.$/);
});

test("a method that should be there and isn't is not told to take itself", async () => {
  const refused = await answer(GET(new Request("http://127.0.0.1:3000/api/clusters/local/messages/tail")));
  expect(refused.detail).not.toMatch(/takes .*GET.*, not GET/);
});

test("an address that isn't there says so", async () => {
  expect(await answer(GET(new Request("http://127.0.0.1:3000/api/nothing")))).toMatchObject({
    status: 404,
    code: "not-found",
  });
});
