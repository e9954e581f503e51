import { expect, test } from "vitest";
import { memberOf } from "./group.fixture.ts";
import { inNameOrder, memberNameParts, memberNames, splitName } from "./member-names.ts";

test("a member goes by its instance id, else by its client id; namesakes by the beginning of what was made up for them", () => {
  const members = [
    memberOf("app-3f2a91c7-aa", { clientId: "app" }),
    memberOf("app-9b01d2e3-bb", { clientId: "app" }),
    memberOf("KxQe8w", { clientId: "app" }),
    memberOf("x", { clientId: "app", instanceId: "billing-1" }),
    memberOf("lonely-1", { clientId: "" }),
  ];
  expect([...memberNames(members).values()]).toEqual([
    "app 3f2a91",
    "app 9b01d2",
    "app KxQe8w",
    "billing-1",
    "lonely-1",
  ]);
});

test("what tells namesakes apart is a part of its own, so that it is not cut with the rest", () => {
  const members = [
    memberOf("app-3f2a91c7-aa", { clientId: "app" }),
    memberOf("app-9b01d2e3-bb", { clientId: "app" }),
    memberOf("x", { instanceId: "billing-1" }),
  ];
  expect([...memberNameParts(members).values()]).toEqual([
    { base: "app", suffix: "3f2a91" },
    { base: "app", suffix: "9b01d2" },
    { base: "billing-1", suffix: null },
  ]);
  const names = memberNames(members);
  expect(members.map((member) => splitName(member, names.get(member.memberId) ?? ""))).toEqual([
    ...memberNameParts(members).values(),
  ]);
});

test("2 comes before 10", () => {
  const members = ["billing-10", "billing-2", "billing-1"].map((id) => memberOf(id));
  expect(inNameOrder(members, memberNames(members)).map(({ memberId }) => memberId)).toEqual([
    "billing-1",
    "billing-2",
    "billing-10",
  ]);
});
