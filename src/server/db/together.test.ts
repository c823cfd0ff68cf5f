import { expect, test, vi } from "vitest";
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

const roundsOf = (rounds: { asks: number[] }[], count: number) =>
  vi.waitFor(() => {
    expect(rounds.length).toBe(count);
    return rounds.map(({ asks }) => asks);
  });

test("a lone question is asked at once, and those that come meanwhile are one round", async () => {
  const { rounds, together } = desk();
  const lone = together.ask(0);
  await turn();
  expect(rounds.map(({ asks }) => asks)).toEqual([[0]]);
  const many = Array.from({ length: 400 }, (_, i) => together.ask(i));
  rounds[0]?.answer();
  await roundsOf(rounds, 2);
  rounds[1]?.answer();
  expect([await lone, (await Promise.all(many)).at(-1)]).toEqual(["0!", "399!"]);
  expect(rounds.length).toBe(2);
});

test("nobody is answered from before they asked, and one that hangs does not hold up those who come after", async () => {
  const { rounds, together } = desk();
  void together.ask(1);
  await turn();
  const [second, third] = [together.ask(2), together.ask(3)];
  await roundsOf(rounds, 2);
  const fourth = together.ask(4);
  rounds[1]?.answer();
  expect(await Promise.all([second, third])).toEqual(["2!", "3!"]);
  expect(await roundsOf(rounds, 3)).toEqual([[1], [2, 3], [4]]);
  rounds[2]?.answer();
  expect(await fourth).toBe("4!");
});

test("more than fit into a round are all answered", async () => {
  const { rounds, together } = desk();
  const many = Promise.all(Array.from({ length: 1_200 }, (_, i) => together.ask(i)));
  for (let round = 0; round < 3; round++) {
    await roundsOf(rounds, round + 1);
    rounds[round]?.answer();
  }
  expect(await many).toEqual(Array.from({ length: 1_200 }, (_, i) => `${i}!`));
});

test("a round that fails fails for those in it, and the next is read anew", async () => {
  const { rounds, together } = desk();
  const asked = [together.ask(1), together.ask(2)].map((answer) => answer.catch((error: Error) => error.message));
  await turn();
  rounds[0]?.fail();
  expect(await Promise.all(asked)).toEqual(["away", "away"]);
  const again = together.ask(3);
  await roundsOf(rounds, 2);
  rounds[1]?.answer();
  expect(await again).toBe("3!");
});
