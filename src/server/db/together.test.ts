import { expect, test } from "vitest";
import { Together } from "./together.ts";

/** A desk that answers when it is told to. */
function desk() {
  const rounds: { asks: number[]; answer: () => void; fail: () => void }[] = [];
  const together = new Together<number, string>(
    (asks) =>
      new Promise((resolve, reject) => {
        rounds.push({
          asks,
          answer: () => resolve(asks.map((ask) => `${ask}!`)),
          fail: () => reject(new Error("away")),
        });
      }),
  );
  return { rounds, together };
}

const turn = () => new Promise(setImmediate);

test("a lone question is asked at once, and a thousand in one turn are two rounds", async () => {
  const { rounds, together } = desk();
  const lone = together.ask(1);
  await turn();
  expect(rounds.map(({ asks }) => asks)).toEqual([[1]]);
  const many = Array.from({ length: 1_000 }, (_, i) => together.ask(i));
  await turn();
  rounds[1]?.answer();
  await turn();
  rounds[2]?.answer();
  expect((await Promise.all(many)).at(-1)).toBe("999!");
  rounds[0]?.answer();
  expect(await lone).toBe("1!");
  expect(rounds.length).toBe(3);
});

test("nobody is answered from before they asked, and one that hangs does not hold up those who come after", async () => {
  const { rounds, together } = desk();
  void together.ask(1);
  await turn();
  const [second, third] = [together.ask(2), together.ask(3)];
  await turn();
  const fourth = together.ask(4);
  await turn();
  expect(rounds.map(({ asks }) => asks)).toEqual([[1], [2, 3]]);
  rounds[1]?.answer();
  expect(await Promise.all([second, third])).toEqual(["2!", "3!"]);
  await turn();
  expect(rounds.map(({ asks }) => asks)).toEqual([[1], [2, 3], [4]]);
  rounds[2]?.answer();
  expect(await fourth).toBe("4!");
});

test("a round that fails fails for those in it, and the next is read anew", async () => {
  const { rounds, together } = desk();
  const asked = [together.ask(1), together.ask(2)].map((answer) => answer.catch((error: Error) => error.message));
  await turn();
  rounds[0]?.fail();
  expect(await Promise.all(asked)).toEqual(["away", "away"]);
  const again = together.ask(3);
  await turn();
  rounds[1]?.answer();
  expect(await again).toBe("3!");
});
